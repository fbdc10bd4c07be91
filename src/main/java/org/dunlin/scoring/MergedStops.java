package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import org.dunlin.receivables.CustomersMerged;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Credit stops of customers who turned out to be one hold for that one, their history too. Where both were stopped for the same
 * reason one stop goes on, the one that holds longest, and of those the oldest.
 */
@Component
class MergedStops {

    private final CreditStops stops;
    private final CreditStopRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    MergedStops(CreditStops stops, CreditStopRows rows, ApplicationEventPublisher events, Clock clock) {
        this.stops = stops;
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /** Within the transaction that merges the customers, under the locks of all of them. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void on(CustomersMerged event) {
        LocalDate today = LocalDate.now(clock);
        stops.endWhatIsOver(today);
        rows.merge(event, today, "The customers turned out to be one, who is stopped for this reason anyway")
                .forEach(stop ->
                        events.publishEvent(new CreditStopped(stop.customerId(), stop.reason(), today, stop.text())));
    }
}
