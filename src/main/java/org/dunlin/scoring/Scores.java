package org.dunlin.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dunlin.platform.models.DecisionFailedException;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.DeployedDecision;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Concludes score and segment from the profiles and keeps their history. */
@Component
public class Scores {

    private static final Logger log = LoggerFactory.getLogger(Scores.class);
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

    /** Customers per transaction: enough for set-based writing, few enough that nobody waits long for their locks. */
    private static final int BATCH = 2_000;

    private final JdbcClient jdbc;
    private final Decisions decisions;
    private final Profiles profiles;
    private final ScoreHistory history;
    private final ScoreReasons reasons;
    private final ObjectMapper json;
    private final CustomerBatches batches;

    Scores(
            JdbcClient jdbc,
            Decisions decisions,
            Profiles profiles,
            ScoreHistory history,
            ScoreReasons reasons,
            ObjectMapper json,
            CustomerBatches batches) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.profiles = profiles;
        this.history = history;
        this.reasons = reasons;
        this.json = json;
        this.batches = batches;
    }

    /** {@link #scoreAll(LocalDate, Progress)} with nobody listening. */
    public int scoreAll(LocalDate asOf) {
        return scoreAll(asOf, Progress.UNHEARD);
    }

    /**
     * Scores every customer whose profile, or the decision tables, changed since they were scored last. Works through the
     * customers in batches, each committed by itself even within a caller's transaction; what that has not committed is not seen.
     * A customer for whom the tables have no usable answer keeps the score they had, is listed in {@link #failures()}, tried again
     * the next time, and does not hold up the others.
     *
     * @param asOf the day from which a changed score holds; on a day before the current score began, that one is replaced
     * @return how many customers were scored
     * @throws DecisionFailedException when a decision is missing or unreadable as a whole
     */
    public int scoreAll(LocalDate asOf, Progress progress) {
        Judgement judgement = Judgement.latest(decisions);
        List<Long> ids = jdbc.sql(
                        """
                        select customer_id from customer_profile where scored_with is distinct from :versions
                        order by customer_id
                        """)
                .param("versions", judgement.versions())
                .query(Long.class)
                .list();
        progress.reached(0, ids.size());
        AtomicInteger scored = new AtomicInteger();
        // Whoever holds a profile at this moment is refreshing that customer, and scores them too.
        batches.each(
                ids,
                BATCH,
                batch -> score(due(batch, judgement, "for update skip locked"), judgement, asOf),
                more -> progress.reached(scored.addAndGet(more), ids.size()));
        jdbc.sql(
                        """
                        insert into scoring_run as r (as_of) values (:asOf)
                        on conflict (only_one) do update set as_of = :asOf where r.as_of <> :asOf
                        """)
                .param("asOf", asOf)
                .update();
        return scored.get();
    }

    /** The day as of which all customers were scored last; empty before the first time. */
    public Optional<LocalDate> lastRun() {
        return jdbc.sql("select as_of from scoring_run").query(LocalDate.class).optional();
    }

    /**
     * The same for some customers, as part of the caller's transaction; those whose score is fresh are left alone.
     *
     * @return how many customers were scored
     */
    @Transactional
    public int score(Collection<Long> customerIds, LocalDate asOf) {
        Judgement judgement = Judgement.latest(decisions);
        return score(due(customerIds, judgement, "for update"), judgement, asOf);
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when the customer was never scored */
    public CustomerScore current(long customerId) {
        return jdbc.sql("select * from customer_score where customer_id = :id and until is null")
                .param("id", customerId)
                .query((row, n) -> score(row))
                .single();
    }

    /** The same for many customers, by their id; who was never scored is missing. */
    public Map<Long, CustomerScore> current(Collection<Long> customerIds) {
        return jdbc
                .sql("select * from customer_score where customer_id = any(:ids) and until is null")
                .param("ids", customerIds.stream().distinct().toArray(Long[]::new))
                .query((row, n) -> score(row))
                .list()
                .stream()
                .collect(Collectors.toMap(CustomerScore::customerId, Function.identity()));
    }

    /**
     * The values that the matrix of segments is made of, in the order in which the live table lists them; empty where it lists none.
     */
    public Matrix matrix() {
        DeployedDecision segment = decisions.latest("segment");
        return new Matrix(segment.valuesOf("size"), segment.valuesOf("behaviour"));
    }

    /** The two criteria of the matrix. */
    public record Matrix(List<String> sizes, List<String> behaviours) {}

    /** Customers who could not be scored the last time it was tried, and why. */
    public List<ScoringFailure> failures() {
        return failures(Integer.MAX_VALUE);
    }

    /** The first of them. */
    public List<ScoringFailure> failures(int limit) {
        return jdbc.sql(
                        """
                        select customer_id, score_failure as reason from customer_profile
                        where score_failure is not null order by customer_id limit :limit
                        """)
                .param("limit", limit)
                .query(ScoringFailure.class)
                .list();
    }

    /** A decision had no usable answer for this customer. */
    public record ScoringFailure(long customerId, String reason) {}

    private List<CustomerProfile> due(Collection<Long> customerIds, Judgement judgement, String locking) {
        return jdbc.sql(
                        """
                        select * from customer_profile
                        where scored_with is distinct from :versions and customer_id = any(:ids)
                        order by customer_id\s"""
                                + locking)
                .param("versions", judgement.versions())
                .param("ids", customerIds.toArray(Long[]::new))
                .query((row, n) -> profiles.profile(row))
                .list();
    }

    /** @return how many were scored; the others are kept as failures */
    private int score(List<CustomerProfile> due, Judgement judgement, LocalDate asOf) {
        List<Judged> judged = due.stream()
                .map(profile -> judge(profile.customerId(), profile.facts(), judgement))
                .toList();
        List<ScoreHistory.Entry> entries = new ArrayList<>(judged.size());
        Map<Long, String> failures = new LinkedHashMap<>();
        for (Judged one : judged) {
            Conclusion conclusion = one.conclusion();
            if (conclusion != null) {
                entries.add(new ScoreHistory.Entry(one.customerId(), one.facts(), conclusion));
            } else {
                log.warn("Customer {} cannot be scored: {}", one.customerId(), one.failure());
                failures.put(one.customerId(), String.valueOf(one.failure()));
            }
        }
        history.write(entries, asOf, judgement.versions());
        history.writeFailures(failures);
        return entries.size();
    }

    private record Judged(
            long customerId,
            Map<String, @Nullable Object> facts,
            @Nullable Conclusion conclusion,
            @Nullable String failure) {}

    private static Judged judge(long customerId, Map<String, @Nullable Object> facts, Judgement judgement) {
        try {
            return new Judged(customerId, facts, judgement.of(facts), null);
        } catch (DecisionFailedException e) {
            return new Judged(customerId, facts, null, e.getMessage());
        }
    }

    private CustomerScore score(ResultSet row) throws SQLException {
        try {
            return new CustomerScore(
                    row.getLong("customer_id"),
                    row.getInt("score"),
                    row.getString("segment"),
                    row.getString("cell"),
                    row.getString("behaviour"),
                    row.getString("size"),
                    reasons.of((Integer[]) row.getArray("reason_ids").getArray()),
                    row.getString("terms") == null ? null : json.readValue(row.getString("terms"), PaymentTerms.class),
                    json.readValue(row.getString("facts"), FACTS),
                    row.getObject("since", LocalDate.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable score of customer " + row.getLong("customer_id"), e);
        }
    }
}
