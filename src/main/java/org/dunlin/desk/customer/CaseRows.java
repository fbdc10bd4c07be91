package org.dunlin.desk.customer;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.dunlin.desk.customer.CustomerPicture.Invoice;
import org.dunlin.desk.customer.CustomerPicture.PayLinkState;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.Rungs;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what a customer owes and how it is followed up: one statement each, however many invoices there are. */
@Repository
class CaseRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    CaseRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Everything open of the customer, the oldest due date first; a day is over when it is over at the creditor's. One that no case
     * follows up keeps the level that the last one had reached.
     */
    List<Invoice> openInvoices(long customerId) {
        return jdbc.sql(
                        """
                        with held as (
                                select v.invoice_id, array_agg(h.number order by h.id) as numbers
                                from hold h join held_invoice v on v.hold_id = h.id
                                where h.customer_id = :customer and h.state = 'ACTIVE' group by v.invoice_id),
                            link as (
                                select distinct on (i) i as invoice_id, l.id, l.last_day
                                from pay_link l cross join lateral unnest(l.invoice_ids) i
                                where l.customer_id = :customer order by i, l.made_at desc)
                        select o.number, k.name as creditor, o.issued_on, o.due_on, o.currency, o.gross, o.open, o.disputed,
                               (:now at time zone k.time_zone)::date - o.due_on as days, d.number as case_number,
                               coalesce(d.rung, before.rung, 0) as rung, held.numbers as holds, link.last_day,
                               link.last_day >= (:now at time zone 'UTC')::date as link_open, paid.state as payment
                        from creditor k
                            cross join lateral open_invoice((:now at time zone k.time_zone)::date) o
                            left join dunning_case_invoice i on i.invoice_id = o.invoice_id and i.left_on is null
                            left join dunning_case d on d.id = i.case_id
                            left join lateral (
                                select c.rung from dunning_case_invoice b join dunning_case c on c.id = b.case_id
                                where b.invoice_id = o.invoice_id and b.left_on is not null
                                order by c.id desc limit 1) before on d.id is null
                            left join held on held.invoice_id = o.invoice_id
                            left join link on link.invoice_id = o.invoice_id
                            left join lateral (
                                select state from online_payment where link_id = link.id order by id desc limit 1) paid on true
                        where o.creditor_id = k.id and o.customer_id = :customer
                        order by o.due_on, o.number
                        """)
                .param("customer", customerId)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(CaseRows::invoice)
                .list();
    }

    private static Invoice invoice(ResultSet row, int n) throws SQLException {
        String currency = row.getString("currency");
        Array holds = row.getArray("holds");
        LocalDate lastDay = row.getObject("last_day", LocalDate.class);
        return new Invoice(
                row.getString("number"),
                row.getString("creditor"),
                row.getObject("issued_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                Money.of(row.getBigDecimal("gross"), currency),
                Money.of(row.getBigDecimal("open"), currency),
                row.getInt("days"),
                row.getInt("rung"),
                Rungs.name(row.getInt("rung")),
                row.getString("case_number"),
                row.getBoolean("disputed"),
                holds == null ? List.of() : List.of((String[]) holds.getArray()),
                lastDay == null
                        ? null
                        : new PayLinkState(lastDay, row.getBoolean("link_open"), payment(row.getString("payment"))));
    }

    private static @Nullable String payment(@Nullable String state) {
        return state == null
                ? null
                : switch (state) {
                    case "PAID" -> "PAID";
                    case "ENDED" -> "NOT_PAID";
                    default -> "UNDER_WAY";
                };
    }

    /**
     * A case as the tables have it.
     *
     * @param frame its process instance
     */
    record Row(
            String number,
            String creditor,
            DunningCase.State state,
            DunningCase.@Nullable Outcome outcome,
            @Nullable String frame,
            LocalDate openedOn,
            @Nullable LocalDate closedOn,
            @Nullable String ladder,
            @Nullable String why,
            int rung,
            int invoices,
            Money open,
            @Nullable Instant heldSince,
            @Nullable LocalDate handedOverOn) {}

    /** Running cases first, then the latest. */
    List<Row> cases(long customerId, int limit) {
        return jdbc.sql(
                        """
                        select d.number, k.name as creditor, d.state, d.outcome, d.process_instance_id, d.opened_on, d.closed_on,
                               coalesce(l.name_, d.ladder) as ladder, d.ladder_reason, d.rung, d.currency, d.held_since, d.handed_over_on,
                               o.invoices, o.open
                        from dunning_case d
                            join creditor k on k.id = d.creditor_id
                            left join lateral (
                                select name_ from act_re_procdef where key_ = d.ladder order by version_ desc limit 1) l on true
                            cross join lateral (
                                select count(i.invoice_id) as invoices, coalesce(sum(o.open), 0) as open
                                from dunning_case_invoice i
                                    left join open_invoice((:now at time zone k.time_zone)::date) o on o.invoice_id = i.invoice_id
                                where i.case_id = d.id and i.left_on is null) o
                        where d.customer_id = :customer
                        order by d.state desc, d.id desc limit :limit
                        """)
                .param("customer", customerId)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, n) -> {
                    String outcome = row.getString("outcome");
                    return new Row(
                            row.getString("number"),
                            row.getString("creditor"),
                            DunningCase.State.valueOf(row.getString("state")),
                            outcome == null ? null : DunningCase.Outcome.valueOf(outcome),
                            row.getString("process_instance_id"),
                            Objects.requireNonNull(row.getObject("opened_on", LocalDate.class)),
                            row.getObject("closed_on", LocalDate.class),
                            row.getString("ladder"),
                            row.getString("ladder_reason"),
                            row.getInt("rung"),
                            row.getInt("invoices"),
                            Money.of(row.getBigDecimal("open"), row.getString("currency")),
                            instant(row, "held_since"),
                            row.getObject("handed_over_on", LocalDate.class));
                })
                .list();
    }

    /** What a person decided about a case, by {@code CustomerPicture.EntryKind.DECISION}. */
    record Decision(String caseNumber, String outcome, Instant at, @Nullable String by, @Nullable String text) {}

    /** The latest decisions about cases of the customer, newest first. */
    List<Decision> decisions(long customerId, int limit) {
        return jdbc.sql(
                        """
                        select d.number, n.outcome, n.noted_at, n.noted_by, n.text
                        from dunning_note n join dunning_case d on d.id = n.case_id
                        where d.customer_id = :customer and n.kind in ('DECISION', 'INSOLVENCY')
                        order by n.noted_at desc, n.id desc limit :limit
                        """)
                .param("customer", customerId)
                .param("limit", limit)
                .query((row, n) -> new Decision(
                        row.getString("number"),
                        row.getString("outcome"),
                        Objects.requireNonNull(instant(row, "noted_at")),
                        row.getString("noted_by"),
                        row.getString("text")))
                .list();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
