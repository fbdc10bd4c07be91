package org.dunlin.contact;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Everything that was said to customers, as it was said. */
@Repository
public class Contacts {

    private static final String SUMMARY =
            """
            select c.id, c.customer_id, d.number as case_number, h.number as hold_number, k.number as customer_number,
                   k.name as customer_name, c.rung, c.channel, c.attempt, c.state, c.recipient, c.subject, c.total, c.currency,
                   coalesce(c.sent_at, c.claimed_at) as at, c.sent_by, c.detail, c.delivery_state
            from contact c
                left join dunning_case d on d.id = c.case_id
                left join hold h on h.id = c.hold_id
                join customer k on k.id = c.customer_id
            """;

    private final JdbcClient jdbc;

    Contacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Contact> find(long id) {
        List<Contact.Line> invoices = jdbc.sql(
                        """
                        select l.invoice_id, i.number, l.open, i.currency
                        from contact_invoice l join invoice i on i.id = l.invoice_id
                        where l.contact_id = :id order by i.due_on, i.number
                        """)
                .param("id", id)
                .query((row, n) -> new Contact.Line(
                        row.getLong("invoice_id"),
                        row.getString("number"),
                        Money.of(row.getBigDecimal("open"), row.getString("currency"))))
                .list();
        return jdbc.sql(
                        """
                        select c.*, d.number as case_number, h.number as hold_number, k.number as customer_number,
                               k.name as customer_name, r.name as creditor_name
                        from contact c
                            left join dunning_case d on d.id = c.case_id
                            left join hold h on h.id = c.hold_id
                            join customer k on k.id = c.customer_id
                            join creditor r on r.id = c.creditor_id
                        where c.id = :id
                        """)
                .param("id", id)
                .query((row, n) -> contact(row, invoices))
                .optional();
    }

    /** The latest contacts that fit, newest first. */
    public List<Contact.Summary> latest(ContactFilter filter, int limit) {
        return jdbc.sql(
                        SUMMARY
                                + """
                        where (:caseId::bigint is null or c.case_id = :caseId)
                          and (:number::text is null or k.number = :number or d.number = :number or h.number = :number)
                          and (:state::text is null or c.state = :state)
                        order by coalesce(c.sent_at, c.claimed_at) desc, c.id desc
                        limit :limit
                        """)
                .param("caseId", filter.caseId())
                .param("number", filter.number())
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("limit", limit)
                .query(Contacts::summary)
                .list();
    }

    /** The latest contacts with that customer, newest first. */
    public List<Contact.Summary> ofCustomer(long customerId, int limit) {
        return jdbc.sql(
                        SUMMARY
                                + """
                        where c.customer_id = :customer
                        order by coalesce(c.sent_at, c.claimed_at) desc, c.id desc
                        limit :limit
                        """)
                .param("customer", customerId)
                .param("limit", limit)
                .query(Contacts::summary)
                .list();
    }

    private static Contact.Summary summary(ResultSet row, int n) throws SQLException {
        return new Contact.Summary(
                row.getLong("id"),
                row.getString("case_number"),
                row.getString("hold_number"),
                row.getLong("customer_id"),
                row.getString("customer_number"),
                row.getString("customer_name"),
                row.getInt("rung"),
                Channel.valueOf(row.getString("channel")),
                row.getInt("attempt"),
                ContactState.valueOf(row.getString("state")),
                row.getString("recipient"),
                row.getString("subject"),
                total(row),
                Objects.requireNonNull(instant(row, "at")),
                row.getString("sent_by"),
                row.getString("detail"),
                row.getString("delivery_state"));
    }

    private static Contact contact(ResultSet row, List<Contact.Line> invoices) throws SQLException {
        return new Contact(
                row.getLong("id"),
                row.getObject("case_id", Long.class),
                row.getString("case_number"),
                row.getObject("hold_id", Long.class),
                row.getString("hold_number"),
                row.getLong("customer_id"),
                row.getString("customer_number"),
                row.getString("customer_name"),
                row.getLong("creditor_id"),
                row.getString("creditor_name"),
                row.getString("occurrence"),
                row.getInt("rung"),
                Channel.valueOf(row.getString("channel")),
                row.getInt("attempt"),
                ContactState.valueOf(row.getString("state")),
                row.getString("template"),
                row.getString("language"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("body_text"),
                row.getString("body_html"),
                total(row),
                row.getString("message_id"),
                Objects.requireNonNull(instant(row, "claimed_at")),
                instant(row, "sent_at"),
                row.getString("sent_by"),
                row.getString("detail"),
                instant(row, "resolved_at"),
                row.getString("resolved_by"),
                row.getString("note"),
                row.getObject("covered_by", Long.class),
                row.getString("their_id"),
                delivery(row),
                invoices);
    }

    private static Contact.@Nullable Delivery delivery(ResultSet row) throws SQLException {
        String state = row.getString("delivery_state");
        Instant at = instant(row, "delivery_at");
        return state == null || at == null ? null : new Contact.Delivery(state, row.getString("delivery_detail"), at);
    }

    private static @Nullable Money total(ResultSet row) throws SQLException {
        BigDecimal total = row.getBigDecimal("total");
        String currency = row.getString("currency");
        return total == null || currency == null ? null : Money.of(total, currency);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
