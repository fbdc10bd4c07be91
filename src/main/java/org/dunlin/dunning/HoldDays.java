package org.dunlin.dunning;

import java.time.Clock;
import java.time.LocalDate;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Component;

/** The days of a hold, in working days of its creditor's country. */
@Component
public class HoldDays {

    private final Receivables receivables;
    private final WorkCalendar calendar;
    private final HoldPolicy policy;
    private final Clock clock;

    HoldDays(Receivables receivables, WorkCalendar calendar, HoldPolicy policy, Clock clock) {
        this.receivables = receivables;
        this.calendar = calendar;
        this.policy = policy;
        this.clock = clock;
    }

    public LocalDate today(Hold hold) {
        return LocalDate.ofInstant(clock.instant(), creditor(hold).timeZone());
    }

    /** The working day on whose morning it is judged what came in for that date: after the days of grace. */
    public LocalDate judgedOn(Hold hold, LocalDate promised) {
        return calendar.after(creditor(hold).country(), promised, policy.grace() + 1);
    }

    /**
     * When a hold with an end is looked at next: a promise and the next instalment of a plan after their days of grace, a block
     * on the working day after its last day.
     */
    public LocalDate nextLook(Hold hold) {
        LocalDate endsOn = hold.endsOn();
        if (endsOn == null) {
            throw new IllegalStateException("Hold " + hold.number() + " has no end to wait for");
        }
        return switch (hold.kind()) {
            case PLAN -> {
                LocalDate today = today(hold);
                yield hold.instalments().stream()
                        .map(instalment -> judgedOn(hold, instalment.dueOn()))
                        .filter(day -> day.isAfter(today))
                        .findFirst()
                        .orElseGet(() -> judgedOn(hold, endsOn));
            }
            case BLOCK -> calendar.onOrAfter(creditor(hold).country(), endsOn.plusDays(1));
            default -> judgedOn(hold, endsOn);
        };
    }

    /** Until when a promised credit note or corrected invoice has to be booked. */
    public LocalDate bookedBy(Hold hold) {
        return inWorkingDays(hold, policy.bookingWithin());
    }

    public LocalDate inWorkingDays(Hold hold, int days) {
        return calendar.after(creditor(hold).country(), today(hold), days);
    }

    public Creditor creditor(Hold hold) {
        return receivables.creditor(hold.creditorId());
    }
}
