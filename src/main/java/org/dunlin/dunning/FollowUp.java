package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.dunlin.dunning.CallReport.CallAgain;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records what people did about a case and what they heard. */
@Service
public class FollowUp {

    /** A dispute without a date of its own is looked at again after this many working days. */
    private static final int LOOK_AT_DISPUTE_AFTER = 10;

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final Receivables receivables;
    private final WorkCalendar calendar;
    private final DunningPolicy policy;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    FollowUp(
            JdbcClient jdbc,
            DunningCases cases,
            Receivables receivables,
            WorkCalendar calendar,
            DunningPolicy policy,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.receivables = receivables;
        this.calendar = calendar;
        this.policy = policy;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Records a call attempt. A promise or dispute postpones the next rung to the day after its date.
     *
     * @param occurrence the one passing of the rung, see {@link ContactMade}
     * @param by         login of the collector
     * @return whether to call again before the ladder goes on
     * @throws InvalidOutcomeException when a date lies in the past or the corrected number is no phone number
     */
    @Transactional
    public CallAgain call(long caseId, String occurrence, int rung, CallReport report, @Nullable String by) {
        DunningCase dunningCase = cases.get(caseId);
        Creditor creditor = receivables.creditor(dunningCase.creditorId());
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, creditor.timeZone());
        switch (report.outcome()) {
            case WILL_PAY -> promise(dunningCase, report.date(), report.amount(), report.note(), by, today);
            case DISPUTES -> {
                LocalDate until = report.date() != null
                        ? report.date()
                        : calendar.after(creditor.country(), today, LOOK_AT_DISPUTE_AFTER);
                requireNotPast("disputeUntil", until, today);
                String text = join(report.disputeReason(), report.note());
                note(dunningCase, "DISPUTE", report.outcome().key(), by, until, null, text);
            }
            case WRONG_NUMBER -> {
                if (report.correctedPhone() != null) {
                    correctPhone(dunningCase, report.correctedPhone());
                }
                note(
                        dunningCase,
                        "CALL",
                        report.outcome().key(),
                        by,
                        null,
                        null,
                        join(report.correctedPhone(), report.note()));
            }
            default -> note(dunningCase, "CALL", report.outcome().key(), by, report.date(), null, report.note());
        }
        if (report.outcome() != CallReport.Outcome.WRONG_NUMBER) {
            cases.contacted(caseId, rung, now);
        }
        events.publishEvent(new ContactMade(
                dunningCase,
                occurrence,
                rung,
                "CALL",
                report.attempt(),
                now,
                by,
                report.outcome().key(),
                report.note()));
        return report.callAgain(policy.callAttempts());
    }

    /**
     * Records a letter, a talk of sales or a hand-over.
     *
     * @throws InvalidOutcomeException when a date lies where it cannot
     */
    @Transactional
    public void step(long caseId, String occurrence, int rung, StepReport report, @Nullable String by) {
        DunningCase dunningCase = cases.get(caseId);
        LocalDate today = cases.today(dunningCase);
        if (report.happenedAt().isAfter(clock.instant())) {
            throw new InvalidOutcomeException("sentOn", "What is still to come cannot be recorded as done");
        }
        if (report.isPromise()) {
            promise(dunningCase, report.promiseDate(), report.amount(), report.note(), by, today);
        }
        note(dunningCase, report.channel().name(), report.outcome(), by, null, report.amount(), report.note());
        if (report.reachedTheCustomer()) {
            cases.contacted(caseId, rung, report.happenedAt());
            events.publishEvent(new ContactMade(
                    dunningCase,
                    occurrence,
                    rung,
                    report.channel().name(),
                    1,
                    report.happenedAt(),
                    by,
                    report.outcome(),
                    report.text() != null ? report.text() : report.note()));
        }
    }

    /** Records what a senior collector decided when a ladder was exhausted. */
    @Transactional
    public void decision(long caseId, String outcome, @Nullable String note, @Nullable String by) {
        note(cases.get(caseId), "DECISION", outcome, by, null, null, note);
    }

    private void promise(
            DunningCase dunningCase,
            @Nullable LocalDate date,
            @Nullable BigDecimal amount,
            @Nullable String text,
            @Nullable String by,
            LocalDate today) {
        if (date == null) {
            throw new InvalidOutcomeException("promiseDate", "A promise needs the date on which the customer will pay");
        }
        requireNotPast("promiseDate", date, today);
        note(dunningCase, "PROMISE", "willPay", by, date, amount, text);
    }

    private static void requireNotPast(String field, LocalDate date, LocalDate today) {
        if (date.isBefore(today)) {
            throw new InvalidOutcomeException(field, "The date " + date + " has passed; enter today or a later day");
        }
    }

    private void correctPhone(DunningCase dunningCase, String typed) {
        if (!receivables.correctPhone(dunningCase.customerId(), typed)) {
            throw new InvalidOutcomeException(
                    "correctedPhone",
                    "This is not a phone number; enter it with area code, or with + and country code");
        }
    }

    private void note(
            DunningCase dunningCase,
            String kind,
            String outcome,
            @Nullable String by,
            @Nullable LocalDate due,
            @Nullable BigDecimal amount,
            @Nullable String text) {
        jdbc.sql(
                        """
                        insert into dunning_note (case_id, kind, outcome, noted_at, noted_by, due_on, amount, currency, text)
                        values (:case, :kind, :outcome, :at, :by, :due, :amount, :currency, :text)
                        """)
                .param("case", dunningCase.id())
                .param("kind", kind)
                .param("outcome", outcome)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("by", by)
                .param("due", due)
                .param("amount", amount)
                .param("currency", amount == null ? null : dunningCase.currency())
                .param("text", text)
                .update();
    }

    private static @Nullable String join(@Nullable String first, @Nullable String second) {
        if (first == null) {
            return second;
        }
        return second == null || second.isBlank() ? first : first + ": " + second;
    }
}
