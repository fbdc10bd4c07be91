package org.dunlin.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Writes what was concluded, many customers with each statement. A row of the history ends, and the next begins, when score,
 * segment or cell differ; otherwise the current row keeps its {@code since} and takes over the reasons and facts of today, so
 * that the explanation a person reads is never older than the score. Within one day the last conclusion counts.
 */
@Repository
class ScoreHistory {

    private final JdbcClient jdbc;
    private final ScoreReasons reasons;
    private final ObjectMapper json;

    ScoreHistory(JdbcClient jdbc, ScoreReasons reasons, ObjectMapper json) {
        this.jdbc = jdbc;
        this.reasons = reasons;
        this.json = json;
    }

    /** A conclusion about one customer, with the facts it was drawn from. */
    record Entry(long customerId, Map<String, @Nullable Object> facts, Conclusion conclusion) {}

    void write(List<Entry> entries, LocalDate asOf, UUID versions) {
        if (entries.isEmpty()) {
            return;
        }
        reasons.keep(entries.stream()
                .flatMap(entry -> entry.conclusion().reasons().stream())
                .collect(Collectors.toSet()));
        Long[] ids = entries.stream().map(Entry::customerId).toArray(Long[]::new);
        Integer[] scores =
                entries.stream().map(entry -> entry.conclusion().score()).toArray(Integer[]::new);
        String[] segments = texts(entries, Conclusion::segment);
        String[] cells = texts(entries, Conclusion::cell);
        jdbc.sql(
                        """
                        update customer_score s set until = :asOf
                        from unnest(:ids, :scores, :segments, :cells) as n (customer_id, score, segment, cell)
                        where s.customer_id = n.customer_id and s.until is null and s.since < :asOf
                          and (s.score, s.segment, s.cell) is distinct from (n.score, n.segment, n.cell)
                        """)
                .param("asOf", asOf)
                .param("ids", ids)
                .param("scores", scores)
                .param("segments", segments)
                .param("cells", cells)
                .update();
        jdbc.sql(
                        """
                        insert into customer_score as s (customer_id, since, score, segment, cell, behaviour, size, reason_ids, terms, facts)
                        select customer_id, :asOf, score, segment, cell, behaviour, size, cast(reason_ids as integer[]), cast(terms as jsonb), cast(facts as jsonb)
                        from unnest(:ids, :scores, :segments, :cells, :behaviours, :sizes, :reasonIds, :terms, :facts)
                            as n (customer_id, score, segment, cell, behaviour, size, reason_ids, terms, facts)
                        order by customer_id
                        on conflict (customer_id) where until is null do update
                            set (score, segment, cell, behaviour, size, reason_ids, terms, facts) =
                                (excluded.score, excluded.segment, excluded.cell, excluded.behaviour, excluded.size, excluded.reason_ids, excluded.terms, excluded.facts)
                            where (s.score, s.segment, s.cell, s.behaviour, s.size, s.reason_ids, s.terms, s.facts) is distinct from
                                (excluded.score, excluded.segment, excluded.cell, excluded.behaviour, excluded.size, excluded.reason_ids, excluded.terms, excluded.facts)
                        """)
                .param("asOf", asOf)
                .param("ids", ids)
                .param("scores", scores)
                .param("segments", segments)
                .param("cells", cells)
                .param("behaviours", texts(entries, Conclusion::behaviour))
                .param("sizes", texts(entries, Conclusion::size))
                .param("reasonIds", texts(entries, conclusion -> array(reasons.idsOf(conclusion.reasons()))))
                .param("terms", texts(entries, conclusion -> json(conclusion.terms())))
                .param(
                        "facts",
                        entries.stream().map(entry -> json(entry.facts())).toArray(String[]::new))
                .update();
        jdbc.sql(
                        """
                        update customer_profile set scored_with = :versions, score_failure = null
                        where customer_id = any(:ids)
                        """)
                .param("versions", versions)
                .param("ids", ids)
                .update();
    }

    /** Keeps why these customers could not be scored; they stay due. */
    void writeFailures(Map<Long, String> reasons) {
        if (reasons.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        update customer_profile p set score_failure = n.reason, scored_with = null
                        from unnest(:ids, :reasons) as n (customer_id, reason)
                        where p.customer_id = n.customer_id
                        """)
                .param("ids", reasons.keySet().toArray(Long[]::new))
                .param("reasons", reasons.values().toArray(String[]::new))
                .update();
    }

    private static String[] texts(List<Entry> entries, Function<Conclusion, String> text) {
        return entries.stream().map(Entry::conclusion).map(text).toArray(String[]::new);
    }

    /** As the database writes arrays, because one of arrays of different lengths cannot be given to it. */
    private static String array(Integer[] ids) {
        return Arrays.stream(ids).map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + value, e);
        }
    }
}
