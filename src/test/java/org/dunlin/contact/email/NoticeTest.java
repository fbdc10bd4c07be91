package org.dunlin.contact.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.HoldNotices;
import org.dunlin.contact.HoldNotices.Told;
import org.dunlin.dunning.CaseClosed;
import org.dunlin.dunning.ContactsUnderway;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.Holds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** What customers are told about their holds: information, with the guarantees of every other message. */
@DunlinTest
class NoticeTest {

    @Autowired
    EmailWorker worker;

    @Autowired
    ContactCases cases;

    @Autowired
    HoldNotices notices;

    @Autowired
    DunningCases dunningCases;

    @Autowired
    Holds holds;

    @Autowired
    Contacts log;

    @Autowired
    ContactsUnderway underway;

    @Autowired
    Portfolio portfolio;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    JavaMailSenderImpl mailSettings;

    @Autowired
    GreenMail mailServer;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ApplicationEventPublisher events;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        mailSettings.setPort(mailServer.getSmtp().getPort());
        cases.timeRunsAgain();
    }

    @Test
    void a_customer_is_told_once_although_the_invoice_is_held_and_no_rung_is_climbed() throws Exception {
        Told told = notices.disputeInACase("disputeRejected");

        drain();
        drain();

        assertThat(notices.steps(told)).containsExactly("customerTold");
        assertThat(notices.mailsTo(told)).hasSize(1);
        MimeMessage mail = notices.mailsTo(told).get(0);
        Contact contact = only(told);
        assertThat(contact.state()).isEqualTo(ContactState.SENT);
        assertThat(contact.sentAt()).isEqualTo(ContactCases.TUESDAY);
        assertThat(contact.rung()).isZero();
        assertThat(contact.kind()).isEqualTo("Notice");
        assertThat(contact.holdId()).isEqualTo(told.hold());
        assertThat(contact.total()).hasToString("EUR 1250.00");
        assertThat(contact.invoices()).extracting(Contact.Line::invoiceId).isEqualTo(told.invoices());
        assertThat(contact.bodyText()).contains("The price is that of your order of 3 January.");
        assertThat(mail.getSubject()).isEqualTo(contact.subject()).contains("what we found");
        assertThat(log.latest(ContactFilter.ofCase(told.caseId()), 10))
                .as("in the list of its case")
                .hasSize(1);
        DunningCase dunningCase = dunningCases.get(told.caseId());
        assertThat(dunningCase.rung()).isZero();
        assertThat(dunningCase.lastContactAt()).isNull();
        assertThat(firstContactOn(told.caseId())).isNull();
    }

    @Test
    void a_plan_is_confirmed_with_its_dates_and_amounts() throws Exception {
        Told told = notices.plan();

        drain();

        assertThat(notices.mailsTo(told)).hasSize(1);
        assertThat(only(told).caseId()).isNull();
        assertThat(only(told).bodyText())
                .contains("1 April 2026: €625.00", "4 May 2026: €625.00", "Payment reference: RF");
    }

    @Test
    void who_has_paid_meanwhile_is_told_all_the_same_and_asked_for_nothing() throws Exception {
        Told told = notices.disputeInACase("disputeRejected");
        portfolio.pay(told.invoices().get(0), LocalDate.of(2026, 3, 10), "1250.00");

        drain();

        assertThat(notices.mailsTo(told)).hasSize(1);
        assertThat(only(told).bodyText())
                .contains("nothing of it is open any more")
                .doesNotContain("IBAN", "transfer");
    }

    @Test
    void a_hold_that_was_taken_back_has_nothing_to_tell() {
        Told told = notices.dispute("disputeCredit");
        holds.withdraw(told.hold(), "sara", "Raised by mistake");

        drain();
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofHours(2)));
        drain();

        assertThat(notices.mailsTo(told)).isEmpty();
        assertThat(only(told).state()).isEqualTo(ContactState.CANCELLED);
        assertThat(only(told).detail()).isEqualTo("The hold was taken back");
        assertThat(notices.steps(told)).containsExactly("tellCustomer");
        assertThat(incidents(told)).isZero();
    }

    @Test
    void a_notice_too_waits_for_the_office_to_open() {
        Instant saturday = Instant.parse("2026-03-14T12:00:00Z");
        cases.itIs(saturday);
        Told told = notices.dispute("disputeCredit");

        drain();
        assertThat(notices.mailsTo(told)).isEmpty();
        cases.itIs(Instant.parse("2026-03-16T07:00:01Z"));
        drain();

        assertThat(notices.mailsTo(told)).hasSize(1);
        assertThat(only(told).attempt()).isEqualTo(1);
    }

    @Test
    void a_dispute_that_comes_back_to_the_step_is_told_again() {
        Told told = notices.dispute("disputeCredit");
        drain();

        runtime.setVariable(told.process(), "notice", "disputeRejected");
        tasks.complete(tasks.createTaskQuery()
                .processInstanceId(told.process())
                .singleResult()
                .getId());
        drain();

        assertThat(notices.mailsTo(told)).hasSize(2);
        assertThat(notices.contacts(told))
                .extracting(Contact::template, Contact::attempt)
                .containsExactlyInAnyOrder(Tuple.tuple("disputeCredit", 1), Tuple.tuple("disputeRejected", 1));
    }

    @Test
    void without_a_usable_address_the_mail_room_gets_the_same_words_for_a_letter() throws Exception {
        Told none = notices.dispute("disputeRejected");
        jdbc.sql("update contact_person set email = null where customer_id = :id")
                .param("id", none.customer())
                .update();
        Told refused = notices.dispute("disputeRejected");

        try (ScriptedMailServer server = new ScriptedMailServer().answers("RCPT", "550 5.1.1 no such user")) {
            mailSettings.setPort(server.port());
            drain();
        }

        for (Told told : List.of(none, refused)) {
            assertThat(notices.steps(told)).containsExactly("tellByLetter");
            assertThat(only(told).state()).isEqualTo(ContactState.FAILED);
            Task letter =
                    tasks.createTaskQuery().processInstanceId(told.process()).singleResult();
            assertThat(letter.getName()).isEqualTo("Tell by letter: " + told.customerNumber() + " BV");
            assertThat(String.valueOf(tasks.getVariable(letter.getId(), "letterText")))
                    .contains("Dorpsstraat 1", "The price is that of your order of 3 January.", "€1,250.00");
        }
    }

    @Test
    void a_notice_of_unknown_result_goes_to_a_senior_and_out_again_only_in_their_name() throws Exception {
        Told told = inDoubt(notices.dispute("disputeCredit"));

        assertThat(only(told).state()).isEqualTo(ContactState.UNKNOWN);
        Task question = question(told);
        assertThat(tasks.getIdentityLinksForTask(question.getId()))
                .extracting(link -> link.getGroupId())
                .contains("seniorCollectors");
        assertThat(question.getDueDate()).isEqualTo("2026-03-11T16:00:00Z");
        assertThat(tasks.getVariables(question.getId()))
                .containsEntry("contactRecipient", told.address())
                .containsEntry("contactSubject", only(told).subject())
                .containsEntry("customerNumber", told.customerNumber());
        assertThat(question.getName()).endsWith(told.customerNumber() + " BV");
        assertThat(incidents(told)).isEqualTo(1);
        externalTasks.setRetries(step(told).getId(), 3);
        drain();
        assertThat(notices.mailsTo(told)).isEmpty();

        decide(told, "sara", "sendAgain");
        drain();

        assertThat(notices.mailsTo(told)).hasSize(1);
        assertThat(notices.steps(told)).containsExactly("customerTold");
        assertThat(notices.contacts(told))
                .extracting(Contact::attempt, Contact::state, Contact::sentBy)
                .containsExactlyInAnyOrder(
                        Tuple.tuple(1, ContactState.FAILED, null), Tuple.tuple(2, ContactState.SENT, "sara"));
        assertThat(incidents(told)).isZero();
    }

    @Test
    void found_to_have_been_sent_a_notice_still_climbs_no_rung() throws Exception {
        Told told = inDoubt(notices.disputeInACase("disputeCredit"));
        assertThat(only(told).caseId()).isEqualTo(told.caseId());
        assertThat(underway.among(List.of(told.caseId())))
                .as("cases that may not change their ladder now")
                .isEmpty();

        decide(told, "sara", "wasSent");
        drain();

        assertThat(only(told).state()).isEqualTo(ContactState.SENT);
        assertThat(notices.mailsTo(told)).isEmpty();
        assertThat(notices.steps(told)).containsExactly("customerTold");
        assertThat(dunningCases.get(told.caseId()).lastContactAt()).isNull();
        assertThat(firstContactOn(told.caseId())).isNull();
    }

    @Test
    void the_question_outlives_the_case_and_ends_with_the_hold() throws Exception {
        Told told = inDoubt(notices.disputeInACase("disputeCredit"));

        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            """
                            update dunning_case set state = 'CLOSED', outcome = 'SETTLED', closed_on = '2026-03-10' where id = :id
                            """)
                    .param("id", told.caseId())
                    .update();
            events.publishEvent(new CaseClosed(told.caseId(), DunningCase.Outcome.SETTLED));
        });
        assertThat(only(told).state()).isEqualTo(ContactState.UNKNOWN);
        assertThat(questions(told)).hasSize(1);

        holds.withdraw(told.hold(), "sara", null);

        assertThat(only(told).state()).isEqualTo(ContactState.UNRESOLVED);
        assertThat(questions(told)).isEmpty();
    }

    @Test
    void a_notice_that_does_not_exist_stops_only_its_own_step() {
        Told bad = notices.dispute("reminder");
        Told good = notices.dispute("disputeCredit");

        drain();

        assertThat(notices.mailsTo(bad)).isEmpty();
        assertThat(step(bad).getErrorMessage()).contains("reminder");
        assertThat(notices.mailsTo(good)).hasSize(1);
    }

    private Told inDoubt(Told told) throws Exception {
        try (ScriptedMailServer server = new ScriptedMailServer().answers("END", ScriptedMailServer.HANG_UP)) {
            mailSettings.setPort(server.port());
            drain();
        }
        mailSettings.setPort(mailServer.getSmtp().getPort());
        return told;
    }

    private void decide(Told told, String login, String outcome) {
        String task = question(told).getId();
        identity.setAuthentication(login, List.of("seniorCollectors"));
        try {
            tasks.complete(task, Map.of("outcome", outcome));
        } finally {
            identity.clearAuthentication();
        }
    }

    private Task question(Told told) {
        assertThat(questions(told)).hasSize(1);
        return questions(told).get(0);
    }

    private List<Task> questions(Told told) {
        return tasks.createTaskQuery()
                .taskDefinitionKey("clarifyWhetherSent")
                .processVariableValueEquals("holdId", told.hold())
                .list();
    }

    private ExternalTask step(Told told) {
        return externalTasks
                .createExternalTaskQuery()
                .processInstanceId(told.process())
                .singleResult();
    }

    private long incidents(Told told) {
        return runtime.createIncidentQuery().processInstanceId(told.process()).count();
    }

    private LocalDate firstContactOn(long caseId) {
        return jdbc.sql("select first_contact_on from dunning_case where id = :id")
                .param("id", caseId)
                .query(LocalDate.class)
                .optional()
                .orElse(null);
    }

    private Contact only(Told told) {
        assertThat(notices.contacts(told)).hasSize(1);
        return notices.contacts(told).get(0);
    }

    private void drain() {
        cases.drain(worker);
    }
}
