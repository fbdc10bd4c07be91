package org.dunlin.contact;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.Portfolio;
import org.dunlin.platform.clock.DunlinClock;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Holds whose processes wait at a step that tells the customer, in a process as short as can be. */
@TestComponent
public class HoldNotices {

    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final GreenMail mailServer;
    private final Portfolio portfolio;
    private final Contacts contacts;
    private final DunlinClock clock;

    HoldNotices(
            JdbcClient jdbc,
            RuntimeService runtime,
            RepositoryService repository,
            GreenMail mailServer,
            Portfolio portfolio,
            Contacts contacts,
            DunlinClock clock) {
        this.jdbc = jdbc;
        this.runtime = runtime;
        this.mailServer = mailServer;
        this.portfolio = portfolio;
        this.contacts = contacts;
        this.clock = clock;
        repository
                .createDeployment()
                .addClasspathResource("models/notice-test.bpmn")
                .deploy();
    }

    /** One hold, with a case that follows its invoices up where there is one. */
    public record Told(
            long hold,
            String number,
            long customer,
            String customerNumber,
            List<Long> invoices,
            Long caseId,
            String process) {

        public String address() {
            return customerNumber.toLowerCase(Locale.ROOT) + "@customer.example";
        }
    }

    /** Whose invoice of 1,250 is under a dispute of this result, at the step that tells them; nobody follows it up. */
    public Told dispute(String notice) {
        return start("DISPUTE", notice, false);
    }

    /** The same with an open case of that invoice. */
    public Told disputeInACase(String notice) {
        return start("DISPUTE", notice, true);
    }

    /** Who pays that invoice in two instalments. */
    public Told plan() {
        Told plan = start("PLAN", "planAgreed", false);
        jdbc.sql(
                        """
                        insert into hold_instalment (hold_id, position, due_on, amount)
                        values (:id, 1, '2026-04-01', 625), (:id, 2, '2026-05-04', 625)
                        """)
                .param("id", plan.hold())
                .update();
        return plan;
    }

    private Told start(String kind, String notice, boolean inACase) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        long creditor = portfolio.creditor("NL");
        String customerNumber = Portfolio.unique("TOLD");
        long customer = portfolio.customer(customerNumber, "NL", "en", 30);
        long invoice = portfolio.invoice(creditor, customer, ContactCases.DUE, "1250.00");
        String number = Portfolio.unique("HOLD");
        boolean plan = kind.equals("PLAN");
        long hold = jdbc.sql(
                        """
                        insert into hold (number, kind, customer_id, creditor_id, reason, currency, amount, starts_on, ends_on, state,
                                          raised_at, end_note)
                        values (:number, :kind, :customer, :creditor, 'price', :currency, :amount, :today, :endsOn, 'ACTIVE', now(),
                                'The price is that of your order of 3 January.')
                        returning id
                        """)
                .param("number", number)
                .param("kind", kind)
                .param("customer", customer)
                .param("creditor", creditor)
                .param("currency", plan ? "EUR" : null)
                .param("amount", plan ? 1250 : null)
                .param("today", today)
                .param("endsOn", plan ? today.plusDays(90) : null)
                .query(Long.class)
                .single();
        jdbc.sql("insert into hold_invoice (hold_id, invoice_id, open) values (:hold, :invoice, 1250)")
                .param("hold", hold)
                .param("invoice", invoice)
                .update();
        Long caseId = inACase ? caseOf(creditor, customer, invoice) : null;
        Map<String, Object> variables = new HashMap<>();
        variables.put("holdId", hold);
        variables.put("customerId", customer);
        variables.put("notice", notice);
        String process = runtime.startProcessInstanceByKey("noticeTest", number, variables)
                .getId();
        return new Told(hold, number, customer, customerNumber, List.of(invoice), caseId, process);
    }

    private long caseOf(long creditor, long customer, long invoice) {
        long id = jdbc.sql(
                        """
                        insert into dunning_case (number, creditor_id, customer_id, currency, state, opened_on)
                        values (:number, :creditor, :customer, 'EUR', 'OPEN', :on) returning id
                        """)
                .param("number", Portfolio.unique("CASE"))
                .param("creditor", creditor)
                .param("customer", customer)
                .param("on", ContactCases.DUE)
                .query(Long.class)
                .single();
        jdbc.sql("insert into dunning_case_invoice (case_id, invoice_id, joined_on) values (:case, :invoice, :on)")
                .param("case", id)
                .param("invoice", invoice)
                .param("on", ContactCases.DUE)
                .update();
        return id;
    }

    /** What stands in the log about the hold, latest first. */
    public List<Contact> contacts(Told told) {
        return contacts.latest(new ContactFilter(null, told.number(), null), 100).stream()
                .map(contact -> contacts.find(contact.id()).orElseThrow())
                .toList();
    }

    public List<MimeMessage> mailsTo(Told told) {
        return Arrays.stream(mailServer.getReceivedMessages())
                .filter(mail -> isTo(mail, told.address()))
                .toList();
    }

    /** Where the process of the hold is: {@code tellCustomer}, {@code tellByLetter}, {@code customerTold}. */
    public List<String> steps(Told told) {
        return runtime.getActiveActivityIds(told.process());
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return Arrays.stream(mail.getRecipients(Message.RecipientType.TO))
                    .anyMatch(recipient -> recipient.toString().contains(address));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
