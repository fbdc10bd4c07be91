package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dunlin.dunning.CallReport.CallAgain;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.CreditStop;
import org.dunlin.scoring.CreditStops;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records what people did about a case and what they heard. */
@Service
public class FollowUp {

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final Receivables receivables;
    private final Holds holds;
    private final CreditStops creditStops;
    private final DunningPolicy policy;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    FollowUp(
            JdbcClient jdbc,
            DunningCases cases,
            Receivables receivables,
            Holds holds,
            CreditStops creditStops,
            DunningPolicy policy,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.receivables = receivables;
        this.holds = holds;
        this.creditStops = creditStops;
        this.policy = policy;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Records a call attempt. A promise, a dispute or a plan begins a hold.
     *
     * @param occurrence the one passing of the rung, see {@link ContactMade}
     * @param by         login of the collector
     * @return whether to call again before the ladder goes on
     * @throws InvalidOutcomeException when a date lies in the past or the corrected number is no phone number
     */
    @Transactional
    public CallAgain call(long caseId, String occurrence, int rung, CallReport report, @Nullable String by) {
        DunningCase dunningCase = cases.get(caseId);
        Instant now = clock.instant();
        check(report, now, cases.today(dunningCase));
        switch (report.outcome()) {
            case WILL_PAY -> promise(dunningCase, report.date(), report.amount(), report.invoices(), report.note(), by);
            case DISPUTES -> {
                String reason = report.disputeReason() == null ? "other" : report.disputeReason();
                Hold dispute = holds.raise(NewHold.dispute(
                        dunningCase.customerId(), cases.meant(caseId, report.invoices()), reason, report.note(), by));
                note(
                        dunningCase,
                        "DISPUTE",
                        report.outcome().key(),
                        by,
                        null,
                        null,
                        dispute.number() + ": " + join(reason, report.note()));
            }
            case WANTS_PLAN -> {
                Hold plan = holds.raise(Objects.requireNonNull(report.plan()).noting(report.note()), false);
                note(dunningCase, "PLAN", report.outcome().key(), by, plan.endsOn(), plan.amount(), plan.number());
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
            case HAND_TO_SENIOR -> {
                note(dunningCase, "DECISION", report.outcome().key(), by, null, null, report.note());
                return report.callAgain(policy.callAttempts());
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

    private void check(CallReport report, Instant now, LocalDate today) {
        LocalDate date = report.date();
        if (report.outcome() == CallReport.Outcome.SAYS_PAID && date != null && date.isAfter(today)) {
            throw new InvalidOutcomeException("paidOn", date + " is still to come; what will be paid is a promise");
        }
        Instant again = report.again();
        if (again != null && !again.isAfter(now)) {
            throw new InvalidOutcomeException("callAgainOn", "That time has passed; enter a later one");
        }
        int days = policy.callBackWithin();
        if (again != null && again.isAfter(now.plus(days, ChronoUnit.DAYS))) {
            throw new InvalidOutcomeException(
                    "callAgainOn", "That is more than %d days away, the longest our policy allows".formatted(days));
        }
    }

    /**
     * Records a letter, a talk of sales or a hand-over.
     *
     * @throws InvalidOutcomeException when a date lies where it cannot
     */
    @Transactional
    public void step(long caseId, String occurrence, int rung, StepReport report, @Nullable String by) {
        DunningCase dunningCase = cases.get(caseId);
        if (report.happenedAt().isAfter(clock.instant())) {
            throw new InvalidOutcomeException("sentOn", "What is still to come cannot be recorded as done");
        }
        if (report.isPromise()) {
            promise(dunningCase, report.promiseDate(), report.amount(), List.of(), report.note(), by);
        }
        if (report.isStop()) {
            holds.raise(NewHold.block(
                            dunningCase.customerId(),
                            Objects.requireNonNull(report.until()),
                            Objects.requireNonNull(report.reason()),
                            by)
                    .naming(cases.meant(caseId, List.of()))
                    .noting(report.note()));
        }
        if (report.isCreditStop()) {
            stopCredit(dunningCase, report, by);
        }
        note(
                dunningCase,
                report.channel().name(),
                report.outcome(),
                by,
                null,
                report.amount() == null ? null : Money.of(report.amount(), dunningCase.currency()),
                report.isSilence() ? "Nobody objected within the days that the model gives" : report.note());
        if (report.channel() == StepReport.Channel.AGENCY) {
            cases.withAgency(caseId, report.isHandOver());
            // What is with an agency is not held; what comes back may have to be.
            events.publishEvent(new HoldsChanged(Set.of(dunningCase.customerId())));
        }
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

    /** Keeps what an agency said about a case that stays with it. */
    @Transactional
    public void agencySaid(
            long caseId, String outcome, @Nullable BigDecimal amount, @Nullable String note, @Nullable String by) {
        DunningCase dunningCase = cases.get(caseId);
        note(
                dunningCase,
                StepReport.Channel.AGENCY.name(),
                outcome,
                by,
                null,
                amount == null ? null : Money.of(amount, dunningCase.currency()),
                note);
    }

    /** Sales may say so of a customer who is stopped by hand already: their word stands in the case all the same. */
    private void stopCredit(DunningCase dunningCase, StepReport report, @Nullable String by) {
        boolean stopped = creditStops.inForce(dunningCase.customerId()).stream()
                .anyMatch(stop -> stop.origin() == CreditStop.Origin.MANUAL);
        if (!stopped) {
            creditStops.stopByHand(
                    dunningCase.customerId(),
                    Objects.requireNonNull(report.reason()),
                    null,
                    "Wanted by sales, case " + dunningCase.number(),
                    by == null ? "sales" : by);
        }
    }

    /** Records what a senior collector decided when a ladder was exhausted. */
    @Transactional
    public void decision(long caseId, String outcome, @Nullable String note, @Nullable String by) {
        note(cases.get(caseId), "DECISION", outcome, by, null, null, note);
    }

    /**
     * The customer promised, without a person of ours, to pay everything that is open in the case; begins a hold.
     *
     * @param how they said so
     * @throws InvalidOutcomeException when nothing is open any more, or the day cannot be
     */
    @Transactional
    public void promiseOfCustomer(long caseId, LocalDate date, String how) {
        promise(cases.get(caseId), date, null, List.of(), how, null);
    }

    private void promise(
            DunningCase dunningCase,
            @Nullable LocalDate date,
            @Nullable BigDecimal amount,
            List<String> invoices,
            @Nullable String text,
            @Nullable String by) {
        if (date == null) {
            throw new InvalidOutcomeException("promiseDate", "A promise needs the date on which the customer will pay");
        }
        Hold promise = holds.raise(NewHold.promise(dunningCase.customerId(), date, amount, by)
                .naming(cases.meant(dunningCase.id(), invoices))
                .noting(text));
        note(dunningCase, "PROMISE", "willPay", by, date, promise.amount(), join(promise.number(), text));
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
            @Nullable Money amount,
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
                .param("amount", amount == null ? null : amount.amount())
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
