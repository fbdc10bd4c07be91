package org.dunlin.contact;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.dunlin.Portfolio;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.Worker;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases that wait at a step which sends an e-mail, on a ladder as short as can be. */
@TestComponent
public class ContactCases {

    /** A Tuesday, ten in the morning in the Netherlands and Belgium. */
    public static final Instant TUESDAY = Instant.parse("2026-03-10T09:00:00Z");

    public static final LocalDate DUE = LocalDate.of(2026, 3, 3);

    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final GreenMail mailServer;
    private final Portfolio portfolio;
    private final Contacts contacts;
    private final DunlinClock clock;

    ContactCases(
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
        this.clock = clock;
        this.contacts = contacts;
        repository
                .createDeployment()
                .addModelInstance("contact-test.bpmn", ladder("contactTest", "email", false))
                .addModelInstance("contact-test-broken.bpmn", ladder("contactTestBroken", "email", true))
                .addModelInstance("contact-test-sms.bpmn", ladder("contactTestSms", "sms", false))
                .addModelInstance("contact-test-voice.bpmn", ladder("contactTestVoice", "voice", false))
                .addModelInstance("contact-test-letter.bpmn", ladder("contactTestLetter", "letter", false))
                .deploy();
    }

    /** One open case. */
    public record Case(
            long id, String number, long customer, String customerNumber, List<Long> invoices, String ladder) {

        public String address() {
            return customerNumber.toLowerCase(java.util.Locale.ROOT) + "@customer.example";
        }
    }

    public void itIs(Instant instant) {
        clock.freezeAt(instant);
    }

    public Instant now() {
        return clock.instant();
    }

    /** Until the worker finds nothing more to do at this time. */
    public void drain(Worker worker) {
        while (worker.runOnce() > 0) {
            Thread.onSpinWait();
        }
    }

    /** All contacts of the case, latest first. */
    public List<Contact> contacts(Case dunningCase) {
        return contacts.latest(ContactFilter.ofCase(dunningCase.id()), 100).stream()
                .map(contact -> contacts.find(contact.id()).orElseThrow())
                .toList();
    }

    public void timeRunsAgain() {
        clock.runFrom(Instant.now());
    }

    /** A case of a Dutch creditor and an English speaking customer, at the step that sends the reminder. */
    public Case waiting(String... amounts) {
        long creditor = portfolio.creditor("NL");
        return waiting(creditor, "NL", "en", amounts);
    }

    public Case waiting(long creditor, String country, String language, String... amounts) {
        return waiting("contactTest", creditor, country, language, amounts);
    }

    private Case waiting(String ladder, long creditor, String country, String language, String... amounts) {
        String customerNumber = Portfolio.unique("CUST");
        long customer = portfolio.customer(customerNumber, country, language, 30);
        List<Long> invoices = Arrays.stream(amounts)
                .map(amount -> portfolio.invoice(creditor, customer, DUE, amount))
                .toList();
        return start(ladder, creditor, customer, customerNumber, invoices);
    }

    /** A case of a Dutch creditor whose customer, with a mobile number of their own, is to get a text message, a call or a letter. */
    public Case waitingFor(Channel channel, String country, String language, String... amounts) {
        return waitingFor(channel, portfolio.creditor("NL"), country, language, amounts);
    }

    /** The same of that creditor; by e-mail as well. */
    public Case waitingFor(Channel channel, long creditor, String country, String language, String... amounts) {
        Case dunningCase = waiting(
                switch (channel) {
                    case SMS -> "contactTestSms";
                    case VOICE -> "contactTestVoice";
                    case LETTER -> "contactTestLetter";
                    default -> "contactTest";
                },
                creditor,
                country,
                language,
                amounts);
        portfolio.mobile(dunningCase.customer());
        return dunningCase;
    }

    /** Phone number of the customer of the case. */
    public String phone(Case dunningCase) {
        return jdbc.sql("select phone from contact_person where customer_id = :id")
                .param("id", dunningCase.customer())
                .query(String.class)
                .single();
    }

    /** Like {@link #waiting}, but what follows the message cannot be entered. */
    public Case waitingBeforeABrokenStep(String amount) {
        long creditor = portfolio.creditor("NL");
        String customerNumber = Portfolio.unique("CUST");
        long customer = portfolio.customer(customerNumber, "NL", "en", 30);
        long invoice = portfolio.invoice(creditor, customer, DUE, amount);
        return start("contactTestBroken", creditor, customer, customerNumber, List.of(invoice));
    }

    private Case start(String ladderKey, long creditor, long customer, String customerNumber, List<Long> invoices) {
        String number = Portfolio.unique("CASE");
        long id = jdbc.sql(
                        """
                        insert into dunning_case (number, creditor_id, customer_id, currency, state, opened_on)
                        values (:number, :creditor, :customer, 'EUR', 'OPEN', :on) returning id
                        """)
                .param("number", number)
                .param("creditor", creditor)
                .param("customer", customer)
                .param("on", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Long.class)
                .single();
        jdbc.sql(
                        """
                        insert into dunning_case_invoice (case_id, invoice_id, joined_on)
                        select :case, id, :on from invoice where id = any(:invoices)
                        """)
                .param("case", id)
                .param("on", DUE)
                .param("invoices", invoices.toArray(Long[]::new))
                .update();
        String ladder = runtime.startProcessInstanceByKey(ladderKey, number, Map.of("caseId", id))
                .getId();
        return new Case(id, number, customer, customerNumber, invoices, ladder);
    }

    /** What arrived for the customer of the case. */
    public List<MimeMessage> mailsTo(Case dunningCase) {
        return Arrays.stream(mailServer.getReceivedMessages())
                .filter(mail -> isTo(mail, dunningCase.address()))
                .toList();
    }

    /** Where the ladder of the case is: {@code sendReminder}, {@code sendByLetter}, {@code afterReminder}. */
    public List<String> steps(Case dunningCase) {
        return runtime.getActiveActivityIds(dunningCase.ladder());
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return Arrays.stream(mail.getRecipients(Message.RecipientType.TO))
                    .anyMatch(recipient -> recipient.toString().contains(address));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BpmnModelInstance ladder(String key, String topic, boolean broken) {
        BpmnModelInstance model = Bpmn.createExecutableProcess(key)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask("sendReminder")
                .camundaExternalTask(topic)
                .boundaryEvent()
                .error("addressUnusable")
                .userTask("sendByLetter")
                .endEvent()
                .moveToActivity("sendReminder")
                .userTask("afterReminder")
                .name(broken ? "${noSuchBean.name}" : "After the reminder")
                .endEvent()
                .done();
        CamundaProperties properties = model.newInstance(CamundaProperties.class);
        Map.of("rung", "10", "template", "reminder").forEach((name, value) -> {
            CamundaProperty property = model.newInstance(CamundaProperty.class);
            property.setCamundaName(name);
            property.setCamundaValue(value);
            properties.getCamundaProperties().add(property);
        });
        org.camunda.bpm.model.bpmn.instance.ServiceTask step = model.getModelElementById("sendReminder");
        step.builder().addExtensionElement(properties);
        return model;
    }
}
