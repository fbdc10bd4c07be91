package org.dunlin.contact.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.dunlin.contact.Channel;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.PaperTasks;
import org.dunlin.dunning.Rungs;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides which of a customer's cases speaks. The higher one does (the rung that it has climbed, then the older case), about everything that is
 * open; what the others would have said at that time is covered by it. Never two messages on a day, whichever creditor they come from; and
 * no more in a week than the caps allow.
 *
 * <p>Notices about holds are answers to what the customer said, and are not held up by any of this; but nobody is asked for money on a
 * day on which they got one.
 */
@Component
public class OneConversation {

    private static final Duration SHORTLY = Duration.ofMinutes(1);
    private static final int WEEK = 7;

    /** What is read; a talk with sales or an agency is not a message to the customer. */
    private static final String MESSAGES = "('EMAIL', 'SMS', 'VOICE', 'LETTER', 'REGISTERED_LETTER')";

    private final JdbcClient jdbc;
    private final WorkCalendar calendar;
    private final ConversationProperties properties;

    OneConversation(JdbcClient jdbc, WorkCalendar calendar, ConversationProperties properties) {
        this.jdbc = jdbc;
        this.calendar = calendar;
        this.properties = properties;
    }

    /**
     * The turn of a message. Binding while the caller holds the customer's lock.
     *
     * @param invoices ids of those that the case itself would ask for
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Turn message(
            DunningCase dunningCase,
            int rung,
            Channel channel,
            Creditor creditor,
            Collection<Long> invoices,
            Instant now) {
        Standing standing = standing(dunningCase, channel, creditor, now);
        if (standing.others() && Rungs.speaksForAll(rung)) {
            Optional<Turn> covered = covered(dunningCase, rung, channel, creditor, invoices, now);
            if (covered.isPresent()) {
                return covered.get();
            }
            if (aHigherCaseIsDue(dunningCase, creditor, now)) {
                return new Turn.Wait(now.plus(SHORTLY), "A case of the customer that is further on speaks first");
            }
            if (aCallIsOpen(dunningCase, rung, creditor, now)) {
                return new Turn.Wait(
                        nextOpening(creditor, now), "The customer is about to be called about a case further on");
            }
        }
        if (standing.today() > 0) {
            return new Turn.Wait(nextOpening(creditor, now), "The customer got a message today");
        }
        Integer cap = properties.perWeek().get(channel);
        if (cap != null && standing.week() >= cap) {
            return new Turn.Wait(
                    nextOpening(creditor, now), "The customer got %d messages within a week".formatted(cap));
        }
        return new Turn.Speak(standing.others() && Rungs.speaksForAll(rung));
    }

    /**
     * The turn of a call: a customer is called about one case at a time. The call that speaks is the open one from now on, until its
     * process has ended.
     *
     * @param processInstanceId of the step that would call
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Turn call(
            DunningCase dunningCase,
            int rung,
            String processInstanceId,
            Creditor creditor,
            Collection<Long> invoices,
            Instant now) {
        Optional<Turn> covered = covered(dunningCase, rung, Channel.CALL, creditor, invoices, now);
        if (covered.isPresent()) {
            return covered.get();
        }
        if (aHigherCaseIsDue(dunningCase, creditor, now)) {
            return new Turn.Wait(now, "A case of the customer that is further on speaks first");
        }
        int opened = jdbc.sql(
                        """
                        insert into conversation as c (customer_id, process_instance_id, case_id, rung, opened_at)
                        values (:customer, :process, :case, :rung, :now)
                        on conflict (customer_id) do update
                            set process_instance_id = excluded.process_instance_id, case_id = excluded.case_id,
                                rung = excluded.rung, opened_at = excluded.opened_at
                            where c.process_instance_id = excluded.process_instance_id or not exists (
                                select 1 from act_ru_execution e join dunning_case d on d.id = c.case_id
                                where e.id_ = c.process_instance_id and d.held_since is null)
                        """)
                .param("customer", dunningCase.customerId())
                .param("process", processInstanceId)
                .param("case", dunningCase.id())
                .param("rung", rung)
                .param("now", utc(now))
                .update();
        return opened > 0
                ? new Turn.Speak(true)
                : new Turn.Wait(now, "The customer is about to be called about another case");
    }

    /** Whether a message at that rung is about more than its own case. */
    public boolean speaksForAll(DunningCase dunningCase, int rung) {
        return Rungs.speaksForAll(rung)
                && jdbc.sql(
                                """
                                select exists (
                                    select 1 from dunning_case o
                                    where o.customer_id = :customer and o.id <> :case and o.creditor_id = :creditor
                                      and o.currency = :currency and o.state = 'OPEN')
                                """)
                        .param("customer", dunningCase.customerId())
                        .param("case", dunningCase.id())
                        .param("creditor", dunningCase.creditorId())
                        .param("currency", dunningCase.currency())
                        .query(Boolean.class)
                        .single();
    }

    /** What the customer heard lately. A letter that lies in the out-tray for long does not silence everybody. */
    private record Standing(boolean others, int today, int week) {}

    private Standing standing(DunningCase dunningCase, Channel channel, Creditor creditor, Instant now) {
        ZoneId zone = creditor.timeZone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        return jdbc.sql(
                        """
                        select exists (
                                   select 1 from dunning_case o
                                   where o.customer_id = :customer and o.id <> :case and o.creditor_id = :creditor
                                     and o.state = 'OPEN') as others,
                               count(*) filter (where k.state = 'READY' and k.claimed_at >= :lately or k.sent_at >= :today) as today,
                               count(*) filter (where k.channel = :channel and k.hold_id is null) as week
                        from contact k
                        where k.customer_id = :customer and k.channel in ${messages}
                          and (k.state = 'READY' or k.state = 'SENT' and k.sent_at > :week)
                        """
                                .replace("${messages}", MESSAGES))
                .param("customer", dunningCase.customerId())
                .param("case", dunningCase.id())
                .param("creditor", dunningCase.creditorId())
                .param("channel", channel.name())
                .param("lately", utc(lately(creditor, now)))
                .param("today", utc(today.atStartOfDay(zone).toInstant()))
                .param("week", utc(today.minusDays(WEEK - 1).atStartOfDay(zone).toInstant()))
                .query((row, n) -> new Standing(row.getBoolean("others"), row.getInt("today"), row.getInt("week")))
                .single();
    }

    /** By the latest of what was said in other cases: to everything of this one, at this rung or a higher. A call also joins a call. */
    private Optional<Turn> covered(
            DunningCase dunningCase,
            int rung,
            Channel channel,
            Creditor creditor,
            Collection<Long> invoices,
            Instant now) {
        return jdbc.sql(
                        """
                        select k.id, k.sent_at
                        from contact k
                        where k.customer_id = :customer and k.creditor_id = :creditor and k.case_id <> :case and k.hold_id is null
                          and k.state = 'SENT' and k.sent_at >= :since
                          and (k.channel in ${messages} and k.rung >= :rung and cardinality(:invoices::bigint[]) > 0 and not exists (
                                   select 1 from unnest(:invoices) as mine(id)
                                   where not exists (
                                       select 1 from contact_invoice l where l.contact_id = k.id and l.invoice_id = mine.id))
                               or k.channel = 'CALL' and (k.rung >= :rung or :channel = 'CALL')
                                   and k.detail not in ('noAnswer', 'wrongNumber', 'callBack'))
                        order by k.sent_at desc, k.id desc limit 1
                        """
                                .replace("${messages}", MESSAGES))
                .param("customer", dunningCase.customerId())
                .param("creditor", dunningCase.creditorId())
                .param("case", dunningCase.id())
                .param("rung", rung)
                .param("channel", channel.name())
                .param("invoices", invoices.toArray(Long[]::new))
                .param("since", utc(lately(creditor, now)))
                .query((row, n) -> (Turn) new Turn.Covered(
                        row.getLong("id"), row.getTimestamp("sent_at").toInstant()))
                .optional();
    }

    /**
     * Something of it waits to be sent or posted, or will when a timer that is due has fired. A letter that nobody has posted for long is
     * not waited for.
     */
    private boolean aHigherCaseIsDue(DunningCase dunningCase, Creditor creditor, Instant now) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from dunning_case o join act_ru_execution e on e.root_proc_inst_id_ = o.process_instance_id
                            where o.customer_id = :customer and o.creditor_id = :creditor and o.currency = :currency
                              and o.state = 'OPEN' and o.held_since is null and o.handed_over_on is null
                              and (o.rung, -o.id) > (:rung, -:case::bigint)
                              and (exists (
                                       select 1 from act_ru_ext_task x
                                       where x.execution_id_ = e.id_ and x.topic_name_ in ('email', 'sms', 'voice', 'letter')
                                         and coalesce(x.retries_, 1) > 0 and x.suspension_state_ = 1)
                                   or exists (
                                       select 1 from act_ru_job j
                                       where j.execution_id_ = e.id_ and j.handler_type_ = 'timer-intermediate-transition'
                                         and j.duedate_ <= :now and j.retries_ > 0 and j.suspension_state_ = 1)
                                   or exists (
                                       select 1 from contact k
                                       where k.case_id = o.id and k.hold_id is null and k.state = 'READY' and k.claimed_at >= :since::timestamp at time zone 'UTC')
                                   or exists (
                                       select 1 from act_ru_task t
                                       where t.execution_id_ = e.id_ and t.task_def_key_ = any(:posting) and t.suspension_state_ = 1
                                         and t.create_time_ >= :since)))
                        """)
                .param("customer", dunningCase.customerId())
                .param("creditor", dunningCase.creditorId())
                .param("currency", dunningCase.currency())
                .param("case", dunningCase.id())
                .param("rung", dunningCase.rung())
                .param("now", utc(now).toLocalDateTime())
                .param("since", utc(lately(creditor, now)).toLocalDateTime())
                .param("posting", PaperTasks.TO_POST.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /** One that has been waiting for long says nothing more about when the customer will be spoken to. */
    private boolean aCallIsOpen(DunningCase dunningCase, int rung, Creditor creditor, Instant now) {
        return jdbc.sql(
                        """
                        select exists (
                            select 1 from conversation c join dunning_case o on o.id = c.case_id
                            where c.customer_id = :customer and o.creditor_id = :creditor and c.case_id <> :case and c.rung > :rung
                              and c.opened_at >= :since and o.held_since is null
                              and exists (select 1 from act_ru_execution e where e.id_ = c.process_instance_id))
                        """)
                .param("customer", dunningCase.customerId())
                .param("creditor", dunningCase.creditorId())
                .param("case", dunningCase.id())
                .param("rung", rung)
                .param("since", utc(lately(creditor, now)))
                .query(Boolean.class)
                .single();
    }

    /** Since when a contact speaks for other cases as well. */
    private Instant lately(Creditor creditor, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, creditor.timeZone());
        return calendar.before(creditor.country(), today, properties.coversDays() - 1)
                .atStartOfDay(creditor.timeZone())
                .toInstant();
    }

    private Instant nextOpening(Creditor creditor, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, creditor.timeZone());
        return calendar.opening(calendar.after(creditor.country(), today, 1), creditor.timeZone());
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
