package org.dunlin.contact.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.dunning.CaseClosed;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages of which nobody can tell whether they went out. */
@DunlinTest
class UnknownContactTest {

    @Autowired
    EmailWorker worker;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    ContactCases cases;

    @Autowired
    DunningCases dunningCases;

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
    void tuesdayAndPatience() {
        patience("600000");
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        patience("10000");
        goodMailServer();
        cases.timeRunsAgain();
    }

    @Test
    void a_broken_connection_after_the_content_goes_to_a_senior_and_retries_alone_send_nothing() throws Exception {
        Case dunningCase = inDoubt();

        assertThat(only(dunningCase).state()).isEqualTo(ContactState.UNKNOWN);
        Task task = clarification(dunningCase);
        assertThat(tasks.getIdentityLinksForTask(task.getId()))
                .extracting(link -> link.getGroupId())
                .contains("seniorCollectors");
        assertThat(tasks.getVariables(task.getId()))
                .containsEntry("contactRecipient", dunningCase.address())
                .containsEntry("contactSubject", only(dunningCase).subject())
                .containsKeys("contactTriedAt", "customerName", "customerNumber");
        assertThat(String.valueOf(tasks.getVariable(task.getId(), "contactError")))
                .contains(only(dunningCase).messageId());
        assertThat(incidents(dunningCase)).isEqualTo(1);

        externalTasks.setRetries(step(dunningCase).getId(), 3);
        cases.drain(worker);
        externalTasks.setRetries(step(dunningCase).getId(), 3);
        cases.drain(worker);

        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        assertThat(step(dunningCase).getRetries()).isZero();
        assertThat(clarification(dunningCase).getId()).isEqualTo(task.getId());
    }

    @Test
    void found_to_have_been_sent_it_counts_from_when_it_was_tried_and_the_ladder_goes_on() throws Exception {
        Case dunningCase = inDoubt();
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofHours(3)));

        decide(dunningCase, "sara", Map.of("outcome", "wasSent", "note", "The provider has it in its log"));
        cases.drain(worker);

        Contact contact = only(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.SENT);
        assertThat(contact.sentAt()).isEqualTo(ContactCases.TUESDAY);
        assertThat(contact.resolvedBy()).isEqualTo("sara");
        assertThat(contact.note()).isEqualTo("The provider has it in its log");
        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(dunningCases.get(dunningCase.id()).lastContactAt()).isEqualTo(ContactCases.TUESDAY);
        assertThat(dunningCases.get(dunningCase.id()).rung()).isEqualTo(10);
        assertThat(incidents(dunningCase)).isZero();
    }

    @Test
    void found_not_to_have_been_sent_it_goes_out_as_a_new_attempt_in_the_name_of_who_decided() throws Exception {
        Case dunningCase = inDoubt();

        decide(dunningCase, "sara", Map.of("outcome", "sendAgain"));
        cases.drain(worker);

        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(cases.contacts(dunningCase))
                .extracting(Contact::attempt, Contact::state, Contact::sentBy)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(1, ContactState.FAILED, null),
                        org.assertj.core.groups.Tuple.tuple(2, ContactState.SENT, "sara"));
    }

    @Test
    void a_claim_without_its_worker_is_unknown_also_when_the_message_itself_is_lost() {
        Case dunningCase = cases.waiting("1250.00");
        claimedByADeadWorker(dunningCase);

        cases.drain(worker);

        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        Contact contact = only(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.UNKNOWN);
        assertThat(contact.messageId()).isEqualTo("<contact-" + contact.id() + ".dead@creditor.example>");
        assertThat(tasks.getVariables(clarification(dunningCase).getId()))
                .containsEntry("contactRecipient", dunningCase.address())
                .containsEntry("contactSubject", contact.subject());
    }

    @Test
    void with_its_case_the_question_ends() throws Exception {
        Case dunningCase = inDoubt();

        transaction.executeWithoutResult(status -> {
            jdbc.sql(
                            """
                            update dunning_case set state = 'CLOSED', outcome = 'SETTLED', closed_on = '2026-03-10' where id = :id
                            """)
                    .param("id", dunningCase.id())
                    .update();
            events.publishEvent(new CaseClosed(dunningCase.id(), DunningCase.Outcome.SETTLED));
        });

        assertThat(clarifications(dunningCase)).isEmpty();
        assertThat(only(dunningCase).state()).isEqualTo(ContactState.UNRESOLVED);
    }

    @Test
    void a_slow_worker_that_lost_its_lock_and_the_next_one_send_one_message_together() throws Exception {
        Case dunningCase = cases.waiting("1250.00");
        EmailWorker next = beans.createBean(EmailWorker.class);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (ScriptedMailServer server = new ScriptedMailServer()) {
            mailSettings.setPort(server.port());
            var inTheMiddle = server.pausesAt("END");
            Future<?> slow = pool.submit(() -> cases.drain(worker));
            assertThat(inTheMiddle.reached(180, TimeUnit.SECONDS)).isTrue();

            // The engine gives the step to the next worker, while the first has not yet heard from the mail server.
            cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(11)));
            Future<?> second = pool.submit(() -> cases.drain(next));
            untilSomebodyWaitsForTheContact();
            inTheMiddle.goOn();
            slow.get(180, TimeUnit.SECONDS);
            second.get(180, TimeUnit.SECONDS);

            assertThat(server.accepted()).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(only(dunningCase).state()).isEqualTo(ContactState.SENT);
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(clarifications(dunningCase)).isEmpty();
    }

    @Test
    void a_ladder_suspended_while_its_message_is_on_the_way_goes_on_later_without_a_second_message() throws Exception {
        Case dunningCase = cases.waiting("1250.00");
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try (ScriptedMailServer server = new ScriptedMailServer()) {
            mailSettings.setPort(server.port());
            var inTheMiddle = server.pausesAt("END");
            Future<?> sending = pool.submit(() -> cases.drain(worker));
            assertThat(inTheMiddle.reached(180, TimeUnit.SECONDS)).isTrue();
            runtime.suspendProcessInstanceById(dunningCase.ladder());
            inTheMiddle.goOn();
            sending.get(180, TimeUnit.SECONDS);
            assertThat(cases.steps(dunningCase)).containsExactly("sendReminder");

            runtime.activateProcessInstanceById(dunningCase.ladder());
            cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(11)));
            cases.drain(worker);

            assertThat(server.accepted()).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
    }

    /** The conversation is stopped on purpose, and this machine may be slow. */
    private void patience(String millis) {
        mailSettings.getSession().getProperties().put("mail.smtp.timeout", millis);
    }

    private Case inDoubt() throws Exception {
        Case dunningCase = cases.waiting("1250.00");
        try (ScriptedMailServer server = new ScriptedMailServer().answers("END", ScriptedMailServer.HANG_UP)) {
            mailSettings.setPort(server.port());
            cases.drain(worker);
        }
        goodMailServer();
        return dunningCase;
    }

    private void claimedByADeadWorker(Case dunningCase) {
        jdbc.sql(
                        """
                        insert into contact (case_id, customer_id, creditor_id, occurrence, rung, channel, state, language, claimed_at,
                                             claimed_by)
                        select id, customer_id, creditor_id, :occurrence, 10, 'EMAIL', 'SENDING', 'en', now(), 'dead'
                        from dunning_case where id = :id
                        """)
                .param("occurrence", dunningCase.ladder() + ":sendReminder")
                .param("id", dunningCase.id())
                .update();
    }

    private void decide(Case dunningCase, String person, Map<String, Object> form) {
        String task = clarification(dunningCase).getId();
        identity.setAuthentication(person, List.of("seniorCollectors", "camunda-admin"));
        try {
            tasks.complete(task, form);
        } finally {
            identity.clearAuthentication();
        }
    }

    /** The next worker stands before the row that the slow one holds; PostgreSQL knows. */
    private void untilSomebodyWaitsForTheContact() throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (jdbc.sql(
                                "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update contact%'")
                        .query(Long.class)
                        .single()
                == 0) {
            assertThat(System.nanoTime()).isLessThan(giveUp);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void goodMailServer() {
        mailSettings.setPort(mailServer.getSmtp().getPort());
    }

    private Task clarification(Case dunningCase) {
        assertThat(clarifications(dunningCase)).hasSize(1);
        return clarifications(dunningCase).get(0);
    }

    private List<Task> clarifications(Case dunningCase) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(dunningCase.number())
                .taskDefinitionKey("clarifyWhetherSent")
                .list();
    }

    private ExternalTask step(Case dunningCase) {
        return externalTasks
                .createExternalTaskQuery()
                .processInstanceId(dunningCase.ladder())
                .singleResult();
    }

    private long incidents(Case dunningCase) {
        return runtime.createIncidentQuery()
                .processInstanceId(dunningCase.ladder())
                .count();
    }

    private Contact only(Case dunningCase) {
        assertThat(cases.contacts(dunningCase)).hasSize(1);
        return cases.contacts(dunningCase).get(0);
    }
}
