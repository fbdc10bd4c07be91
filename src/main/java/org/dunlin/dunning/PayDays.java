package org.dunlin.dunning;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.scoring.PaymentPattern;
import org.dunlin.scoring.PaymentPatterns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Leaves customers with a usual pay day in peace until it has passed: most of them pay by themselves, and never hear from us. Whether
 * a pay day is waited for says the decision table {@code payDayPolicy}.
 */
@Service
public class PayDays {

    private static final String TABLE = "payDayPolicy";

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final CaseDates dates;
    private final CustomerStanding standing;
    private final PaymentPatterns patterns;
    private final Decisions decisions;
    private final WorkCalendar calendar;
    private final Clock clock;

    PayDays(
            JdbcClient jdbc,
            DunningCases cases,
            CaseDates dates,
            CustomerStanding standing,
            PaymentPatterns patterns,
            Decisions decisions,
            WorkCalendar calendar,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.dates = dates;
        this.standing = standing;
        this.patterns = patterns;
        this.decisions = decisions;
        this.calendar = calendar;
        this.clock = clock;
    }

    /**
     * @param chaseFrom day of the first contact at the earliest
     * @param reason    in words, for people
     */
    public record PayDay(LocalDate chaseFrom, String reason) {}

    /**
     * How the waiting goes.
     *
     * @param waiting          open cases in which nobody has been contacted, because the usual pay day has not passed
     * @param paidByThemselves cases whose pay day was waited for and that were paid without any contact, on the working day before or
     *                         since, today not included: what a run on each working morning tells, and each once
     */
    public record Counts(int waiting, int paidByThemselves) {}

    /**
     * Decides whether the first contact of a case waits for the customer's usual pay day, and keeps that and why with the case. A case
     * that has made a contact waits for none.
     */
    @Transactional
    public Optional<PayDay> consider(long caseId) {
        DunningCase dunningCase = cases.get(caseId);
        Optional<PayDay> payDay = dunningCase.lastContactAt() != null ? Optional.empty() : payDay(dunningCase);
        jdbc.sql(
                        """
                        update dunning_case set chase_from = :from, chase_reason = :reason
                        where id = :id and (chase_from, chase_reason) is distinct from (:from::date, :reason::text)
                        """)
                .param("from", payDay.map(PayDay::chaseFrom).orElse(null))
                .param("reason", payDay.map(PayDay::reason).orElse(null))
                .param("id", caseId)
                .update();
        return payDay;
    }

    private Optional<PayDay> payDay(DunningCase dunningCase) {
        Optional<PaymentPattern> pattern = patterns.of(dunningCase.customerId());
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        // Before the first contact, waits count from the invoice that is overdue for longest: it is the first one that
        // the pay day can have passed by.
        CaseDates.Basis basis = dates.basis(dunningCase.id());
        LocalDate expected = pattern.get()
                .expected(basis.countFrom(), basis.country(), calendar)
                .on();
        Map<String, @Nullable Object> inputs =
                CustomerStanding.inputs(standing.current(dunningCase.customerId(), cases.today(dunningCase)));
        inputs.put("daysToPayDay", (int) ChronoUnit.DAYS.between(basis.countFrom(), expected));
        DecisionResult policy = decisions.evaluate(TABLE, inputs);
        if (!Boolean.parseBoolean(policy.text("wait"))) {
            return Optional.empty();
        }
        LocalDate from =
                calendar.after(basis.country(), expected, Math.max(1, Integer.parseInt(policy.text("graceDays"))));
        return Optional.of(new PayDay(from, words(pattern.get()) + "; not contacted before " + from));
    }

    private static String words(PaymentPattern pattern) {
        return "Usually pays %s (%d %% of %d pay days)"
                .formatted(day(pattern), pattern.sharePercent(), pattern.payments());
    }

    /** When a customer usually pays, for example {@code on day 25 of the month}; empty when no habit is known. */
    public Optional<String> usually(long customerId) {
        return patterns.of(customerId).map(PayDays::day);
    }

    private static String day(PaymentPattern pattern) {
        return switch (pattern.kind()) {
            case DAY_OF_MONTH ->
                pattern.value() == 31 ? "on the last day of the month" : "on day " + pattern.value() + " of the month";
            case WEEKDAY -> "on " + DayOfWeek.of(pattern.value()).getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "s";
            case DAYS_AFTER_DUE ->
                pattern.value() == 0
                        ? "on the due date"
                        : "%d days %s the due date"
                                .formatted(Math.abs(pattern.value()), pattern.value() < 0 ? "before" : "after");
        };
    }

    /** Why the first contact of a case waits, or waited; empty when no pay day was waited for. */
    public Optional<String> reason(long caseId) {
        return jdbc.sql("select chase_reason from dunning_case where id = :id and chase_reason is not null")
                .param("id", caseId)
                .query(String.class)
                .optional();
    }

    /** As of now, at each creditor's clock. */
    public Counts counts() {
        List<Resting> resting = jdbc.sql(
                        """
                        select k.country, t.today, c.closed_on, count(*)::int as cases
                        from dunning_case c
                            join creditor k on k.id = c.creditor_id
                            cross join lateral (select (:now at time zone k.time_zone)::date as today) t
                        where c.chase_from is not null and c.first_contact_on is null
                          and (c.state = 'OPEN' and c.chase_from > t.today
                               or c.outcome = 'SETTLED' and c.closed_on >= t.today - 30)
                        group by k.country, t.today, c.closed_on
                        """)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Resting.class)
                .list();
        return new Counts(sum(resting, one -> one.closedOn() == null), sum(resting, this::isSinceTheWorkingDayBefore));
    }

    private record Resting(String country, LocalDate today, @Nullable LocalDate closedOn, int cases) {}

    private boolean isSinceTheWorkingDayBefore(Resting one) {
        LocalDate closed = one.closedOn();
        return closed != null
                && closed.isBefore(one.today())
                && !closed.isBefore(calendar.before(one.country(), one.today(), 1));
    }

    private static int sum(List<Resting> resting, Predicate<Resting> counts) {
        return resting.stream().filter(counts).mapToInt(Resting::cases).sum();
    }
}
