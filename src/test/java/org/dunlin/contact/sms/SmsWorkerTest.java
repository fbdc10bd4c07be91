package org.dunlin.contact.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.text.Gsm7;
import org.dunlin.contact.twilio.NumberRefusals;
import org.dunlin.contact.twilio.Reference;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.contact.twilio.TwilioDouble.Behaviour;
import org.dunlin.contact.twilio.TwilioDouble.Received;
import org.dunlin.dunning.DunningCases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class SmsWorkerTest {

    @Autowired
    SmsWorker worker;

    @Autowired
    ContactCases cases;

    @Autowired
    DunningCases dunningCases;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    Portfolio portfolio;

    @Autowired
    NumberRefusals refusals;

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        cases.timeRunsAgain();
    }

    @Test
    void a_reminder_goes_out_once_is_kept_as_sent_and_the_ladder_goes_on() {
        Case dunningCase = waiting("1250.00", "300.00");

        drain();

        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        Received text = twilio.accepted(to(dunningCase)).get(0);
        Contact contact = onlyContact(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.SENT);
        assertThat(contact.channel()).isEqualTo(Channel.SMS);
        assertThat(contact.bodyText()).isEqualTo(text.body());
        assertThat(contact.bodyHtml()).isNull();
        assertThat(contact.recipient()).isEqualTo(to(dunningCase));
        assertThat(contact.theirId()).isEqualTo(text.sid());
        assertThat(contact.total()).hasToString("EUR 1550.00");
        assertThat(text.form().get("From")).isEqualTo(TwilioDouble.NUMBER);
        assertThat(text.callback()).isEqualTo("/twilio/status?contact=" + contact.messageId());
        assertThat(dunningCases.get(dunningCase.id()).rung()).isEqualTo(10);
        assertThat(dunningCases.get(dunningCase.id()).lastContactAt()).isEqualTo(ContactCases.TUESDAY);
    }

    @ParameterizedTest
    @CsvSource({
        "nl, van 2 facturen staat nog",
        "fr, sur 2 factures",
        "en, of 2 invoices is",
        "de, Von 2 Rechnungen sind"
    })
    void each_customer_reads_their_own_language_in_two_parts_at_most(String language, String words) {
        Case dunningCase = cases.waitingFor(Channel.SMS, "BE", language, "12500.00", "50.00");

        drain();

        String text = twilio.accepted(to(dunningCase)).get(0).body();
        assertThat(text).contains(words);
        assertThat(Gsm7.parts(text)).as(text).isLessThanOrEqualTo(2);
    }

    @Test
    void a_payment_committed_before_sending_stops_the_message() {
        Case dunningCase = waiting("1250.00");
        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1250.00");

        drain();

        assertThat(twilio.posts(to(dunningCase))).isZero();
        assertThat(onlyContact(dunningCase).state()).isEqualTo(ContactState.CANCELLED);
    }

    @Test
    void a_payment_that_comes_while_a_message_is_on_its_way_is_committed_after_it() throws Exception {
        ExecutorService payers = Executors.newCachedThreadPool();
        try {
            List<Case> all = new ArrayList<>();
            List<Future<?>> payments = Collections.synchronizedList(new ArrayList<>());
            AtomicInteger early = new AtomicInteger();
            for (int i = 0; i < 20; i++) {
                Case dunningCase = waiting("1250.00");
                all.add(dunningCase);
                twilio.whenReached(to(dunningCase), () -> {
                    CountDownLatch through = new CountDownLatch(1);
                    payments.add(payers.submit(() -> {
                        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1250.00");
                        through.countDown();
                    }));
                    if (happens(through)) {
                        early.incrementAndGet();
                    }
                });
            }

            drain();
            for (Future<?> payment : List.copyOf(payments)) {
                payment.get(1, TimeUnit.MINUTES);
            }

            assertThat(early).hasValue(0);
            assertThat(payments).hasSize(20);
            assertThat(all).allMatch(one -> onlyContact(one).state() == ContactState.SENT);
        } finally {
            payers.shutdownNow();
        }
    }

    private static boolean happens(CountDownLatch latch) {
        try {
            return latch.await(40, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void without_a_mobile_number_the_letter_goes_instead() {
        Case landline = waiting("1250.00");
        phone(landline, "+31201234567");
        Case none = waiting("1250.00");
        phone(none, null);

        drain();

        assertThat(cases.steps(landline)).containsExactly("sendByLetter");
        assertThat(cases.steps(none)).containsExactly("sendByLetter");
        assertThat(onlyContact(landline).detail()).isEqualTo("No mobile number");
    }

    @ParameterizedTest
    @CsvSource({"21211, UNREACHABLE", "21614, UNREACHABLE", "21610, OPTED_OUT", "21408,"})
    void a_number_that_twilio_refuses_for_good_means_a_letter(int code, NumberRefusals.Reason kept) {
        Case dunningCase = waiting("1250.00");
        twilio.on(to(dunningCase), Behaviour.error(400, code));

        drain();

        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        assertThat(cases.steps(dunningCase)).containsExactly("sendByLetter");
        assertThat(onlyContact(dunningCase).detail()).contains("Twilio " + code);
        assertThat(refusals.of(to(dunningCase), Channel.SMS).map(NumberRefusals.Refusal::reason))
                .isEqualTo(Optional.ofNullable(kept));
    }

    @Test
    void who_opted_out_is_not_even_asked_for() {
        Case dunningCase = waiting("1250.00");
        refusals.refused(to(dunningCase), Channel.SMS, NumberRefusals.Reason.OPTED_OUT, cases.now());

        drain();

        assertThat(twilio.posts(to(dunningCase))).isZero();
        assertThat(cases.steps(dunningCase)).containsExactly("sendByLetter");
        assertThat(onlyContact(dunningCase).detail()).contains("opted out");
    }

    @Test
    void too_many_requests_are_tried_later_once_each_time() {
        Case dunningCase = waiting("1250.00");
        twilio.on(to(dunningCase), Behaviour.error(429, 20429));

        drain();
        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        assertThat(onlyContact(dunningCase).state()).isEqualTo(ContactState.FAILED);
        assertThat(step(dunningCase).getLockExpirationTime().toInstant())
                .isEqualTo(ContactCases.TUESDAY.plus(Duration.ofMinutes(5)));
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(6)));
        drain();

        assertThat(twilio.posts(to(dunningCase))).isEqualTo(2);
        assertThat(twilio.accepted(to(dunningCase))).hasSize(1);
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
    }

    @Test
    void without_an_answer_twilio_is_asked_and_what_it_has_counts_as_sent() {
        Case dunningCase = waiting("1250.00");
        twilio.on(to(dunningCase), new Behaviour.HangUp(true));

        drain();

        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        Contact contact = onlyContact(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.SENT);
        assertThat(contact.theirId())
                .isEqualTo(twilio.accepted(to(dunningCase)).get(0).sid());
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(dunningCases.get(dunningCase.id()).rung()).isEqualTo(10);
        assertThat(questions(dunningCase)).isZero();
    }

    @Test
    void what_twilio_does_not_have_is_sent_again_when_it_cannot_come_any_more() {
        Case dunningCase = waiting("1250.00");
        twilio.on(to(dunningCase), new Behaviour.Answer(503, null, "<html>Sorry</html>"));

        drain();
        assertThat(onlyContact(dunningCase).state()).isEqualTo(ContactState.UNKNOWN);
        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(9)));
        drain();
        assertThat(twilio.posts(to(dunningCase))).as("it may still come").isEqualTo(1);
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(11)));
        drain();
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(17)));
        drain();

        assertThat(twilio.posts(to(dunningCase))).isEqualTo(2);
        assertThat(twilio.accepted(to(dunningCase))).hasSize(1);
        assertThat(cases.contacts(dunningCase))
                .extracting(Contact::state)
                .containsExactly(ContactState.SENT, ContactState.FAILED);
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(questions(dunningCase)).isZero();
    }

    @Test
    void a_message_that_a_dead_worker_was_sending_is_looked_for_and_else_a_person_is_asked() {
        Case sent = waiting("1250.00");
        Case lost = waiting("1250.00");
        for (Case dunningCase : List.of(sent, lost)) {
            long contact = claimedByADeadWorker(dunningCase);
            if (dunningCase == sent) {
                twilio.has(to(sent), "Some words " + "(" + Reference.mark("contact-" + contact + ".dead") + ")");
            }
        }

        drain();

        assertThat(onlyContact(sent).state()).isEqualTo(ContactState.SENT);
        assertThat(cases.steps(sent)).containsExactly("afterReminder");
        assertThat(questions(sent)).isZero();
        assertThat(onlyContact(lost).state()).isEqualTo(ContactState.UNKNOWN);
        assertThat(questions(lost)).isEqualTo(1);
        assertThat(twilio.posts(to(sent)) + twilio.posts(to(lost))).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "NL, 2026-03-10T07:30:00Z, 2026-03-10T08:00:00Z", // half past eight in the Netherlands
        "NL, 2026-03-10T19:00:00Z, 2026-03-11T08:00:00Z", // eight in the evening
        "BE, 2026-07-21T09:00:00Z, 2026-07-22T07:00:00Z", // the national day of the customer's country only
        "US, 2026-03-10T14:00:00Z, 2026-03-10T16:00:00Z", // ten in New York, seven in Los Angeles
        "XX, 2026-03-10T07:30:00Z, 2026-03-10T08:00:00Z" // unknown: the creditor's
    })
    void in_quiet_hours_and_on_days_off_of_the_customers_country_a_message_waits(
            String country, Instant now, Instant from) {
        cases.itIs(now);
        Case dunningCase = cases.waitingFor(Channel.SMS, country, "en", "1250.00");

        drain();
        assertThat(twilio.posts(to(dunningCase))).isZero();
        cases.itIs(from.minusSeconds(1));
        drain();
        assertThat(twilio.posts(to(dunningCase))).isZero();
        cases.itIs(from.plusSeconds(1));
        drain();

        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        assertThat(onlyContact(dunningCase).attempt()).isEqualTo(1);
    }

    private Case waiting(String... amounts) {
        return cases.waitingFor(Channel.SMS, "NL", "en", amounts);
    }

    private long claimedByADeadWorker(Case dunningCase) {
        return jdbc.sql(
                        """
                        insert into contact (case_id, customer_id, creditor_id, occurrence, rung, channel, state, language, claimed_at, claimed_by)
                        select id, customer_id, creditor_id, :occurrence, 10, 'SMS', 'SENDING', 'en', :at, 'dead'
                        from dunning_case where id = :id returning id
                        """)
                .param("occurrence", dunningCase.ladder() + ":sendReminder")
                .param("at", java.sql.Timestamp.from(cases.now()))
                .param("id", dunningCase.id())
                .query(Long.class)
                .single();
    }

    private void phone(Case dunningCase, String number) {
        jdbc.sql("update contact_person set phone = :number where customer_id = :id")
                .param("number", number)
                .param("id", dunningCase.customer())
                .update();
    }

    private String to(Case dunningCase) {
        return cases.phone(dunningCase);
    }

    private void drain() {
        cases.drain(worker);
    }

    private Contact onlyContact(Case dunningCase) {
        List<Contact> contacts = cases.contacts(dunningCase);
        assertThat(contacts).hasSize(1);
        return contacts.get(0);
    }

    private ExternalTask step(Case dunningCase) {
        return externalTasks
                .createExternalTaskQuery()
                .processInstanceId(dunningCase.ladder())
                .singleResult();
    }

    private long questions(Case dunningCase) {
        return tasks.createTaskQuery()
                .taskDefinitionKey("clarifyWhetherSent")
                .processInstanceBusinessKey(dunningCase.number())
                .count();
    }
}
