package org.dunlin.dunning;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The cases and what is known of them. */
@Repository
public class DunningCases {

    /** Ids of the invoices of all cases that one speaks about together with {@code :case}. */
    private static final String SPOKEN_OF_TOGETHER =
            """
            select i.invoice_id
            from dunning_case c
                join dunning_case o on o.customer_id = c.customer_id and o.creditor_id = c.creditor_id
                    and o.currency = c.currency and (o.id = c.id or o.state = 'OPEN' and o.handed_over_on is null)
                join dunning_case_invoice i on i.case_id = o.id and i.left_on is null
            where c.id = :case
            """;

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final DunningPolicy policy;
    private final Clock clock;

    DunningCases(JdbcClient jdbc, Receivables receivables, DunningPolicy policy, Clock clock) {
        this.jdbc = jdbc;
        this.receivables = receivables;
        this.policy = policy;
        this.clock = clock;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such case */
    public DunningCase get(long caseId) {
        return find(caseId)
                .orElseThrow(() ->
                        new org.springframework.dao.EmptyResultDataAccessException("No dunning case " + caseId, 1));
    }

    public Optional<DunningCase> find(long caseId) {
        return jdbc.sql("select * from dunning_case where id = :id")
                .param("id", caseId)
                .query(DunningCases::dunningCase)
                .optional();
    }

    /**
     * What is open in the case now. Binding for a message only while the caller holds the customer's lock
     * ({@link Receivables#lockCustomers}), because payments take the same one.
     */
    public CaseStatement statement(long caseId) {
        return statement(locate(caseId));
    }

    /** As {@link #statement(long)}, of a case as {@link #lock(long)} gave it: nothing of it has changed since. */
    public CaseStatement statement(Located located) {
        DunningCase dunningCase = located.dunningCase();
        List<OpenInvoice> lines = chaseable(
                """
                select c.invoice_id from dunning_case_invoice c where c.case_id = :case and c.left_on is null
                """,
                located);
        BigDecimal total = lines.stream().map(line -> line.open().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean worthwhile = dunningCase.isOpen() && total.compareTo(policy.minimum(dunningCase.currency())) >= 0;
        return new CaseStatement(dunningCase, lines, worthwhile);
    }

    /** As {@link #statement(long)}, with the lines of all cases that one speaks about together with this one. */
    public CaseStatement statementForAll(long caseId) {
        Located located = locate(caseId);
        return forAll(located, statement(located));
    }

    /** The same of a case whose own statement was made just now. */
    public CaseStatement forAll(Located located, CaseStatement own) {
        return new CaseStatement(own.dunningCase(), chaseable(SPOKEN_OF_TOGETHER, located), own.worthwhile());
    }

    /**
     * Ids of the invoices that a conversation about this case is about: those of all open cases of its customer with its creditor in its
     * currency, except for cases that an agency has.
     */
    public List<Long> spokenOfTogether(long caseId) {
        return jdbc.sql(SPOKEN_OF_TOGETHER)
                .param("case", caseId)
                .query(Long.class)
                .list();
    }

    /** Everything open in the case today, disputed or not, in its currency. */
    public BigDecimal openAmount(long caseId) {
        return receivables.open(invoices(caseId), today(get(caseId))).stream()
                .map(invoice -> invoice.open().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Ids of the invoices the case follows up. */
    public List<Long> invoices(long caseId) {
        return jdbc.sql("select invoice_id from dunning_case_invoice where case_id = :id and left_on is null")
                .param("id", caseId)
                .query(Long.class)
                .list();
    }

    /**
     * Numbers of the invoices that somebody speaks of. Nothing is booked for the customer until the end of the caller's transaction.
     *
     * @param named by them; when they name none, they mean whatever is open in this case
     *              and in those that one speaks about together with it
     * @throws InvalidOutcomeException when nothing is open any more
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<String> meant(long caseId, List<String> named) {
        DunningCase dunningCase = get(caseId);
        receivables.lockCustomers(List.of(dunningCase.customerId()));
        if (!named.isEmpty()) {
            return named;
        }
        List<OpenInvoice> open = receivables.open(spokenOfTogether(caseId), today(dunningCase));
        if (open.isEmpty()) {
            throw new InvalidOutcomeException(
                    "invoices", "Everything in this case has just been paid or credited. Nothing was recorded.");
        }
        return open.stream().map(OpenInvoice::number).toList();
    }

    /** A collection agency has the case, or no longer. */
    public void withAgency(long caseId, boolean handedOver) {
        jdbc.sql("update dunning_case set handed_over_on = :on where id = :id")
                .param("on", handedOver ? today(get(caseId)) : null)
                .param("id", caseId)
                .update();
    }

    /**
     * What is open of the invoices, neither disputed nor under a hold, oldest due date first.
     *
     * @param invoices query for their ids, with the parameter {@code case}
     */
    private List<OpenInvoice> chaseable(String invoices, Located located) {
        return receivables
                .open(
                        """
                select i.invoice_id from (${invoices}) i
                where not exists (select 1 from held_invoice h where h.invoice_id = i.invoice_id)
                """
                                .replace("${invoices}", invoices),
                        Map.of("case", located.dunningCase().id()),
                        located.today(clock.instant()))
                .stream()
                .filter(invoice -> !invoice.disputed())
                .toList();
    }

    /**
     * A case, and the time zone of its creditor.
     *
     * @param zone by which its days are counted
     */
    public record Located(DunningCase dunningCase, ZoneId zone) {
        LocalDate today(Instant now) {
            return LocalDate.ofInstant(now, zone);
        }
    }

    /**
     * Keeps the case from being closed until the end of the caller's transaction, and reads it as it stays until then. Taken after the
     * customer's lock and before that of a contact.
     *
     * @throws org.springframework.dao.EmptyResultDataAccessException when there is no such case
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Located lock(long caseId) {
        return located(caseId, "for no key update of d");
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such case */
    public Located locate(long caseId) {
        return located(caseId, "");
    }

    private Located located(long caseId, String lock) {
        return jdbc.sql(
                        """
                        select d.*, k.time_zone from dunning_case d join creditor k on k.id = d.creditor_id where d.id = :id ${lock}
                        """
                                .replace("${lock}", lock))
                .param("id", caseId)
                .query((row, n) -> new Located(dunningCase(row, n), ZoneId.of(row.getString("time_zone"))))
                .single();
    }

    /** The same for several, in the order of their ids, like everybody who locks several. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Collection<Long> caseIds) {
        jdbc.sql("select id from dunning_case where id = any(:ids) order by id for no key update")
                .param("ids", caseIds.toArray(Long[]::new))
                .query(Long.class)
                .list();
    }

    /**
     * Whether the case stands still, and does so until the end of the caller's transaction or goes on until then: whoever wants to change
     * that waits.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean isHeldFromNowOn(long caseId) {
        return jdbc.sql("select held_since is not null from dunning_case where id = :id for no key update")
                .param("id", caseId)
                .query(Boolean.class)
                .single();
    }

    /** A contact of this case really happened: the next wait counts from here, and the rung counts as climbed. */
    public void contacted(long caseId, int rung, Instant at) {
        jdbc.sql(
                        """
                        update dunning_case c set
                            rung = greatest(c.rung, :rung),
                            last_contact_at = greatest(c.last_contact_at, :at),
                            first_contact_on = coalesce(c.first_contact_on, (:at::timestamptz at time zone k.time_zone)::date)
                        from creditor k where c.id = :id and k.id = c.creditor_id
                        """)
                .param("rung", rung)
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("id", caseId)
                .update();
    }

    /** A contact that really happened. */
    public record Said(long caseId, int rung, Instant at) {}

    /** The same for many cases, which the caller has locked. */
    public void contacted(Collection<Said> contacts) {
        jdbc.sql(
                        """
                        update dunning_case c set
                            rung = greatest(c.rung, s.rung),
                            last_contact_at = greatest(c.last_contact_at, s.at),
                            first_contact_on = coalesce(c.first_contact_on, (s.at at time zone k.time_zone)::date)
                        from (select u.case_id, max(u.rung) as rung, max(u.at) as at
                              from unnest(:cases::bigint[], :rungs::int[], :at::text[]::timestamptz[]) as u(case_id, rung, at)
                              group by u.case_id) s,
                             creditor k
                        where c.id = s.case_id and k.id = c.creditor_id
                        """)
                .param("cases", contacts.stream().map(Said::caseId).toArray(Long[]::new))
                .param("rungs", contacts.stream().map(Said::rung).toArray(Integer[]::new))
                .param("at", contacts.stream().map(said -> said.at().toString()).toArray(String[]::new))
                .update();
    }

    /**
     * The follow-up begins again at the bottom: somebody decided so, because the situation has changed. What was said stays in the
     * contact log, and the next wait still counts from the last contact.
     */
    public void beginAgain(long caseId) {
        jdbc.sql("update dunning_case set rung = 0, handed_over_on = null where id = :id")
                .param("id", caseId)
                .update();
    }

    /** Today in the creditor's zone. */
    public LocalDate today(DunningCase dunningCase) {
        return LocalDate.ofInstant(
                clock.instant(), receivables.creditor(dunningCase.creditorId()).timeZone());
    }

    static DunningCase dunningCase(ResultSet row, int n) throws SQLException {
        return new DunningCase(
                row.getLong("id"),
                row.getString("number"),
                row.getLong("creditor_id"),
                row.getLong("customer_id"),
                row.getString("currency"),
                DunningCase.State.valueOf(row.getString("state")),
                row.getString("process_instance_id"),
                row.getObject("opened_on", LocalDate.class),
                row.getString("segment"),
                row.getString("ladder"),
                row.getInt("rung"),
                instant(row, "last_contact_at"),
                instant(row, "held_since"),
                row.getObject("speak_from", LocalDate.class),
                row.getObject("handed_over_on", LocalDate.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
