package org.dunlin.nodes;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.dunlin.Portfolio;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers whose invoices went overdue together, and what became of them. */
final class Debtors {

    private final CrashableDatabase database;
    private final List<String> numbers;

    private Debtors(CrashableDatabase database, List<String> numbers) {
        this.database = database;
        this.numbers = List.copyOf(numbers);
    }

    /** Who are reminded by e-mail first: companies of 30 that nothing is known of, a week overdue today. */
    static Debtors toRemind(CrashableDatabase database, LocalDate today, int customers) {
        return overdue(database, today, customers, 30, false);
    }

    /** Who are called first, because it is probably a mistake: large, and a year of invoices paid in time. */
    static Debtors toCall(CrashableDatabase database, LocalDate today, int customers) {
        return overdue(database, today, customers, 80, true);
    }

    private static Debtors overdue(
            CrashableDatabase database, LocalDate today, int customers, int employees, boolean paidSoFar) {
        List<String> numbers = new ArrayList<>();
        database.transaction().executeWithoutResult(status -> {
            JdbcClient jdbc = database.jdbc();
            Portfolio portfolio = new Portfolio(jdbc, database.transaction(), event -> {});
            long creditor = portfolio.creditor("NL");
            for (int i = 0; i < customers; i++) {
                String number = Portfolio.unique("NODE");
                long customer = portfolio.customer(number, "NL", "en", employees);
                portfolio.invoice(creditor, customer, today.minusDays(7), "1000.00");
                if (paidSoFar) {
                    aYearPaidInTime(jdbc, creditor, customer, today);
                }
                numbers.add(number);
            }
        });
        return new Debtors(database, numbers);
    }

    private static void aYearPaidInTime(JdbcClient jdbc, long creditor, long customer, LocalDate today) {
        jdbc.sql(
                        """
                        with i as (
                            insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross)
                            select :creditor, :customer, :customer || '-' || n, :today::date - 30 * n - 30, :today::date - 30 * n, 'EUR', 500
                            from generate_series(1, 12) n returning *),
                        p as (
                            insert into payment (creditor_id, customer_id, number, received_on, currency, amount)
                            select creditor_id, customer_id, number, due_on, currency, gross from i returning *)
                        insert into allocation (invoice_id, payment_id, effective_on, amount)
                        select i.id, p.id, p.received_on, p.amount from i join p on p.number = i.number
                        """)
                .param("creditor", creditor)
                .param("customer", customer)
                .param("today", today)
                .update();
    }

    List<String> numbers() {
        return numbers;
    }

    /** Some of them, from that position on. */
    Debtors some(int from, int customers) {
        return new Debtors(database, numbers.subList(from, from + customers));
    }

    /**
     * What became of how many, in words like {@code 1 case, 1 mail, EMAIL SENT, at waitBeforeCall, tasks: none}. Mails are those that
     * really arrived, contacts those in the log.
     */
    Map<String, Integer> outcomes(Mails mails) {
        Map<String, Integer> outcomes = new TreeMap<>();
        database.jdbc()
                .sql(
                        """
                        select k.number, count(c.id) as cases,
                               (select string_agg(t.channel || ' ' || t.state, ', ' order by t.id) from contact t
                                where t.customer_id = k.id) as contacts,
                               string_agg((
                                   select string_agg(distinct e.act_id_, ' ' order by e.act_id_)
                                   from act_ru_execution e join act_ru_execution p on p.id_ = e.proc_inst_id_
                                   where p.root_proc_inst_id_ = c.process_instance_id and e.act_id_ <> 'climbLadder'), ' and ') as steps,
                               (select string_agg(t.task_def_key_, ', ' order by t.task_def_key_)
                                from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_
                                where e.root_proc_inst_id_ in (
                                    select d.process_instance_id from dunning_case d where d.customer_id = k.id
                                    union all
                                    select h.process_instance_id from hold h where h.customer_id = k.id
                                    union all
                                    select v.proc_inst_id_ from act_ru_variable v join contact q on q.id = v.long_
                                    where v.name_ = 'contactId' and q.customer_id = k.id)) as tasks
                        from customer k left join dunning_case c on c.customer_id = k.id
                        where k.number = any(:numbers)
                        group by k.id order by k.id
                        """)
                .param("numbers", numbers.toArray(String[]::new))
                .query(row -> {
                    String address = row.getString("number").toLowerCase(Locale.ROOT) + "@customer.example";
                    outcomes.merge(
                            "%s, %s, %s, at %s, tasks: %s"
                                    .formatted(
                                            count(row.getLong("cases"), "case"),
                                            count(mails.receivedBy(address), "mail"),
                                            orNone(row.getString("contacts")),
                                            orNone(row.getString("steps")),
                                            orNone(row.getString("tasks"))),
                            1,
                            Integer::sum);
                });
        return outcomes;
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String orNone(String text) {
        return text == null ? "none" : text;
    }
}
