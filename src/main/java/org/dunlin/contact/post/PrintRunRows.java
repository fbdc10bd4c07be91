package org.dunlin.contact.post;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.dunlin.contact.Channel;
import org.dunlin.contact.post.PrintRun.Fate;
import org.dunlin.contact.post.PrintRun.Letter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of print runs. */
@Repository
class PrintRunRows {

    /** Postal order, each creditor's letters together: they have one letterhead, and envelopes with the window on one side. */
    private static final String POSTAL_ORDER =
            """
            l.creditor collate "C", l.country, l.postal_code collate "C" nulls last, l.city collate "C", l.street collate "C",
            l.addressee collate "C", l.contact_id
            """;

    private final JdbcClient jdbc;

    PrintRunRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The run of that process instance, new if it has none. */
    PrintRun begin(String processInstanceId, boolean duplex, Instant at) {
        jdbc.sql(
                        """
                        insert into print_run (process_instance_id, state, formed_at, duplex)
                        values (:instance, 'FORMING', :at, :duplex) on conflict (process_instance_id) do nothing
                        """)
                .param("instance", processInstanceId)
                .param("at", utc(at))
                .param("duplex", duplex)
                .update();
        return jdbc.sql("select * from print_run where process_instance_id = :instance")
                .param("instance", processInstanceId)
                .query(PrintRunRows::run)
                .single();
    }

    /** Runs whose process somebody has ended are over; their letters lie in the tray again. */
    void undoAbandoned() {
        List<Long> abandoned = jdbc.sql(
                        """
                        update print_run r set state = 'UNDONE'
                        where r.state in ('FORMING', 'PRINTED')
                          and not exists (select 1 from act_ru_execution e where e.id_ = r.process_instance_id)
                        returning id
                        """)
                .query(Long.class)
                .list();
        abandoned.forEach(this::undoLetters);
    }

    void undoLetters(long runId) {
        jdbc.sql("update print_run_letter set state = 'UNDONE' where run_id = :run and state = 'IN_RUN'")
                .param("run", runId)
                .update();
    }

    /** Letters that lie in the out-tray and in no run, the oldest first. */
    List<Long> inTray() {
        return jdbc.sql(
                        """
                        select c.id from contact c
                        where c.state = 'READY' and c.channel = :letter
                          and not exists (select 1 from print_run_letter l where l.contact_id = c.id and l.state = 'IN_RUN')
                        order by c.id
                        """)
                .param("letter", Channel.LETTER.name())
                .query(Long.class)
                .list();
    }

    /** Puts a letter into a run, with the address that stands on it. Not if it is in another one. */
    void add(long runId, long contactId, Fate fate) {
        jdbc.sql(
                        """
                        insert into print_run_letter (run_id, contact_id, pages, creditor, creditor_country, customer_number, case_number, addressee, street,
                                                      postal_code, city, country, state, reason)
                        select :run, c.id, a.pages, r.name, r.country, k.number, d.number, k.name, k.street, k.postal_code, k.city, k.country, :state,
                               case when :state = 'ADDRESS_WRONG' then c.detail end
                        from contact c
                            join contact_letter a on a.contact_id = c.id
                            join customer k on k.id = c.customer_id
                            join creditor r on r.id = c.creditor_id
                            left join dunning_case d on d.id = c.case_id
                        where c.id = :contact
                        on conflict do nothing
                        """)
                .param("run", runId)
                .param("contact", contactId)
                .param("state", fate.name())
                .update();
    }

    /** Numbers the letters of a run and ends its forming. */
    void complete(long runId) {
        jdbc.sql(
                        """
                        update print_run_letter l set number = o.number, first_page = o.first_page
                        from (
                            select l.contact_id, row_number() over w as number,
                                   1 + coalesce(sum(l.pages + case when r.duplex then l.pages % 2 else 0 end)
                                       over (w rows between unbounded preceding and 1 preceding), 0) as first_page
                            from print_run_letter l join print_run r on r.id = l.run_id
                            where l.run_id = :run and l.state = 'IN_RUN'
                            window w as (order by ${order})) o
                        where l.run_id = :run and l.contact_id = o.contact_id
                        """
                                .replace("${order}", POSTAL_ORDER))
                .param("run", runId)
                .update();
        jdbc.sql(
                        """
                        update print_run r set
                            letters = n.letters, pages = n.pages, state = case when n.letters = 0 then 'UNDONE' else 'PRINTED' end,
                            day = (r.formed_at at time zone coalesce(n.zone, 'UTC'))::date
                        from (
                            select count(*) as letters, coalesce(sum(l.pages + case when r.duplex then l.pages % 2 else 0 end), 0) as pages,
                                   (array_agg(k.time_zone order by l.number))[1] as zone
                            from print_run_letter l
                                join print_run r on r.id = l.run_id
                                join contact c on c.id = l.contact_id
                                join creditor k on k.id = c.creditor_id
                            where l.run_id = :run and l.state = 'IN_RUN') n
                        where r.id = :run
                        """)
                .param("run", runId)
                .update();
    }

    /** The same again after letters were taken out, so that the numbers are without gaps. */
    void numberAnew(long runId) {
        jdbc.sql("update print_run_letter set number = null, first_page = null where run_id = :run")
                .param("run", runId)
                .update();
        complete(runId);
        jdbc.sql("update print_run set state = 'PRINTED' where id = :run")
                .param("run", runId)
                .update();
    }

    Optional<PrintRun> find(String number) {
        return jdbc.sql("select * from print_run where number = :number")
                .param("number", number)
                .query(PrintRunRows::run)
                .optional();
    }

    PrintRun get(long runId) {
        return jdbc.sql("select * from print_run where id = :id")
                .param("id", runId)
                .query(PrintRunRows::run)
                .single();
    }

    /** The same, and nobody else records anything about it until the end of the transaction. */
    PrintRun lock(long runId) {
        return jdbc.sql("select * from print_run where id = :id for update")
                .param("id", runId)
                .query(PrintRunRows::run)
                .single();
    }

    List<PrintRun> latest(int limit) {
        return jdbc.sql("select * from print_run where letters > 0 order by id desc limit :limit")
                .param("limit", limit)
                .query(PrintRunRows::run)
                .list();
    }

    /** In postal order. */
    List<Letter> letters(long runId) {
        return jdbc.sql("select * from print_run_letter where run_id = :run and number is not null order by number")
                .param("run", runId)
                .query(PrintRunRows::letter)
                .list();
    }

    void end(long runId, PrintRun.State state, Instant at, @Nullable String by, @Nullable String note) {
        jdbc.sql("update print_run set state = :state, ended_at = :at, ended_by = :by, note = :note where id = :id")
                .param("state", state.name())
                .param("at", utc(at))
                .param("by", by)
                .param("note", note)
                .param("id", runId)
                .update();
    }

    private static PrintRun run(ResultSet row, int n) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new PrintRun(
                row.getLong("id"),
                row.getString("number"),
                PrintRun.State.valueOf(row.getString("state")),
                row.getTimestamp("formed_at").toInstant(),
                row.getObject("day", LocalDate.class),
                row.getBoolean("duplex"),
                row.getInt("letters"),
                row.getInt("pages"),
                ended == null ? null : ended.toInstant(),
                row.getString("ended_by"),
                row.getString("note"));
    }

    private static Letter letter(ResultSet row, int n) throws SQLException {
        return new Letter(
                row.getLong("contact_id"),
                row.getInt("number"),
                row.getInt("first_page"),
                row.getInt("pages"),
                row.getString("creditor"),
                row.getString("creditor_country"),
                row.getString("customer_number"),
                row.getString("case_number"),
                row.getString("addressee"),
                row.getString("street"),
                row.getString("postal_code"),
                row.getString("city"),
                row.getString("country"),
                Fate.valueOf(row.getString("state")));
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
