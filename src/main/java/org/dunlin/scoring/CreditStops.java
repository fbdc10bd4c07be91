package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.dunlin.platform.models.DecisionFailedException;
import org.dunlin.platform.models.Decisions;
import org.dunlin.scoring.CreditJudgement.Verdict;
import org.dunlin.scoring.CreditStopRows.Beginning;
import org.dunlin.scoring.CreditStopRows.Ending;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who gets no new orders on credit, why, and since when. The tables {@code creditPolicy} and {@code creditStopLift} stop and
 * release; a person may add a stop by hand, which the tables leave alone.
 */
@Component
public class CreditStops {

    private static final Logger log = LoggerFactory.getLogger(CreditStops.class);

    /** Customers per transaction: enough for set-based writing, few enough that nobody waits long for their locks. */
    private static final int BATCH = 2_000;

    private final JdbcClient jdbc;
    private final Decisions decisions;
    private final Profiles profiles;
    private final CreditStopRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final CustomerBatches batches;
    private final TransactionTemplate ownTransaction;

    CreditStops(
            JdbcClient jdbc,
            Decisions decisions,
            Profiles profiles,
            CreditStopRows rows,
            ApplicationEventPublisher events,
            Clock clock,
            CustomerBatches batches,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.profiles = profiles;
        this.rows = rows;
        this.events = events;
        this.clock = clock;
        this.batches = batches;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * What a run changed.
     *
     * @param set    stops that began
     * @param lifted stops that ended
     * @param failed customers for whom a table had no usable answer
     */
    public record Applied(int set, int lifted, int failed) {
        Applied plus(Applied other) {
            return new Applied(set + other.set, lifted + other.lifted, failed + other.failed);
        }
    }

    /** A table had no usable answer for this customer; their stops stay as they are. */
    public record CreditPolicyFailure(long customerId, String reason) {}

    /** {@link #applyAll(LocalDate, Progress)} with nobody listening. */
    public Applied applyAll(LocalDate asOf) {
        return applyAll(asOf, Progress.UNHEARD);
    }

    /**
     * Applies the policy to every customer whose profile, or the tables, changed since it was applied last, and ends stops by
     * hand whose day has come. Works on the profiles as they are: refresh them before. Batches of customers are committed each by
     * itself; what a caller's transaction has not committed is not seen. A second run on the same facts writes nothing.
     *
     * @param asOf the day on which stops begin and end
     * @throws DecisionFailedException when a decision is missing or unreadable as a whole
     */
    public Applied applyAll(LocalDate asOf, Progress progress) {
        CreditJudgement judgement = CreditJudgement.latest(decisions);
        AtomicReference<Applied> applied = new AtomicReference<>(
                new Applied(0, required(ownTransaction.execute(status -> endWhatIsOver(asOf))), 0));
        List<Long> ids = jdbc.sql(
                        """
                        select customer_id from customer_profile where credit_checked_with is distinct from :versions
                        order by customer_id
                        """)
                .param("versions", judgement.versions())
                .query(Long.class)
                .list();
        progress.reached(0, ids.size());
        AtomicInteger checked = new AtomicInteger();
        batches.each(ids, BATCH, batch -> applyBatch(batch.toArray(Long[]::new), judgement, asOf), done -> {
            applied.set(required(applied.get()).plus(done.applied()));
            progress.reached(checked.addAndGet(done.checked()), ids.size());
        });
        return required(applied.get());
    }

    /** The customer's stops that are in force today, the oldest first; empty for a customer who may buy on credit. */
    public List<CreditStop> inForce(long customerId) {
        return rows.inForce(List.of(customerId), LocalDate.now(clock));
    }

    /** Every stop of the customer, also those that ended, the newest first. */
    public List<CreditStop> history(long customerId) {
        return rows.history(customerId);
    }

    /** Customers to whom the policy could not be applied the last time it was tried, and why. */
    public List<CreditPolicyFailure> failures() {
        return failures(Integer.MAX_VALUE);
    }

    /** The first of them. */
    public List<CreditPolicyFailure> failures(int limit) {
        return jdbc.sql(
                        """
                        select customer_id, credit_failure as reason from customer_profile
                        where credit_failure is not null order by customer_id limit :limit
                        """)
                .param("limit", limit)
                .query(CreditPolicyFailure.class)
                .list();
    }

    /**
     * Stops a customer by hand, from today.
     *
     * @param text   why, in words that the customer may hear
     * @param endsOn first day on which it no longer holds; null: until somebody lifts it
     * @param note   for colleagues
     * @param by     login of who decided it
     * @throws IllegalArgumentException without words, or when {@code endsOn} is not after today
     * @throws AlreadyStoppedException  when there is a stop by hand already
     * @throws EmptyResultDataAccessException when there is no such customer
     */
    @Transactional
    public CreditStop stopByHand(
            long customerId, String text, @Nullable LocalDate endsOn, @Nullable String note, String by) {
        LocalDate today = LocalDate.now(clock);
        if (text.isBlank()) {
            throw new IllegalArgumentException("Say why, in words that the customer may hear.");
        }
        if (endsOn != null && !endsOn.isAfter(today)) {
            throw new IllegalArgumentException("The stop has to end after today.");
        }
        lockCustomer(customerId);
        endWhatIsOver(today);
        CreditStop stop = rows.beginByHand(
                        customerId,
                        text.strip(),
                        endsOn == null ? "When somebody lifts it" : "On " + endsOn,
                        facts(customerId),
                        today,
                        endsOn,
                        by,
                        note)
                .orElseThrow(AlreadyStoppedException::new);
        events.publishEvent(new CreditStopped(customerId, stop.reason(), today, stop.text()));
        return stop;
    }

    /**
     * Lifts the stop by hand; stops of the policy stay.
     *
     * @param by login of who decided it
     * @return the stop that ended; empty when there was none
     */
    @Transactional
    public Optional<CreditStop> liftByHand(long customerId, String by) {
        LocalDate today = LocalDate.now(clock);
        lockCustomer(customerId);
        endWhatIsOver(today);
        Optional<CreditStop> lifted = rows.endByHand(customerId, today, "Lifted by hand", by);
        lifted.ifPresent(stop -> publishReleased(List.of(stop), today));
        return lifted;
    }

    private record Batch(int checked, Applied applied) {}

    private Batch applyBatch(Long[] ids, CreditJudgement judgement, LocalDate asOf) {
        // Customers before their profiles, as everybody does: what is written below refers to them.
        jdbc.sql("select id from customer where id = any(:ids) order by id for key share")
                .param("ids", ids)
                .query(Long.class)
                .list();
        List<CustomerProfile> due = jdbc.sql(
                        """
                        select * from customer_profile
                        where credit_checked_with is distinct from :versions and customer_id = any(:ids)
                        order by customer_id for update
                        """)
                .param("versions", judgement.versions())
                .param("ids", ids)
                .query((row, n) -> profiles.profile(row))
                .list();
        Map<Long, Set<String>> stopped = rows.ofPolicy(ids).stream()
                .collect(Collectors.groupingBy(
                        CreditStop::customerId, Collectors.mapping(CreditStop::reason, Collectors.toSet())));
        List<Judged> judged = due.stream()
                .map(profile -> judge(
                        profile.customerId(),
                        profile.facts(),
                        new TreeSet<>(stopped.getOrDefault(profile.customerId(), Set.of())),
                        judgement))
                .toList();
        Applied applied = write(judged, judgement, asOf);
        return new Batch(judged.size() - applied.failed(), applied);
    }

    private record Judged(
            long customerId,
            Map<String, @Nullable Object> facts,
            @Nullable Verdict verdict,
            @Nullable String failure) {}

    private static Judged judge(
            long customerId, Map<String, @Nullable Object> facts, Set<String> inForce, CreditJudgement judgement) {
        try {
            return new Judged(customerId, facts, judgement.of(facts, inForce), null);
        } catch (DecisionFailedException e) {
            return new Judged(customerId, facts, null, e.getMessage());
        }
    }

    private Applied write(List<Judged> judged, CreditJudgement judgement, LocalDate asOf) {
        List<Beginning> beginnings = new ArrayList<>();
        List<Ending> endings = new ArrayList<>();
        List<Long> done = new ArrayList<>();
        Map<Long, String> failures = new LinkedHashMap<>();
        for (Judged one : judged) {
            Verdict verdict = one.verdict();
            if (verdict == null) {
                log.warn("The credit policy cannot be applied to customer {}: {}", one.customerId(), one.failure());
                failures.put(one.customerId(), String.valueOf(one.failure()));
                continue;
            }
            done.add(one.customerId());
            verdict.stops().forEach(stop -> beginnings.add(new Beginning(one.customerId(), stop, one.facts())));
            verdict.lifts().forEach(lift -> endings.add(new Ending(one.customerId(), lift)));
        }
        rows.end(endings, asOf);
        rows.begin(beginnings, asOf);
        mark(done, judgement, failures);
        beginnings.forEach(each -> events.publishEvent(new CreditStopped(
                each.customerId(), each.stop().reason(), asOf, each.stop().text())));
        Set<Long> stillStopped =
                stillStopped(endings.stream().map(Ending::customerId).collect(Collectors.toSet()), asOf);
        endings.forEach(each -> events.publishEvent(new CreditReleased(
                each.customerId(),
                each.lift().reason(),
                asOf,
                each.lift().because(),
                stillStopped.contains(each.customerId()))));
        return new Applied(beginnings.size(), endings.size(), failures.size());
    }

    private void mark(List<Long> done, CreditJudgement judgement, Map<Long, String> failures) {
        jdbc.sql(
                        """
                        update customer_profile set credit_checked_with = :versions, credit_failure = null
                        where customer_id = any(:ids)
                        """)
                .param("versions", judgement.versions())
                .param("ids", done.toArray(Long[]::new))
                .update();
        jdbc.sql(
                        """
                        update customer_profile p set credit_failure = n.reason, credit_checked_with = null
                        from unnest(:ids, :reasons) as n (customer_id, reason)
                        where p.customer_id = n.customer_id
                          and (p.credit_failure is distinct from n.reason or p.credit_checked_with is not null)
                        """)
                .param("ids", failures.keySet().toArray(Long[]::new))
                .param("reasons", failures.values().toArray(String[]::new))
                .update();
    }

    /** Ends the stops by hand whose day has come. */
    int endWhatIsOver(LocalDate on) {
        List<CreditStop> over = rows.endWhatIsOver(on, "Its last day is over");
        publishReleased(over, on);
        return over.size();
    }

    private void publishReleased(List<CreditStop> ended, LocalDate on) {
        Set<Long> stillStopped =
                stillStopped(ended.stream().map(CreditStop::customerId).collect(Collectors.toSet()), on);
        ended.forEach(stop -> events.publishEvent(new CreditReleased(
                stop.customerId(),
                stop.reason(),
                Objects.requireNonNull(stop.until()),
                Objects.requireNonNull(stop.liftedBecause()),
                stillStopped.contains(stop.customerId()))));
    }

    private Set<Long> stillStopped(Collection<Long> customerIds, LocalDate on) {
        return customerIds.isEmpty()
                ? Set.of()
                : rows.inForce(customerIds, on).stream()
                        .map(CreditStop::customerId)
                        .collect(Collectors.toSet());
    }

    private void lockCustomer(long customerId) {
        jdbc.sql("select id from customer where id = :id for no key update")
                .param("id", customerId)
                .query(Long.class)
                .single();
    }

    private Map<String, @Nullable Object> facts(long customerId) {
        try {
            return profiles.profile(customerId).facts();
        } catch (EmptyResultDataAccessException e) {
            // Never profiled: nothing is known.
            return Map.of();
        }
    }

    private static <T> T required(@Nullable T result) {
        return Objects.requireNonNull(result);
    }
}
