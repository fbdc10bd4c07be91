package org.dunlin.scoring;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.dunlin.scoring.CustomerScore.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The reasons of all scores. Each is kept once, in the words its table had when it first applied to somebody; scores refer to it by
 * id. There are no more of them than rules were ever written, so all that were met stay in memory. A row is committed by itself and
 * never changes, so what is remembered stays true whatever becomes of the transaction that asked.
 */
@Repository
class ScoreReasons {

    private static final Comparator<Reason> ALWAYS_THE_SAME_ORDER = Comparator.comparing(Reason::criterion)
            .thenComparing(Reason::text)
            .thenComparing(Reason::points, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;
    private final Map<Reason, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Reason> reasons = new ConcurrentHashMap<>();

    ScoreReasons(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Makes sure that {@link #idsOf} knows all of these; the first time a rule applies to anybody, it is written. */
    void keep(Collection<Reason> said) {
        List<Reason> unknown = said.stream()
                .filter(reason -> !ids.containsKey(reason))
                .distinct()
                .sorted(ALWAYS_THE_SAME_ORDER)
                .toList();
        if (!unknown.isEmpty()) {
            ownTransaction.executeWithoutResult(status -> write(unknown));
        }
    }

    /** @param said reasons that were {@link #keep kept}, in the order in which they are told */
    Integer[] idsOf(List<Reason> said) {
        return said.stream()
                .map(reason -> Objects.requireNonNull(ids.get(reason), "A reason that was not kept"))
                .toArray(Integer[]::new);
    }

    /** The reasons with these ids, in their order. */
    List<Reason> of(Integer[] kept) {
        Integer[] unknown =
                Arrays.stream(kept).filter(id -> !reasons.containsKey(id)).toArray(Integer[]::new);
        if (unknown.length > 0) {
            jdbc.sql("select id, criterion, text, points from score_reason where id = any(:ids)")
                    .param("ids", unknown)
                    .query(Kept.class)
                    .list()
                    .forEach(this::remember);
        }
        return Arrays.stream(kept)
                .map(reasons::get)
                .map(Objects::requireNonNull)
                .toList();
    }

    private void write(List<Reason> unknown) {
        String[] criteria = unknown.stream().map(Reason::criterion).toArray(String[]::new);
        String[] texts = unknown.stream().map(Reason::text).toArray(String[]::new);
        Integer[] points = unknown.stream().map(Reason::points).toArray(Integer[]::new);
        jdbc.sql(
                        """
                        insert into score_reason (criterion, text, points)
                        select criterion, text, points
                        from unnest(:criteria, :texts, :points) with ordinality as n (criterion, text, points, place)
                        order by place
                        on conflict do nothing
                        """)
                .param("criteria", criteria)
                .param("texts", texts)
                .param("points", points)
                .update();
        jdbc.sql(
                        """
                        select r.id, r.criterion, r.text, r.points
                        from score_reason r join unnest(:criteria, :texts, :points) as n (criterion, text, points)
                            on r.criterion = n.criterion and r.text = n.text and r.points is not distinct from n.points
                        """)
                .param("criteria", criteria)
                .param("texts", texts)
                .param("points", points)
                .query(Kept.class)
                .list()
                .forEach(this::remember);
    }

    private void remember(Kept row) {
        Reason reason = new Reason(row.criterion(), row.text(), row.points());
        ids.put(reason, row.id());
        reasons.put(row.id(), reason);
    }

    private record Kept(int id, String criterion, String text, @Nullable Integer points) {}
}
