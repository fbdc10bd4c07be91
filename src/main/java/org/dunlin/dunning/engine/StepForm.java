package org.dunlin.dunning.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.dunlin.dunning.CaseDates;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.StepReport;
import org.dunlin.dunning.StepReport.Channel;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.TypedVariables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what the forms of the steps deliver. */
@Component
class StepForm {

    private final CaseDates dates;
    private final WorkCalendar calendar;
    private final Clock clock;

    StepForm(CaseDates dates, WorkCalendar calendar, Clock clock) {
        this.dates = dates;
        this.calendar = calendar;
        this.clock = clock;
    }

    StepReport report(Channel channel, TypedVariables form) {
        String agency = form.text(DunningCaseProcess.AGENCY_OUTCOME);
        String outcome = agency != null ? agency : form.text(DunningCaseProcess.OUTCOME);
        if (outcome == null) {
            throw new InvalidOutcomeException("outcome", "Say what was done");
        }
        boolean promise = "willPay".equals(outcome);
        boolean sales = channel == Channel.SALES;
        return new StepReport(
                channel,
                outcome,
                happenedAt(form),
                promise ? form.date(StepProcesses.PROMISE_DATE) : null,
                promise ? form.decimal(StepProcesses.PROMISE_AMOUNT) : form.decimal(StepProcesses.AMOUNT),
                form.text(StepProcesses.LETTER_TEXT),
                withTracking(form.text(DunningCaseProcess.NOTE), form.text(StepProcesses.TRACKING_NUMBER)),
                sales ? form.date(StepProcesses.UNTIL) : null,
                sales ? form.text(StepProcesses.REASON) : null);
    }

    /** A letter posted earlier counts from the day it was posted, not from the day somebody recorded it. */
    private Instant happenedAt(TypedVariables form) {
        ZoneId zone = dates.basis(form.requireLong(DunningCaseProcess.CASE_ID)).zone();
        LocalDate sentOn = form.date(StepProcesses.SENT_ON);
        Instant now = clock.instant();
        return sentOn == null || sentOn.equals(LocalDate.ofInstant(now, zone)) ? now : calendar.opening(sentOn, zone);
    }

    private static @Nullable String withTracking(@Nullable String note, @Nullable String tracking) {
        if (tracking == null) {
            return note;
        }
        return "Tracking number " + tracking + (note == null ? "" : "\n" + note);
    }
}
