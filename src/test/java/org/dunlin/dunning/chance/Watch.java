package org.dunlin.dunning.chance;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dunlin.Timeline;
import org.dunlin.dunning.DunningPolicy;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What must be true whatever happens. Each rule is a question for what breaks it, in one statement over all debtors; the amounts
 * that count are worked out here from the books and the holds, not taken from the product.
 */
@TestComponent
public class Watch {

    /** Of every case, what is open in it, and what of that may be chased. */
    private static final String AMOUNTS =
            """
            with booked as (
                select i.id, i.customer_id, i.due_on, i.gross - coalesce(sum(a.amount), 0) as open,
                       not (i.disputed and not i.dispute_resolved) and not exists (
                           select 1 from hold h left join hold_invoice l on l.hold_id = h.id and l.invoice_id = i.id
                           where h.customer_id = i.customer_id and h.state = 'ACTIVE'
                             and (h.covers_all or l.invoice_id is not null)) as free
                from invoice i left join allocation a on a.invoice_id = i.id
                where i.withdrawn_on is null
                group by i.id),
            amounts as (
                select c.id, c.number, c.customer_id, c.creditor_id, c.currency, c.opened_on, c.state, c.process_instance_id, c.held_since, c.handed_over_on,
                       coalesce(sum(b.open), 0) as open, coalesce(sum(b.open) filter (where b.free), 0) as free
                from dunning_case c
                    left join dunning_case_invoice i on i.case_id = c.id and i.left_on is null
                    left join booked b on b.id = i.invoice_id
                group by c.id)
            """;

    /** What one speaks about together with a case {@code a}: also what may be chased of the customer's other cases with this creditor. */
    private static final String SPOKEN =
            """
            o.customer_id = a.customer_id and o.creditor_id = a.creditor_id and o.currency = a.currency
               and (o.id = a.id or o.state = 'OPEN' and o.handed_over_on is null
                    and o.opened_on <= (t.sent_at at time zone 'Europe/Amsterdam')::date)
            """;

    private static final String TOGETHER = "(select sum(o.free) from amounts o where " + SPOKEN + ")";

    /** The same where what was handed to an agency later that day was still with us when the mail left. */
    private static final String TOGETHER_BEFORE_HAND_OVER = TOGETHER.replace(
            "o.handed_over_on is null",
            "coalesce(o.handed_over_on >= (t.sent_at at time zone 'Europe/Amsterdam')::date, true)");

    /** What a case called, at whatever depth, with whether it is suspended. */
    private static final String CALLED =
            """
            , called as (
                select e.root_proc_inst_id_ as root, e.id_ as id, d.key_ as key, e.suspension_state_ = 2 as suspended
                from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                where e.id_ = e.proc_inst_id_ and e.id_ <> e.root_proc_inst_id_)
            """;

    private final JdbcClient jdbc;
    private final Timeline timeline;
    private final DunningPolicy policy;
    private final Set<String> told = new HashSet<>();
    private final Map<String, Object> broken = new LinkedHashMap<>();
    private long lastContact;

    Watch(JdbcClient jdbc, Timeline timeline, DunningPolicy policy) {
        this.jdbc = jdbc;
        this.timeline = timeline;
        this.policy = policy;
    }

    void begin() {
        lastContact = 0;
        told.clear();
        broken.clear();
    }

    /** Of what has been sent since the last look, while the books are still as they were then. */
    void contacts() {
        none(
                "was sent although nothing that may be chased was open, or with another amount",
                AMOUNTS
                        + """
                        select a.customer_id, a.number, a.free, t.total, t.rung, t.sent_at,
                               (select string_agg(concat_ws(' ', o.number, o.state, o.open, o.free, o.handed_over_on), ', ')
                                from amounts o where o.customer_id = a.customer_id) as cases
                        from contact t join amounts a on a.id = t.case_id
                        where t.id > :last and t.rung > 0 and t.channel = 'EMAIL' and t.state = 'SENT'
                          and (a.free < :minimum or t.total not in (${together}, ${before}))
                          -- What was held then may be free by now: a promise was broken this morning, a dispute ends when its
                          -- result has been told, perhaps by the next mail.
                          and not (t.total < ${together} and t.total >= (
                              select coalesce(sum(b.open), 0)
                              from amounts o
                                  join dunning_case_invoice i on i.case_id = o.id and i.left_on is null
                                  join booked b on b.id = i.invoice_id
                              where ${spoken} and b.free and not exists (
                                  select 1 from hold h left join hold_invoice l on l.hold_id = h.id and l.invoice_id = b.id
                                  where h.customer_id = b.customer_id and h.state = 'ENDED' and h.ended_at >= t.sent_at
                                    and (h.covers_all or l.invoice_id is not null))))
                        """
                                .replace("${together}", TOGETHER)
                                .replace("${before}", TOGETHER_BEFORE_HAND_OVER)
                                .replace("${spoken}", SPOKEN));
        lastContact = jdbc.sql("select coalesce(max(id), 0) from contact")
                .query(Long.class)
                .single();
        none(
                "reached a rung twice, or one below another that was reached before",
                """
                select t.customer_id, t.case_id, t.id, t.rung, t.channel, t.attempt
                from contact t join contact o on o.case_id = t.case_id and o.id < t.id and o.state = 'SENT'
                    -- Who has another number was not reached.
                    and o.detail is distinct from 'wrongNumber'
                where t.state = 'SENT' and t.rung > 0 and t.channel <> 'AGENCY'
                  and not exists (
                      select 1 from letter_receipt r where r.contact_id = o.id and r.outcome = 'UNKNOWN_ADDRESS')
                  and (o.rung > t.rung or o.rung = t.rung and o.channel = t.channel and o.attempt >= t.attempt)
                  and not exists (
                      select 1 from dunning_note n
                      where n.case_id = t.case_id and n.kind = 'DECISION' and n.outcome = 'startAgain'
                        and n.noted_at between o.sent_at and t.sent_at)
                """);
    }

    /** Of the letters that the mail room has just brought to the post. */
    void posted() {
        none(
                "was posted although less than it asks for was open",
                AMOUNTS
                        + """
                        select a.customer_id, a.number, a.free, t.total, t.rung, t.sent_at
                        from contact t join amounts a on a.id = t.case_id
                        where t.channel = 'LETTER' and t.hold_id is null and t.state = 'SENT'
                          and (t.sent_at at time zone 'Europe/Amsterdam')::date = :today
                          and (a.state <> 'OPEN' or a.free < :minimum or t.total > ${together})
                        """
                                .replace("${together}", TOGETHER));
    }

    /** At the end of a day on which everything ran. */
    void endOfDay() {
        none(
                "is not in exactly one of the states running or held, with a person, with the agency, ended",
                AMOUNTS
                        + CALLED
                        + """
                        select * from (
                            select a.customer_id, a.number, a.state, a.handed_over_on,
                                   (select count(*) from act_ru_execution e where e.business_key_ = a.number and e.id_ = e.root_proc_inst_id_
                                        and e.id_ = a.process_instance_id) as frames,
                                   (select count(*) from called c where c.root = a.process_instance_id and c.key <> 'agency'
                                        and c.key in ('standard', 'strict', 'light', 'keyAccount', 'government', 'consumer')) as ladders,
                                   (select count(*) from called c where c.root = a.process_instance_id and c.key = 'agency') as agencies,
                                   (select count(*) from act_ru_task t where t.proc_inst_id_ = a.process_instance_id) as decisions,
                                   (select count(*) from act_ru_job j where j.process_instance_id_ = a.process_instance_id
                                        and j.handler_type_ <> 'timer-transition') as beginnings
                            from amounts a) s
                        where state = 'CLOSED' and frames + ladders + agencies + decisions + beginnings > 0
                           or state = 'OPEN' and (frames <> 1 or beginnings <> 0 or ladders + agencies + decisions <> 1
                                                  or handed_over_on is not null and agencies <> 1)
                        """);
        none(
                "is held although something may be chased, or not although nothing may",
                AMOUNTS
                        + """
                        select customer_id, number, open, free, held_since, handed_over_on from amounts
                        where state = 'OPEN'
                          and (held_since is not null) <> (open >= :minimum and free < :minimum and handed_over_on is null)
                        """);
        none(
                "runs on while its case is held, or stands still while it is not",
                AMOUNTS
                        + CALLED
                        + """
                        select a.customer_id, a.number, a.held_since, c.key, c.suspended
                        from amounts a join called c on c.root = a.process_instance_id
                        where c.suspended <> (a.held_since is not null)
                        """);
        none(
                "is open in the engine or in our records although the books say it is settled, or the other way round",
                AMOUNTS
                        + """
                        select customer_id, number, state, open from amounts where state = 'OPEN' and open < :minimum
                        """);
        none(
                "runs although nothing in it will ever happen again",
                AMOUNTS
                        + CALLED
                        + """
                        select a.customer_id, a.number from amounts a
                        where a.state = 'OPEN' and a.held_since is null
                          and not exists (
                              select 1 from act_ru_execution e
                              where e.root_proc_inst_id_ = a.process_instance_id
                                and (exists (select 1 from act_ru_task t where t.proc_inst_id_ = e.id_ and t.suspension_state_ = 1)
                                     or exists (select 1 from act_ru_job j where j.process_instance_id_ = e.id_ and j.suspension_state_ = 1 and j.retries_ > 0)
                                     or exists (select 1 from act_ru_ext_task x where x.proc_inst_id_ = e.id_ and x.suspension_state_ = 1)
                                     or exists (select 1 from contact k where k.state = 'READY' and split_part(k.occurrence, ':', 1) = e.id_)))
                        """);
        none(
                "is a hold without a process, or a process of a hold that has ended",
                """
                select h.customer_id, h.number, h.kind, h.state, h.outcome, e.id_
                from hold h left join act_ru_execution e on e.id_ = h.process_instance_id
                where (h.state = 'ACTIVE') <> (e.id_ is not null)
                """);
        none(
                "is a process that belongs to nobody",
                """
                select d.key_, e.id_, e.business_key_ from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                where e.id_ = e.root_proc_inst_id_ and d.key_ not in ('printRun', 'correctContactDetails')
                  and not exists (select 1 from dunning_case c where c.process_instance_id = e.id_ and c.state = 'OPEN')
                  and not exists (select 1 from hold h where h.process_instance_id = e.id_)
                  -- A message to an agency outlives its case.
                  and d.key_ <> 'tellAgency'
                """);
        none("has failed", "select i.incident_type_, i.activity_id_, i.incident_msg_ from act_ru_incident i");
        none(
                "hangs between sent and not sent",
                "select customer_id, case_id, rung, state, detail from contact where state in ('SENDING', 'UNKNOWN')");
        none(
                "is with an agency although its case is not open, or the other way round, or was not told",
                """
                select c.customer_id, c.number, f.reference, f.state, m.kind, m.state
                from agency_file f
                    join dunning_case c on c.id = f.case_id
                    left join agency_message m on m.file_id = f.id and m.state not in ('SENT', 'CANCELLED')
                where (f.state in ('PREPARED', 'HANDED_OVER')) and c.state <> 'OPEN'
                   or f.state = 'RECALLED' and m.id is not null
                """);
        none(
                "is followed up by two cases",
                """
                select invoice_id, count(*) from dunning_case_invoice where left_on is null group by invoice_id having count(*) > 1
                """);
    }

    /** After the daily run, before anything else happened on that day. */
    void afterDailyRun() {
        none(
                "is overdue, may be chased, is worth it, and nobody follows it up",
                AMOUNTS
                        + """
                        select b.customer_id, sum(b.open) as open from booked b
                        where b.free and b.open > 0 and b.due_on < :today
                          and not exists (select 1 from dunning_case_invoice i where i.invoice_id = b.id and i.left_on is null)
                          and not exists (
                              -- Ended after the daily run.
                              select 1 from hold h left join hold_invoice l on l.hold_id = h.id and l.invoice_id = b.id
                              where h.customer_id = b.customer_id and (h.covers_all or l.invoice_id is not null)
                                and (h.ended_at at time zone 'Europe/Amsterdam')::date = :today)
                        group by b.customer_id having sum(b.open) >= :minimum
                        """);
    }

    /** The first time that each rule was broken, with who was concerned. */
    Map<String, Object> broken() {
        return Map.copyOf(broken);
    }

    private void none(String what, String sql) {
        if (told.contains(what)) {
            return;
        }
        BigDecimal minimum = policy.minimum("EUR");
        List<Map<String, Object>> found = jdbc.sql(sql)
                .param("minimum", minimum)
                .param("today", timeline.today())
                .param("last", lastContact)
                .query()
                .listOfRows();
        if (!found.isEmpty()) {
            told.add(what);
            Map<String, Object> first = found.get(0);
            broken.put(
                    timeline.today() + ": " + found.size() + " × what " + what + ": " + first,
                    Objects.requireNonNullElse(first.get("customer_id"), "nobody"));
        }
    }
}
