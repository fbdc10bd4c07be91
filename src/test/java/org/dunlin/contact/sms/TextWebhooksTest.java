package org.dunlin.contact.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactBounced;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.inbound.CustomerWord;
import org.dunlin.contact.inbound.CustomerWords;
import org.dunlin.contact.twilio.DeliveryReports;
import org.dunlin.contact.twilio.NumberRefusals;
import org.dunlin.contact.twilio.NumberRefusals.Reason;
import org.dunlin.contact.twilio.Reference;
import org.dunlin.contact.twilio.TwilioCaller;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.contact.twilio.TwilioDouble.Behaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** What Twilio tells about text messages, and what customers write back. */
@DunlinTest
@RecordApplicationEvents
class TextWebhooksTest {

    @Autowired
    SmsWorker worker;

    @Autowired
    ContactCases cases;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    NumberRefusals refusals;

    @Autowired
    CustomerWords words;

    @Autowired
    DeliveryReports reports;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    @Autowired
    ApplicationEvents events;

    @LocalServerPort
    int port;

    private TwilioCaller caller;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
        caller = new TwilioCaller(port);
    }

    @AfterEach
    void everythingAsBefore() {
        cases.timeRunsAgain();
    }

    @Test
    void what_becomes_of_a_message_only_ever_goes_forward() {
        Case dunningCase = sent();

        tell(dunningCase, "sent");
        tell(dunningCase, "queued");
        assertThat(contact(dunningCase).delivery().state()).isEqualTo("sent");
        tell(dunningCase, "delivered");
        tell(dunningCase, "undelivered");
        tell(dunningCase, "sent");
        tell(dunningCase, "no word of Twilio's");

        assertThat(contact(dunningCase).delivery().state()).isEqualTo("delivered");
        assertThat(contact(dunningCase).state()).isEqualTo(ContactState.SENT);
        assertThat(events.stream(ContactBounced.class)).isEmpty();
    }

    @Test
    void a_message_that_does_not_arrive_is_a_bounce_once() {
        Case dunningCase = sent();
        Reference reference = Reference.parse(contact(dunningCase).messageId()).orElseThrow();

        for (int i = 0; i < 3; i++) {
            reports.told(reference, sid(dunningCase), "undelivered", 30006);
        }

        Contact contact = contact(dunningCase);
        assertThat(contact.delivery().state()).isEqualTo("undelivered");
        assertThat(contact.delivery().detail()).isEqualTo("Twilio 30006");
        assertThat(events.stream(ContactBounced.class))
                .containsExactly(new ContactBounced(contact.id(), Channel.SMS, true, "undelivered, Twilio 30006"));
        assertThat(refusals.of(to(dunningCase), Channel.SMS))
                .map(NumberRefusals.Refusal::reason)
                .contains(Reason.UNREACHABLE);
    }

    @Test
    void a_report_about_another_message_or_attempt_changes_nothing() {
        Case dunningCase = sent();
        Contact contact = contact(dunningCase);

        caller.post(
                "/twilio/status?contact=" + contact.messageId(),
                Map.of("MessageSid", "SMof-another", "MessageStatus", "delivered"));
        caller.post(
                "/twilio/status?contact=contact-" + contact.id() + ".another-claim",
                Map.of("MessageSid", contact.theirId(), "MessageStatus", "delivered"));
        caller.post(
                "/twilio/status?contact=%27%20or%201%3D1",
                Map.of("MessageSid", contact.theirId(), "MessageStatus", "delivered"));

        assertThat(contact(dunningCase).delivery()).isNull();
    }

    @Test
    void a_report_about_a_message_in_doubt_says_that_it_was_sent() {
        Case dunningCase = cases.waitingFor(Channel.SMS, "NL", "en", "1250.00");
        twilio.on(to(dunningCase), new Behaviour.Answer(503, null, "Sorry"));
        cases.drain(worker);
        Contact contact = contact(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.UNKNOWN);

        caller.post(
                "/twilio/status?contact=" + contact.messageId(),
                Map.of("MessageSid", "SMthat-arrived-" + contact.id(), "MessageStatus", "sent"));

        assertThat(contact(dunningCase).state()).isEqualTo(ContactState.SENT);
        cases.itIs(ContactCases.TUESDAY.plusSeconds(11 * 60));
        cases.drain(worker);
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, ''",
        "'stop.', ''",
        "Stoppen, You will get no more",
        "UITSCHRIJVEN!, You will get no more",
        "arrêt, You will get no more",
        "STOPP, You will get no more",
        "abmelden, You will get no more"
    })
    void stop_in_any_language_is_obeyed_at_once_and_confirmed_once(String word, String confirmation) {
        Case dunningCase = sent();

        String answer = write(dunningCase, word, "SM-" + word + Portfolio.unique(""));

        assertThat(refusals.of(to(dunningCase), Channel.SMS))
                .map(NumberRefusals.Refusal::reason)
                .contains(Reason.OPTED_OUT);
        assertThat(answer).startsWith("<?xml").contains(confirmation);
        assertThat(answer.contains("<Message>")).isEqualTo(!confirmation.isEmpty());
        assertThat(replies(dunningCase)).isEmpty();
    }

    @Test
    void start_takes_it_back_and_an_old_stop_delivered_again_does_not_return() {
        Case dunningCase = sent();

        write(dunningCase, "STOP", "SMstop" + dunningCase.id());
        write(dunningCase, "Start", "SMstart" + dunningCase.id());
        assertThat(refusals.of(to(dunningCase), Channel.SMS)).isEmpty();
        write(dunningCase, "STOP", "SMstop" + dunningCase.id());

        assertThat(refusals.of(to(dunningCase), Channel.SMS)).isEmpty();
        assertThat(words.answering(contact(dunningCase).id()))
                .extracting(CustomerWord::meaning)
                .containsExactly(CustomerWord.Meaning.STOP, CustomerWord.Meaning.START);
    }

    @Test
    void anything_else_is_for_a_collector_once_and_shows_no_markup() {
        Case dunningCase = sent();
        String text =
                "I want to STOP by tomorrow. <script>alert(1)</script> **[pay](https://evil.example)** \u0000\u0007";

        write(dunningCase, text, "SMtext" + dunningCase.id());
        write(dunningCase, text, "SMtext" + dunningCase.id());

        assertThat(refusals.of(to(dunningCase), Channel.SMS)).isEmpty();
        List<Task> replies = replies(dunningCase);
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).getName()).startsWith("Answer customer: ");
        assertThat(tasks.getIdentityLinksForTask(replies.get(0).getId()))
                .anyMatch(link -> "juniorCollectors".equals(link.getGroupId()));
        assertThat((String) tasks.getVariable(replies.get(0).getId(), "customerWords"))
                .contains("I want to STOP by tomorrow")
                .doesNotContain("<", "[", "*");

        identity.setAuthentication("demo-collector", List.of("juniorCollectors"));
        try {
            tasks.complete(replies.get(0).getId(), Map.of("outcome", "answered", "note", "Comes tomorrow"));
        } finally {
            identity.clearAuthentication();
        }

        CustomerWord word = words.answering(contact(dunningCase).id()).stream()
                .max(Comparator.comparing(CustomerWord::id))
                .orElseThrow();
        assertThat(word.outcome()).isEqualTo("answered");
        assertThat(word.answeredBy()).isEqualTo("demo-collector");
        assertThat(word.note()).isEqualTo("Comes tomorrow");
    }

    @Test
    void a_text_from_a_number_that_is_nobodys_reaches_the_seniors() {
        String number = "+31699%06d".formatted(System.nanoTime() % 1_000_000);

        caller.post(
                "/twilio/inbound",
                Map.of(
                        "MessageSid",
                        Portfolio.unique("SMnobody"),
                        "From",
                        number,
                        "To",
                        TwilioDouble.NUMBER,
                        "Body",
                        "Who?"));

        List<Task> replies = tasks.createTaskQuery()
                .taskDefinitionKey("replyToCustomer")
                .processInstanceBusinessKey(number)
                .list();
        assertThat(replies).hasSize(1);
        assertThat(tasks.getIdentityLinksForTask(replies.get(0).getId()))
                .anyMatch(link -> "seniorCollectors".equals(link.getGroupId()));
    }

    private Case sent() {
        Case dunningCase = cases.waitingFor(Channel.SMS, "NL", "en", "1250.00");
        cases.drain(worker);
        return dunningCase;
    }

    private void tell(Case dunningCase, String status) {
        assertThat(caller.post(
                                twilio.accepted(to(dunningCase)).get(0).callback(),
                                Map.of("MessageSid", sid(dunningCase), "MessageStatus", status))
                        .statusCode())
                .isEqualTo(204);
    }

    private String write(Case dunningCase, String body, String sid) {
        var answer = caller.post(
                "/twilio/inbound",
                Map.of("MessageSid", sid, "From", to(dunningCase), "To", TwilioDouble.NUMBER, "Body", body));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private List<Task> replies(Case dunningCase) {
        return tasks.createTaskQuery()
                .taskDefinitionKey("replyToCustomer")
                .processInstanceBusinessKey(dunningCase.number())
                .list();
    }

    private String to(Case dunningCase) {
        return cases.phone(dunningCase);
    }

    private String sid(Case dunningCase) {
        return twilio.accepted(to(dunningCase)).get(0).sid();
    }

    private Contact contact(Case dunningCase) {
        return cases.contacts(dunningCase).get(0);
    }
}
