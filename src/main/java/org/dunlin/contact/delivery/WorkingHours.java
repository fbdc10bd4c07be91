package org.dunlin.contact.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.dunlin.contact.Channel;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.springframework.stereotype.Component;

/** Customers hear from a creditor on its working days and not before its office opens, also after an outage. */
@Component
class WorkingHours implements SpeakingRule {

    private final WorkCalendar calendar;

    WorkingHours(WorkCalendar calendar) {
        this.calendar = calendar;
    }

    @Override
    public Optional<Postponement> objection(Channel channel, Customer customer, Creditor creditor, Instant now) {
        ZonedDateTime local = now.atZone(creditor.timeZone());
        LocalDate today = local.toLocalDate();
        LocalDate next = calendar.onOrAfter(creditor.country(), today);
        Instant opening = calendar.opening(next, creditor.timeZone());
        if (!now.isBefore(opening)) {
            return Optional.empty();
        }
        String reason =
                next.equals(today) ? "The office is not open yet" : "Not a working day in " + creditor.country();
        return Optional.of(new Postponement(opening, reason));
    }
}
