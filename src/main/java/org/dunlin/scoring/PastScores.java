package org.dunlin.scoring;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dunlin.platform.models.DecisionFailedException;
import org.dunlin.platform.models.Decisions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Facts, score, segment and reasons as of any day, computed anew; profiles and scores stay as they are. Three things are always those of
 * today: whether an invoice is disputed, what is known of a customer without a date (kind, sector, employees, rating, credit limit, whom
 * they were merged into), and the decision tables. What was concluded at the time stands in the history of scores.
 */
@Component
public class PastScores {

    /** Customers per statement: enough for reading the ledger's tables as a whole, few enough to hold in memory. */
    private static final int BATCH = 10_000;

    private final JdbcClient jdbc;
    private final Decisions decisions;
    private final Profiles profiles;

    PastScores(JdbcClient jdbc, Decisions decisions, Profiles profiles) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.profiles = profiles;
    }

    /** @return empty when there is no such customer, or they were merged into another */
    public Optional<PastScore> asOf(LocalDate day, long customerId) {
        return Optional.ofNullable(asOf(day, List.of(customerId)).get(customerId));
    }

    /**
     * @return by customer, in the order of ids; who does not exist or was merged into another is missing
     * @throws DecisionFailedException when a table is missing or unreadable as a whole
     */
    public Map<Long, PastScore> asOf(LocalDate day, Collection<Long> customerIds) {
        Map<Long, PastScore> scores = new LinkedHashMap<>();
        judged(day, profiles.asOf(day, customerIds)).forEach(score -> scores.put(score.customerId(), score));
        return scores;
    }

    /**
     * All customers, some thousands at a time in the order of their ids. No transaction is open while they are used, so whoever takes
     * long keeps nobody waiting.
     *
     * @throws DecisionFailedException when a table is missing or unreadable as a whole
     */
    public void allAsOf(LocalDate day, Consumer<List<PastScore>> use) {
        List<Long> ids = jdbc.sql("select id from customer where merged_into is null order by id")
                .query(Long.class)
                .list();
        for (int from = 0; from < ids.size(); from += BATCH) {
            List<Long> batch = ids.subList(from, Math.min(ids.size(), from + BATCH));
            use.accept(judged(day, profiles.asOfRange(day, batch)));
        }
    }

    private List<PastScore> judged(LocalDate day, List<CustomerProfile> found) {
        Judgement judgement = Judgement.latest(decisions);
        return found.stream().map(profile -> judge(day, profile, judgement)).toList();
    }

    private static PastScore judge(LocalDate day, CustomerProfile profile, Judgement judgement) {
        try {
            Conclusion conclusion = judgement.of(profile.facts());
            CustomerScore score = new CustomerScore(
                    profile.customerId(),
                    conclusion.score(),
                    conclusion.segment(),
                    conclusion.cell(),
                    conclusion.behaviour(),
                    conclusion.size(),
                    conclusion.reasons(),
                    conclusion.terms(),
                    profile.facts(),
                    day);
            return new PastScore(day, profile, score, null);
        } catch (DecisionFailedException e) {
            return new PastScore(day, profile, null, String.valueOf(e.getMessage()));
        }
    }
}
