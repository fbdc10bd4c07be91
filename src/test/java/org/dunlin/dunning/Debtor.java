package org.dunlin.dunning;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.Portfolio;
import org.dunlin.Timeline;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One debtor and the people who follow up: says how tasks are answered, lets days pass, and keeps a diary of what reached the
 * debtor and which tasks came up, for example {@code 2025-12-16 callCustomer for juniorCollectors}.
 */
@TestComponent
@Scope("prototype")
public class Debtor {

    private static final Map<String, String> MEDIA = Map.of("EMAIL", "mail", "SMS", "text", "VOICE", "automated call");

    private final Timeline timeline;
    private final TaskService tasks;
    private final JdbcClient jdbc;
    private final Portfolio portfolio;
    private final Map<String, Map<String, Object>> answers = new HashMap<>();
    private final List<String> diary = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private long creditor;
    private long customer;
    private long lastContact;

    Debtor(Timeline timeline, TaskService tasks, JdbcClient jdbc, Portfolio portfolio) {
        this.timeline = timeline;
        this.tasks = tasks;
        this.jdbc = jdbc;
        this.portfolio = portfolio;
    }

    /** A company of that size with a creditor in that country. */
    public Debtor of(String creditorCountry, int employees) {
        creditor = portfolio.creditor(creditorCountry);
        customer = portfolio.customer(Portfolio.unique("DEBTOR"), creditorCountry, "en", employees);
        return this;
    }

    /** A public body with a creditor in that country. */
    public Debtor publicBody(String creditorCountry) {
        of(creditorCountry, 200);
        return sector("government");
    }

    /** A private person with a creditor in that country. */
    public Debtor privatePerson(String creditorCountry) {
        of(creditorCountry, 1);
        return kind("CONSUMER");
    }

    /** What the source system says of the debtor from now on. */
    public Debtor sector(String sector) {
        jdbc.sql("update customer set sector = :sector where id = :customer")
                .param("sector", sector)
                .param("customer", customer)
                .update();
        return this;
    }

    /** The same about {@code COMPANY} or {@code CONSUMER}. */
    public Debtor kind(String kind) {
        jdbc.sql("update customer set kind = :kind where id = :customer")
                .param("kind", kind)
                .param("customer", customer)
                .update();
        return this;
    }

    public long customer() {
        return customer;
    }

    public long creditor() {
        return creditor;
    }

    public long owes(String amount, LocalDate due) {
        return portfolio.invoice(creditor, customer, due, amount);
    }

    /** A year of monthly invoices before that day, each paid so many days after it was due. */
    public Debtor hasPaid(LocalDate before, int daysLate) {
        return hasPaid(before, daysLate, "500.00");
    }

    /** The same with invoices of that amount. */
    public Debtor hasPaid(LocalDate before, int daysLate, String amount) {
        for (int month = 13; month > 1; month--) {
            LocalDate due = before.minusMonths(month);
            portfolio.pay(owes(amount, due), due.plusDays(daysLate), amount);
        }
        return this;
    }

    /** Takes the e-mail addresses of the debtor away. */
    public Debtor withoutEmail() {
        jdbc.sql("update contact_person set email = null where customer_id = :customer")
                .param("customer", customer)
                .update();
        return this;
    }

    /** Every task of that kind is completed on the evening of the day it comes up, with these values. */
    public Debtor answers(String task, Map<String, Object> form) {
        answers.put(task, form);
        return this;
    }

    public Debtor leaves(String task) {
        answers.remove(task);
        return this;
    }

    public List<String> diary() {
        return List.copyOf(diary);
    }

    public Debtor until(LocalDate day) {
        while (timeline.today().isBefore(day)) {
            timeline.passDay();
            endOfDay();
        }
        return this;
    }

    /**
     * Lets time pass as well, but plays only these days and the one before each; on the others no node runs. So long waits cost
     * little: what comes too early shows on the day before, what comes too late does not show.
     */
    public Debtor onlyAround(LocalDate... days) {
        for (LocalDate day : days) {
            while (timeline.today().isBefore(day.minusDays(2))) {
                timeline.loseDay();
            }
            until(day);
        }
        return this;
    }

    /** What somebody did on this evening has its effects on this evening. */
    public Debtor onThisEvening() {
        timeline.settleDown();
        endOfDay();
        return this;
    }

    private void endOfDay() {
        LocalDate today = timeline.today();
        noteMails(today);
        List<Task> fresh = unseen();
        while (!fresh.isEmpty()) {
            for (Task task : fresh) {
                seen.add(task.getId());
                diary.add(today + " " + task.getTaskDefinitionKey() + " for " + group(task));
            }
            answerAll();
            fresh = unseen();
        }
        answerAll();
        timeline.settleDown();
        noteMails(today);
    }

    private void noteMails(LocalDate today) {
        jdbc.sql(
                        """
                        select id, rung, channel from contact
                        where customer_id = :customer and channel in ('EMAIL', 'SMS', 'VOICE') and state = 'SENT' and id > :last order by id
                        """)
                .param("customer", customer)
                .param("last", lastContact)
                .query((row, n) -> {
                    lastContact = row.getLong("id");
                    String how = MEDIA.get(row.getString("channel"));
                    return diary.add(today + " " + how + " at rung " + row.getInt("rung"));
                })
                .list();
    }

    private List<Task> unseen() {
        return tasks.createTaskQuery().active().orderByTaskCreateTime().asc().list().stream()
                .filter(task -> !seen.contains(task.getId()))
                // Beside the ladder, wherever an address is missing; tests of contact details are about it.
                .filter(task -> !task.getTaskDefinitionKey().equals("correctDetails"))
                // On the day of every promise that is not kept early; tests of promises are about it.
                .filter(task -> !task.getTaskDefinitionKey().equals("lookAfterPromise"))
                .toList();
    }

    private void answerAll() {
        for (Task task : tasks.createTaskQuery().active().list()) {
            Map<String, Object> answer = answers.get(task.getTaskDefinitionKey());
            if (answer != null) {
                tasks.complete(task.getId(), answer);
            }
        }
    }

    private String group(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** States of the customer's cases by number, for example {@code {D100001=CLOSED SETTLED}}. */
    public Map<String, String> cases() {
        Map<String, String> cases = new TreeMap<>();
        jdbc.sql("select number, state, outcome from dunning_case where customer_id = :customer")
                .param("customer", customer)
                .query((row, n) -> cases.put(
                        row.getString("number"),
                        row.getString("state")
                                + (row.getString("outcome") == null ? "" : " " + row.getString("outcome"))))
                .list();
        return cases;
    }

    public String ladder() {
        return jdbc.sql("select ladder from dunning_case where customer_id = :customer order by id desc limit 1")
                .param("customer", customer)
                .query(String.class)
                .single();
    }
}
