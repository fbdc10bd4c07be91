package org.dunlin.dunning;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The dates from which the waits of a case are counted. */
@Repository
public class CaseDates {

    private final JdbcClient jdbc;

    CaseDates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param countFrom      day of the last contact, else the earliest due date of the case's invoices
     * @param country        whose working days count
     * @param chaseFrom      no contact before this day, because the customer usually pays before it; null without such a day, and
     *                       once there was a contact
     */
    public record Basis(LocalDate countFrom, String country, ZoneId zone, @Nullable LocalDate chaseFrom) {}

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such case */
    public Basis basis(long caseId) {
        return jdbc.sql(
                        """
                        select c.last_contact_at, c.opened_on, c.chase_from, k.country, k.time_zone,
                               (select min(i.due_on) from dunning_case_invoice ci join invoice i on i.id = ci.invoice_id
                                where ci.case_id = c.id and ci.left_on is null) as first_due
                        from dunning_case c join creditor k on k.id = c.creditor_id
                        where c.id = :id
                        """)
                .param("id", caseId)
                .query((row, n) -> {
                    ZoneId zone = ZoneId.of(row.getString("time_zone"));
                    Timestamp lastContact = row.getTimestamp("last_contact_at");
                    LocalDate firstDue = row.getObject("first_due", LocalDate.class);
                    LocalDate from = lastContact != null
                            ? LocalDate.ofInstant(lastContact.toInstant(), zone)
                            : firstDue != null ? firstDue : row.getObject("opened_on", LocalDate.class);
                    return new Basis(
                            from,
                            row.getString("country"),
                            zone,
                            lastContact == null ? row.getObject("chase_from", LocalDate.class) : null);
                })
                .single();
    }
}
