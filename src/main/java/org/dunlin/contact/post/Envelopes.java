package org.dunlin.contact.post;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The envelopes of a run that must not go to the post as things stand at this moment. */
@Repository
class Envelopes {

    /**
     * A letter goes only while its step waits for it and what it asks for is open and may be chased. One that asks for more than is open
     * now is written anew.
     */
    private static final String TO_TAKE_OUT =
            """
            select l.number, l.contact_id, l.addressee, l.city,
                   case when c.state <> 'READY' then c.detail
                        when e.id_ is null then 'The case has left this step'
                        when e.suspension_state_ <> 1 or d.held_since is not null then 'On hold'
                        else 'Paid, credited or contested since it was printed' end as why
            from print_run_letter l
                join contact c on c.id = l.contact_id
                join creditor r on r.id = c.creditor_id
                left join dunning_case d on d.id = c.case_id
                left join act_ru_execution e on e.id_ = split_part(c.occurrence, ':', 1)
            where l.run_id = :run and l.state = 'IN_RUN'
              and (c.state <> 'READY' or e.id_ is null or e.suspension_state_ <> 1 or d.held_since is not null
                   or exists (
                       select 1 from contact_invoice i
                           left join lateral (
                               select o.open, o.disputed from open_invoice((:now at time zone r.time_zone)::date) o
                               where o.invoice_id = i.invoice_id) o on true
                       where i.contact_id = c.id
                         and (o.open is null or o.open < i.open or o.disputed
                              or exists (select 1 from held_invoice h where h.invoice_id = i.invoice_id))))
            order by l.number
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Envelopes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In the order of their numbers. Binding while the caller holds the locks of the customers. */
    List<PrintRun.ToTakeOut> toTakeOut(long runId) {
        return jdbc.sql(TO_TAKE_OUT)
                .param("run", runId)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query((row, n) -> new PrintRun.ToTakeOut(
                        row.getInt("number"),
                        row.getLong("contact_id"),
                        row.getString("addressee"),
                        row.getString("city"),
                        row.getString("why")))
                .list();
    }
}
