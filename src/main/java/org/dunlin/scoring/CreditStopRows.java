package org.dunlin.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dunlin.receivables.CustomersMerged;
import org.dunlin.scoring.CreditStop.Origin;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code credit_stop}, many rows with each statement. */
@Repository
class CreditStopRows {

    private static final TypeReference<Map<String, @Nullable Object>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    CreditStopRows(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A stop of the policy that begins. */
    record Beginning(long customerId, CreditJudgement.Stop stop, Map<String, @Nullable Object> facts) {}

    /** A stop of the policy that ends. */
    record Ending(long customerId, CreditJudgement.Lift lift) {}

    /** Stops that the policy set and has not lifted. */
    List<CreditStop> ofPolicy(Long[] customerIds) {
        return jdbc.sql(
                        """
                        select * from credit_stop
                        where customer_id = any(:ids) and until is null and origin = 'POLICY' order by customer_id, id
                        """)
                .param("ids", customerIds)
                .query((row, n) -> stop(row))
                .list();
    }

    /** In force on that day, with the oldest first. A stop by hand ends on its day, whether or not that was written already. */
    List<CreditStop> inForce(Collection<Long> customerIds, LocalDate on) {
        return jdbc.sql(
                        """
                        select * from credit_stop
                        where customer_id = any(:ids) and until is null and (ends_on is null or ends_on > :on)
                        order by since, id
                        """)
                .param("ids", customerIds.toArray(Long[]::new))
                .param("on", on)
                .query((row, n) -> stop(row))
                .list();
    }

    /** All of one customer, the newest first. */
    List<CreditStop> history(long customerId) {
        return jdbc.sql("select * from credit_stop where customer_id = :id order by since desc, id desc")
                .param("id", customerId)
                .query((row, n) -> stop(row))
                .list();
    }

    void begin(List<Beginning> beginnings, LocalDate on) {
        if (beginnings.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into credit_stop (customer_id, origin, reason, text, lifted_when, facts, since)
                        select customer_id, 'POLICY', reason, text, lifted_when, cast(facts as jsonb), :on
                        from unnest(:ids, :reasons, :texts, :conditions, :facts)
                            as n (customer_id, reason, text, lifted_when, facts)
                        order by customer_id
                        """)
                .param("on", on)
                .param("ids", beginnings.stream().map(Beginning::customerId).toArray(Long[]::new))
                .param(
                        "reasons",
                        beginnings.stream().map(each -> each.stop().reason()).toArray(String[]::new))
                .param(
                        "texts",
                        beginnings.stream().map(each -> each.stop().text()).toArray(String[]::new))
                .param(
                        "conditions",
                        beginnings.stream()
                                .map(each -> each.stop().liftedWhen())
                                .toArray(String[]::new))
                .param(
                        "facts",
                        beginnings.stream().map(each -> json(each.facts())).toArray(String[]::new))
                .update();
    }

    void end(List<Ending> endings, LocalDate on) {
        if (endings.isEmpty()) {
            return;
        }
        // On a day before it began it never held.
        jdbc.sql(
                        """
                        update credit_stop s set until = greatest(s.since, :on), lifted_because = n.because
                        from unnest(:ids, :reasons, :becauses) as n (customer_id, reason, because)
                        where s.customer_id = n.customer_id and s.reason = n.reason and s.origin = 'POLICY' and s.until is null
                        """)
                .param("on", on)
                .param("ids", endings.stream().map(Ending::customerId).toArray(Long[]::new))
                .param(
                        "reasons",
                        endings.stream().map(each -> each.lift().reason()).toArray(String[]::new))
                .param(
                        "becauses",
                        endings.stream().map(each -> each.lift().because()).toArray(String[]::new))
                .update();
    }

    /** Ends the stops by hand whose day has come, and returns them as they are now. */
    List<CreditStop> endWhatIsOver(LocalDate on, String because) {
        return jdbc.sql(
                        """
                        update credit_stop set until = ends_on, lifted_because = :because
                        where id in (select id from credit_stop where until is null and ends_on <= :on order by id for update)
                        returning *
                        """)
                .param("on", on)
                .param("because", because)
                .query((row, n) -> stop(row))
                .list();
    }

    /** @return the new stop; empty when the customer is stopped by hand already */
    Optional<CreditStop> beginByHand(
            long customerId,
            String text,
            String liftedWhen,
            Map<String, @Nullable Object> facts,
            LocalDate on,
            @Nullable LocalDate endsOn,
            String by,
            @Nullable String note) {
        return jdbc.sql(
                        """
                        insert into credit_stop (customer_id, origin, reason, text, lifted_when, facts, since, ends_on, set_by, note)
                        values (:id, 'MANUAL', :reason, :text, :liftedWhen, cast(:facts as jsonb), :on, :endsOn, :by, :note)
                        on conflict (customer_id, origin, reason) where until is null do nothing
                        returning *
                        """)
                .param("id", customerId)
                .param("reason", CreditStop.BY_HAND)
                .param("text", text)
                .param("liftedWhen", liftedWhen)
                .param("facts", json(facts))
                .param("on", on)
                .param("endsOn", endsOn)
                .param("by", by)
                .param("note", note)
                .query((row, n) -> stop(row))
                .optional();
    }

    /** @return the stop as it is now; empty when the customer is not stopped by hand */
    Optional<CreditStop> endByHand(long customerId, LocalDate on, String because, String by) {
        return jdbc.sql(
                        """
                        update credit_stop set until = greatest(since, :on), lifted_because = :because, lifted_by = :by
                        where customer_id = :id and origin = 'MANUAL' and until is null returning *
                        """)
                .param("id", customerId)
                .param("on", on)
                .param("because", because)
                .param("by", by)
                .query((row, n) -> stop(row))
                .optional();
    }

    /**
     * Gives the stops of customers who are no more to those who stay. Of several in force for one reason the one that holds longest
     * goes on, the oldest if that is the same.
     *
     * @param because why the others end
     * @return stops for reasons for which those who stay were not stopped before
     */
    List<CreditStop> merge(CustomersMerged event, LocalDate on, String because) {
        // Two statements, because there may never be two in force for one reason.
        jdbc.sql(
                        """
                        with theirs as (
                            select s.id, row_number() over (
                                       partition by coalesce(m.heir, s.customer_id), s.origin, s.reason
                                       order by s.ends_on desc nulls first, s.since, s.id) as rank
                            from credit_stop s left join unnest(:gone, :heirs) as m(gone, heir) on m.gone = s.customer_id
                            where s.until is null and (s.customer_id = any(:gone) or s.customer_id = any(:heirs)))
                        update credit_stop s set until = greatest(s.since, :on), lifted_because = :because
                        from theirs t where t.id = s.id and t.rank > 1
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .param("on", on)
                .param("because", because)
                .update();
        return jdbc.sql(
                        """
                        with before as (
                            select customer_id, reason from credit_stop
                            where customer_id = any(:heirs) and (until is null or until = :on and lifted_because = :because)),
                        moved as (
                            update credit_stop s set customer_id = m.heir
                            from unnest(:gone, :heirs) as m(gone, heir) where s.customer_id = m.gone
                            returning s.*)
                        select * from moved m
                        where m.until is null
                          and not exists (
                              select 1 from before b where b.customer_id = m.customer_id and b.reason = m.reason)
                        order by m.id
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .param("on", on)
                .param("because", because)
                .query((row, n) -> stop(row))
                .list();
    }

    /** Reads a row of {@code credit_stop}. */
    CreditStop stop(ResultSet row) throws SQLException {
        try {
            return new CreditStop(
                    row.getLong("id"),
                    row.getLong("customer_id"),
                    Origin.valueOf(row.getString("origin")),
                    row.getString("reason"),
                    row.getString("text"),
                    row.getString("lifted_when"),
                    json.readValue(row.getString("facts"), FACTS),
                    row.getObject("since", LocalDate.class),
                    row.getObject("ends_on", LocalDate.class),
                    row.getObject("until", LocalDate.class),
                    row.getString("lifted_because"),
                    row.getString("set_by"),
                    row.getString("note"),
                    row.getString("lifted_by"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable credit stop " + row.getLong("id"), e);
        }
    }

    private String json(Map<String, @Nullable Object> facts) {
        try {
            return json.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + facts, e);
        }
    }
}
