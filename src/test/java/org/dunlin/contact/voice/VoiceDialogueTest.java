package org.dunlin.contact.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.twilio.TwilioCaller;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.contact.twilio.TwilioDouble.Behaviour;
import org.dunlin.contact.twilio.TwilioDouble.Received;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Automated calls, answered in every way. */
@DunlinTest
class VoiceDialogueTest {

    @Autowired
    VoiceWorker worker;

    @Autowired
    ContactCases cases;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Holds holds;

    @Autowired
    DunningCases dunningCases;

    @Autowired
    VoiceDialogue dialogue;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

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
    void a_call_is_placed_once_kept_with_its_words_and_the_ladder_goes_on() {
        Case dunningCase = called();

        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        Received call = twilio.accepted(to(dunningCase)).get(0);
        assertThat(call.call()).isTrue();
        assertThat(call.form().get("Url")).startsWith(TwilioDouble.PUBLIC + "/twilio/voice/answer?contact=contact-");
        assertThat(call.form().get("MachineDetection")).isEqualTo("DetectMessageEnd");
        Contact contact = contact(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.SENT);
        assertThat(contact.bodyText()).contains("1250 euros of an invoice");
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
    }

    @ParameterizedTest
    @CsvSource({"nl, nl-NL, Toets 1", "fr, fr-FR, tapez 1", "en, en-GB, press 1", "de, de-DE, drücken Sie die 1"})
    void whoever_takes_the_phone_hears_in_the_customers_language_who_calls_and_nothing_else(
            String language, String code, String key) throws Exception {
        Case dunningCase = cases.waitingFor(Channel.VOICE, "BE", language, "1250.00");
        cases.drain(worker);

        Document hello = answer(dunningCase, "human");

        Element say = (Element) hello.getElementsByTagName("Say").item(0);
        assertThat(say.getAttribute("language")).isEqualTo(code);
        assertThat(say.getTextContent())
                .contains("Trading")
                .contains(key)
                .doesNotContain("1250", "INV-", "Sam", "CUST-");
    }

    @Test
    void one_key_for_the_message_one_for_a_promise_one_to_confirm_it() throws Exception {
        Case dunningCase = called();

        answer(dunningCase, "human");
        assertThat(said(press(dunningCase, 0, "1")))
                .contains("1250 euros of an invoice", "pay by Tuesday 17 March, press 1");
        assertThat(said(press(dunningCase, 1, "1"))).contains("You will pay 1250 euros by Tuesday 17 March");
        Document thanks = press(dunningCase, 2, "1");

        assertThat(said(thanks)).contains("noted that you will pay by Tuesday 17 March");
        assertThat(thanks.getElementsByTagName("Hangup").getLength()).isEqualTo(1);
        assertThat(contact(dunningCase).detail()).isEqualTo("willPay");
        assertThat(holds.ofCustomer(dunningCase.customer())).singleElement().satisfies(promise -> {
            assertThat(promise.kind()).isEqualTo(Hold.Kind.PROMISE);
            assertThat(promise.endsOn()).isEqualTo(LocalDate.of(2026, 3, 17));
            assertThat(promise.amount()).hasToString("EUR 1250.00");
        });
    }

    @Test
    void a_key_delivered_again_gets_the_same_answer_and_promises_nothing_twice() throws Exception {
        Case dunningCase = called();
        answer(dunningCase, "human");
        press(dunningCase, 0, "1");
        press(dunningCase, 1, "1");

        String first = said(press(dunningCase, 2, "1"));
        assertThat(said(press(dunningCase, 2, "1"))).isEqualTo(first);
        assertThat(said(press(dunningCase, 2, "2"))).as("another key too late").isEqualTo(first);
        assertThat(said(press(dunningCase, 3, "1"))).as("after the end").isEmpty();

        assertThat(holds.ofCustomer(dunningCase.customer())).hasSize(1);
        assertThat(dialogue.turns(contact(dunningCase).id())).hasSize(4);
    }

    @Test
    void two_brings_a_call_task_for_a_collector_once() throws Exception {
        Case dunningCase = called();
        answer(dunningCase, "human");
        press(dunningCase, 0, "1");

        assertThat(said(press(dunningCase, 1, "2"))).contains("A colleague will call you");
        press(dunningCase, 1, "2");

        assertThat(tasks.createTaskQuery()
                        .taskDefinitionKey("replyToCustomer")
                        .processInstanceBusinessKey(dunningCase.number())
                        .list())
                .hasSize(1);
        assertThat(holds.ofCustomer(dunningCase.customer())).isEmpty();
    }

    @Test
    void three_repeats_and_who_says_nothing_is_not_kept_for_ever() throws Exception {
        Case dunningCase = called();
        answer(dunningCase, "human");
        String message = said(press(dunningCase, 0, "1"));

        assertThat(said(press(dunningCase, 1, "3"))).isEqualTo(message);
        assertThat(said(press(dunningCase, 2, ""))).isEqualTo(message);
        Document end = press(dunningCase, 3, "");

        assertThat(said(end)).contains("Goodbye");
        assertThat(end.getElementsByTagName("Hangup").getLength()).isEqualTo(1);
        assertThat(dialogue.end(contact(dunningCase).id()).map(Step::outcome)).contains("listened");
    }

    @Test
    void who_never_asks_for_the_message_does_not_hear_it() throws Exception {
        Case dunningCase = called();

        answer(dunningCase, "human");
        press(dunningCase, 0, "2");
        press(dunningCase, 1, "");
        Document end = press(dunningCase, 2, "9");

        assertThat(said(end)).contains("Goodbye");
        assertThat(dialogue.turns(contact(dunningCase).id()))
                .noneMatch(turn -> turn.said().contains("1250"));
    }

    @ParameterizedTest
    @CsvSource({"machine_end_beep", "machine_end_other", "fax"})
    void a_machine_is_told_no_amount(String answeredBy) throws Exception {
        Case dunningCase = called();

        Document spoken = answer(dunningCase, answeredBy);

        assertThat(said(spoken)).contains("We have a message for you").doesNotContain("1250", "INV-", "open");
        assertThat(spoken.getElementsByTagName("Gather").getLength()).isZero();
    }

    @Test
    void what_was_paid_while_the_phone_rang_is_not_asked_for() throws Exception {
        Case dunningCase = called();
        answer(dunningCase, "human");
        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1250.00");

        assertThat(said(press(dunningCase, 0, "1"))).contains("Nothing is open").doesNotContain("1250");
    }

    @Test
    void what_was_paid_before_the_last_key_is_not_promised() throws Exception {
        Case dunningCase = called();
        answer(dunningCase, "human");
        press(dunningCase, 0, "1");
        press(dunningCase, 1, "1");
        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1250.00");

        assertThat(said(press(dunningCase, 2, "1"))).contains("Nothing is open");
        assertThat(holds.ofCustomer(dunningCase.customer())).isEmpty();
    }

    @Test
    void names_are_words_and_never_commands() throws Exception {
        Case dunningCase = called();
        jdbc.sql("update creditor set name = :name where id = :id")
                .param("name", "<Dial>+900</Dial> & \"Sons\" {0} ${x}")
                .param("id", dunningCases.get(dunningCase.id()).creditorId())
                .update();

        Document hello = answer(dunningCase, "human");

        assertThat(hello.getElementsByTagName("Dial").getLength()).isZero();
        assertThat(said(hello)).contains("<Dial>+900</Dial> & \"Sons\" {0} ${x}");
    }

    @Test
    void another_call_cannot_go_on_with_this_one() throws Exception {
        Case dunningCase = called();
        answer(dunningCase, "human");
        String address = "/twilio/voice/key?contact=" + contact(dunningCase).messageId() + "&turn=0";

        String twiml = caller.post(address, Map.of("CallSid", "CAnother", "Digits", "1"))
                .body();

        assertThat(twiml).contains("<Hangup/>").doesNotContain("Say");
        assertThat(dialogue.turns(contact(dunningCase).id())).hasSize(1);
    }

    @Test
    void nobody_answers_and_the_rung_is_done() {
        Case dunningCase = called();

        caller.post(
                twilio.accepted(to(dunningCase)).get(0).callback(),
                Map.of("CallSid", sid(dunningCase), "CallStatus", "no-answer"));

        assertThat(contact(dunningCase).delivery().state()).isEqualTo("no-answer");
        assertThat(dunningCases.get(dunningCase.id()).rung()).isEqualTo(10);
        assertThat(dialogue.end(contact(dunningCase).id())).isEmpty();
    }

    @Test
    void a_call_in_doubt_is_looked_up_and_not_placed_again() {
        Case dunningCase = cases.waitingFor(Channel.VOICE, "NL", "en", "1250.00");
        twilio.on(to(dunningCase), new Behaviour.HangUp(true));

        cases.drain(worker);

        assertThat(twilio.posts(to(dunningCase))).isEqualTo(1);
        assertThat(contact(dunningCase).state()).isEqualTo(ContactState.SENT);
        assertThat(contact(dunningCase).theirId()).isEqualTo(sid(dunningCase));
        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
    }

    @Test
    void nobody_is_called_in_the_evening() {
        cases.itIs(ContactCases.TUESDAY.plusSeconds(9 * 60 * 60));
        Case dunningCase = cases.waitingFor(Channel.VOICE, "NL", "en", "1250.00");

        cases.drain(worker);

        assertThat(twilio.posts(to(dunningCase))).isZero();
        assertThat(contact(dunningCase).state()).isEqualTo(ContactState.CANCELLED);
    }

    private Case called() {
        Case dunningCase = cases.waitingFor(Channel.VOICE, "NL", "en", "1250.00");
        cases.drain(worker);
        return dunningCase;
    }

    private Document answer(Case dunningCase, String answeredBy) throws Exception {
        String url = twilio.accepted(to(dunningCase)).get(0).form().get("Url");
        return xml(caller.post(
                        url.substring(TwilioDouble.PUBLIC.length()),
                        Map.of("CallSid", sid(dunningCase), "CallStatus", "in-progress", "AnsweredBy", answeredBy))
                .body());
    }

    private Document press(Case dunningCase, int turn, String digits) throws Exception {
        String address = "/twilio/voice/key?contact=" + contact(dunningCase).messageId() + "&turn=" + turn;
        Map<String, String> form = digits.isEmpty()
                ? Map.of("CallSid", sid(dunningCase))
                : Map.of("CallSid", sid(dunningCase), "Digits", digits);
        return xml(caller.post(address, form).body());
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static String said(Document twiml) {
        return twiml.getDocumentElement().getTextContent();
    }

    private String to(Case dunningCase) {
        return cases.phone(dunningCase);
    }

    private String sid(Case dunningCase) {
        return twilio.accepted(to(dunningCase)).get(0).sid();
    }

    private Contact contact(Case dunningCase) {
        List<Contact> contacts = cases.contacts(dunningCase);
        assertThat(contacts).hasSize(1);
        return contacts.get(0);
    }
}
