package org.dunlin.dunning;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dunlin.dunning.Hold.Expected;
import org.dunlin.dunning.Hold.Kind;
import org.dunlin.dunning.Hold.Outcome;
import org.dunlin.dunning.LeftOut.Step;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.receivables.LedgerChanged;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Whether a hold has come to its result: by the ledger as soon as the money or the credit note is there, else on its date. */
@Service
public class HoldResults {

    private static final Logger log = LoggerFactory.getLogger(HoldResults.class);

    private final JdbcClient jdbc;
    private final Holds holds;
    private final HoldDays days;
    private final Receivables receivables;
    private final Repairs repairs;
    private final LeftOut leftOut;
    private final Clock clock;
    private final EngineBatch engine;

    HoldResults(
            JdbcClient jdbc,
            Holds holds,
            HoldDays days,
            Receivables receivables,
            Repairs repairs,
            LeftOut leftOut,
            Clock clock,
            EngineBatch engine) {
        this.jdbc = jdbc;
        this.holds = holds;
        this.days = days;
        this.receivables = receivables;
        this.repairs = repairs;
        this.leftOut = leftOut;
        this.clock = clock;
        this.engine = engine;
    }

    /** What came of a hold on a day on which it had to be judged. */
    public enum Result {
        KEPT,
        BROKEN,
        /** Of a plan: what was due has come, and more is to come. */
        ON_TRACK,
        REJECTED,
        BOOKED,
        NOT_BOOKED,
        OVER
    }

    /** Judges a hold whose date has come, and ends it if that is its result. */
    @Transactional
    public Result judge(long holdId) {
        Hold hold = holds.get(holdId);
        if (!hold.isActive()) {
            return Result.OVER;
        }
        Result result =
                switch (hold.kind()) {
                    case PROMISE -> cameIn(hold).compareTo(amount(hold)) >= 0 ? Result.KEPT : Result.BROKEN;
                    case PLAN -> judgePlan(hold);
                    case DISPUTE -> judgeDispute(hold);
                    case BLOCK, INSOLVENCY -> Result.OVER;
                };
        Outcome outcome =
                switch (result) {
                    case KEPT -> Outcome.KEPT;
                    case BROKEN -> Outcome.BROKEN;
                    case REJECTED -> Outcome.REJECTED;
                    case BOOKED -> booked(hold);
                    case OVER -> Outcome.OVER;
                    case ON_TRACK, NOT_BOOKED -> null;
                };
        if (outcome != null) {
            holds.end(holdId, outcome, null, null);
        }
        return result;
    }

    private Result judgePlan(Hold plan) {
        BigDecimal paid = cameIn(plan);
        if (paid.compareTo(amount(plan)) >= 0) {
            return Result.KEPT;
        }
        LocalDate today = days.today(plan);
        BigDecimal due = plan.instalments().stream()
                .filter(instalment -> !days.judgedOn(plan, instalment.dueOn()).isAfter(today))
                .map(Hold.Instalment::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return paid.compareTo(due) >= 0 ? Result.ON_TRACK : Result.BROKEN;
    }

    private Result judgeDispute(Hold dispute) {
        if (dispute.course().expected() == null) {
            return Result.REJECTED;
        }
        return isBooked(dispute) ? Result.BOOKED : Result.NOT_BOOKED;
    }

    private static Outcome booked(Hold dispute) {
        return dispute.course().expected() == Expected.CORRECTION ? Outcome.CORRECTED : Outcome.CREDITED;
    }

    /** Whether one of its invoices was credited since it began, or withdrawn. */
    public boolean isBooked(Hold dispute) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from hold_invoice l join invoice i on i.id = l.invoice_id
                            where l.hold_id = :id
                              and (i.withdrawn_on <= :today
                                   or exists (
                                       select 1 from allocation a
                                       where a.invoice_id = i.id and a.credit_note_id is not null
                                         and a.effective_on between :since and :today)))
                        """)
                .param("id", dispute.id())
                .param("since", dispute.startsOn())
                .param("today", days.today(dispute))
                .query(Boolean.class)
                .single();
    }

    /** How much less is open of its invoices than when it began. */
    private BigDecimal cameIn(Hold hold) {
        LocalDate today = days.today(hold);
        Map<Long, BigDecimal> open = new LinkedHashMap<>();
        receivables
                .open(hold.invoices().stream().map(Hold.Covered::invoiceId).toList(), today)
                .forEach(invoice -> open.put(invoice.id(), invoice.open().amount()));
        return hold.invoices().stream()
                .map(covered -> covered.openAtStart()
                        .amount()
                        .subtract(open.getOrDefault(covered.invoiceId(), BigDecimal.ZERO)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal amount(Hold hold) {
        return Objects.requireNonNull(hold.amount()).amount();
    }

    /** Money came or a credit note: what waited for it is over. The ledger is committed first. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(LedgerChanged event) {
        try {
            endWhatIsReached(event.customerIds(), Integer.MAX_VALUE);
        } catch (RuntimeException e) {
            // The money is booked; whoever booked it must not be told otherwise.
            log.error(
                    "Holds that have come to their result could not be ended at once; the next daily run ends them", e);
        }
    }

    /**
     * Ends holds that have come to their result without anybody noticing, for example because the node died between ledger and
     * engine.
     *
     * @return how many; fewer than the limit means none are left
     */
    public int reconcile(int limit) {
        List<Hold> ended = endWhatIsReached(null, limit);
        ended.forEach(hold -> repairs.note(
                "holdEnded",
                holds.caseOf(hold).map(Holds.CaseOf::id).orElse(null),
                "Hold %s had come to its result without anybody noticing; ended".formatted(hold.number())));
        return ended.size();
    }

    /**
     * While anything is open of a dispute, the customer hears its result before it ends. Once nothing is open any more, it is
     * over without a word: what was credited or withdrawn needs no further announcement, and who has paid in full is not told
     * that they had to.
     */
    private List<Hold> endWhatIsReached(@Nullable Collection<Long> customers, int limit) {
        Map<Long, Outcome> reached = new LinkedHashMap<>();
        Set<Long> concerned = new HashSet<>();
        jdbc.sql(
                        """
                        select s.* from (
                            select h.id, h.customer_id, h.kind, h.amount, h.expected, h.told_at is not null as told,
                                   sum(l.open) as at_start, sum(coalesce(o.open, 0)) as now,
                                   bool_or(i.withdrawn_on <= o.today) as withdrawn,
                                   bool_or(a.credited) as credited, bool_or(a.paid) as paid
                            from hold h
                                join creditor k on k.id = h.creditor_id
                                join hold_invoice l on l.hold_id = h.id
                                join invoice i on i.id = l.invoice_id
                                cross join lateral (
                                    select t.today, (
                                        select i.open from open_invoice(t.today) i where i.invoice_id = l.invoice_id) as open
                                    from (select (:now at time zone k.time_zone)::date as today) t) o
                                cross join lateral (
                                    select coalesce(bool_or(a.credit_note_id is not null), false) as credited,
                                           coalesce(bool_or(a.payment_id is not null and a.amount > 0), false) as paid
                                    from allocation a
                                    where a.invoice_id = l.invoice_id and a.effective_on between h.starts_on and o.today) a
                            where h.state = 'ACTIVE'
                              and (:customers::bigint[] is null or h.customer_id = any(:customers::bigint[]))
                            group by h.id) s
                        where s.now = 0 or s.at_start - s.now >= s.amount
                          or s.expected is not null and s.told and (s.credited or s.withdrawn)
                        order by s.id limit :limit
                        """)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("customers", customers == null ? null : customers.toArray(Long[]::new))
                .param("limit", limit)
                .query((row, n) -> {
                    concerned.add(row.getLong("customer_id"));
                    return reached.put(row.getLong("id"), outcome(row));
                })
                .list();
        if (reached.isEmpty()) {
            return List.of();
        }
        try {
            return end(reached, concerned);
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            log.debug("{} holds could not be ended together, now one by one", reached.size(), e);
        }
        return reached.entrySet().stream()
                .flatMap(one -> endAlone(one.getKey(), one.getValue()).stream())
                .toList();
    }

    /** Table and processes together, also within the daily run, whose own command is another. */
    private List<Hold> end(Map<Long, Outcome> reached, Set<Long> customers) {
        return engine.callInNewTransaction(() -> {
            receivables.lockCustomers(customers);
            return holds.endEarly(reached, null, null);
        });
    }

    private List<Hold> endAlone(long holdId, Outcome outcome) {
        try {
            return end(Map.of(holdId, outcome), Set.of(holds.get(holdId).customerId()));
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            log.error(
                    "Hold {} has come to its result and could not be ended; the next daily run tries again", holdId, e);
            leftOut.hold(Step.END_HOLD, holdId, LeftOut.reason(e));
            return List.of();
        }
    }

    /** What the ledger says came of it; the department's word counts where both are possible. */
    private static Outcome outcome(ResultSet row) throws SQLException {
        return switch (Kind.valueOf(row.getString("kind"))) {
            // What was credited or withdrawn is neither a promise kept nor one broken.
            case PROMISE, PLAN -> row.getBoolean("paid") ? Outcome.KEPT : Outcome.SETTLED;
            case DISPUTE -> {
                if (row.getBoolean("credited") && !"CORRECTION".equals(row.getString("expected"))) {
                    yield Outcome.CREDITED;
                }
                yield row.getBoolean("credited") || row.getBoolean("withdrawn") ? Outcome.CORRECTED : Outcome.SETTLED;
            }
            case BLOCK, INSOLVENCY -> Outcome.SETTLED;
        };
    }
}
