package org.dunlin.agency;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dunlin.receivables.OpenInvoice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The records of cases at agencies. Each change names the state it starts from. */
@Repository
class AgencyFiles {

    private final JdbcClient jdbc;

    AgencyFiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such file */
    AgencyFile get(long id) {
        return jdbc.sql("select * from agency_file where id = :id")
                .param("id", id)
                .query(AgencyFiles::file)
                .single();
    }

    Optional<AgencyFile> find(String reference) {
        return jdbc.sql("select * from agency_file where reference = :reference")
                .param("reference", reference)
                .query(AgencyFiles::file)
                .optional();
    }

    /** The one that is with an agency, or on its way there. */
    Optional<AgencyFile> active(long caseId) {
        return jdbc.sql("select * from agency_file where case_id = :case and state in ('PREPARED', 'HANDED_OVER')")
                .param("case", caseId)
                .query(AgencyFiles::file)
                .optional();
    }

    /** All of a case, by its number, the latest first. */
    List<AgencyFile> ofCase(String number) {
        return jdbc.sql(
                        """
                        select f.* from agency_file f join dunning_case c on c.id = f.case_id
                        where c.number = :number order by f.id desc
                        """)
                .param("number", number)
                .query(AgencyFiles::file)
                .list();
    }

    /** Those with an agency now, the latest first. */
    List<AgencyFile> handedOver(int limit) {
        return jdbc.sql("select * from agency_file where state = 'HANDED_OVER' order by id desc limit :limit")
                .param("limit", limit)
                .query(AgencyFiles::file)
                .list();
    }

    /** @return id of the new file */
    long prepare(long caseId, Agency agency, @Nullable String note, @Nullable String by, String instance, Instant at) {
        return jdbc.sql(
                        """
                        insert into agency_file (reference, case_id, agency, agency_name, state, prepared_at, prepared_by, note,
                                                 process_instance_id)
                        values ('A' || nextval('agency_file_number'), :case, :agency, :name, 'PREPARED', :at, :by, :note, :instance)
                        returning id
                        """)
                .param("case", caseId)
                .param("agency", agency.id())
                .param("name", agency.name())
                .param("at", utc(at))
                .param("by", by)
                .param("note", note)
                .param("instance", instance)
                .query(Long.class)
                .single();
    }

    /** The step that waits for its reports from now on. */
    void waitsAt(long fileId, String instance) {
        jdbc.sql("update agency_file set process_instance_id = :instance where id = :id")
                .param("instance", instance)
                .param("id", fileId)
                .update();
    }

    /** From PREPARED to HANDED_OVER, with what is claimed. */
    void handedOver(long fileId, List<OpenInvoice> claimed, Instant at) {
        jdbc.sql(
                        """
                        update agency_file set state = 'HANDED_OVER', handed_over_at = :at
                        where id = :id and state = 'PREPARED'
                        """)
                .param("at", utc(at))
                .param("id", fileId)
                .update();
        claimed.forEach(line -> jdbc.sql(
                        """
                        insert into agency_file_invoice (file_id, invoice_id, open, told) values (:file, :invoice, :open, :open)
                        on conflict do nothing
                        """)
                .param("file", fileId)
                .param("invoice", line.id())
                .param("open", line.open().amount())
                .update());
    }

    /** What the agency was told about them is not known for sure. */
    void toldIsUnsure(long fileId) {
        jdbc.sql("update agency_file_invoice set told = 0 where file_id = :id")
                .param("id", fileId)
                .update();
    }

    /** From HANDED_OVER to CLOSED. False, and nothing changed, if it was not with the agency. */
    boolean close(long fileId, AgencyFile.Outcome outcome, Instant at) {
        return jdbc.sql(
                                """
                        update agency_file set state = 'CLOSED', outcome = :outcome, ended_at = :at
                        where id = :id and state = 'HANDED_OVER'
                        """)
                        .param("outcome", outcome.name())
                        .param("at", utc(at))
                        .param("id", fileId)
                        .update()
                == 1;
    }

    /** To RECALLED or CANCELLED, from what is not over. False if it was. */
    boolean end(long fileId, AgencyFile.State state, Instant at) {
        return jdbc.sql(
                                """
                        update agency_file set state = :state, ended_at = :at
                        where id = :id and state in ('PREPARED', 'HANDED_OVER')
                        """)
                        .param("state", state.name())
                        .param("at", utc(at))
                        .param("id", fileId)
                        .update()
                == 1;
    }

    /**
     * An invoice of a claim.
     *
     * @param told what the agency was told to be open
     * @param open as it stands now
     */
    record Line(long invoiceId, String number, BigDecimal told, BigDecimal open) {

        boolean hasChanged() {
            return told.compareTo(open) != 0;
        }
    }

    /** The claim and how it stands at the end of that day, oldest due date first. */
    List<Line> lines(long fileId, LocalDate asOf) {
        return jdbc.sql(
                        """
                        select i.id, i.number, l.told, coalesce(o.open, 0) as open
                        from agency_file_invoice l
                            join invoice i on i.id = l.invoice_id
                            left join open_invoice(:asOf) o on o.invoice_id = i.id
                        where l.file_id = :id order by i.due_on, i.number
                        """)
                .param("asOf", asOf)
                .param("id", fileId)
                .query((row, n) -> new Line(
                        row.getLong("id"),
                        row.getString("number"),
                        row.getBigDecimal("told"),
                        row.getBigDecimal("open")))
                .list();
    }

    void told(long fileId, List<Line> lines) {
        lines.forEach(line -> jdbc.sql(
                        "update agency_file_invoice set told = :told where file_id = :file and invoice_id = :invoice")
                .params(Map.of("told", line.open(), "file", fileId, "invoice", line.invoiceId()))
                .update());
    }

    private static AgencyFile file(ResultSet row, int n) throws SQLException {
        String outcome = row.getString("outcome");
        return new AgencyFile(
                row.getLong("id"),
                row.getString("reference"),
                row.getLong("case_id"),
                row.getString("agency"),
                row.getString("agency_name"),
                AgencyFile.State.valueOf(row.getString("state")),
                outcome == null ? null : AgencyFile.Outcome.valueOf(outcome),
                row.getTimestamp("prepared_at").toInstant(),
                row.getString("prepared_by"),
                row.getString("note"),
                instant(row, "handed_over_at"),
                instant(row, "ended_at"),
                row.getString("process_instance_id"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
