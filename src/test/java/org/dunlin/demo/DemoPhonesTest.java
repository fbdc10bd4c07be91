package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.twilio.http.HttpClient;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.dunlin.DunlinTest;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.sms.InboundTexts;
import org.dunlin.contact.twilio.DeliveryReports;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.contact.twilio.TwilioDouble.Received;
import org.dunlin.contact.twilio.TwilioProperties;
import org.dunlin.contact.voice.Conversations;
import org.dunlin.contact.voice.VoiceDialogue;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

/** In the demo nothing leaves the machine, and the customers answer all the same. */
@DunlinTest
class DemoPhonesTest {

    @Autowired
    ContactCases cases;

    @Autowired
    List<Worker> workers;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    DeliveryReports reports;

    @Autowired
    VoiceDialogue dialogue;

    @Autowired
    InboundTexts texts;

    @Autowired
    Conversations conversations;

    @Autowired
    DunlinClock clock;

    @AfterEach
    void everythingAsBefore() {
        cases.timeRunsAgain();
    }

    @Test
    void whatever_account_is_configured_the_demo_uses_none() {
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class, DemoPhoneConfiguration.class)
                .withPropertyValues(
                        "dunlin.demo=true", "dunlin.twilio.account-sid=ACreal", "dunlin.twilio.auth-token=real")
                .run(context -> {
                    assertThat(context.getBean(TwilioProperties.class).accountSid())
                            .isEqualTo("ACdemo");
                    assertThat(context.getBean(HttpClient.class)).isInstanceOf(DemoTwilio.class);
                });
    }

    @Test
    void what_the_demo_took_it_can_be_asked_for() {
        DemoPhones phones = new DemoPhones(clock);
        TwilioRestClient client = new TwilioRestClient.Builder("ACdemo", "token")
                .httpClient(new DemoTwilio(phones))
                .build();

        String sid = Message.creator(new PhoneNumber("+33639980101"), new PhoneNumber("+447700900100"), "Bonjour")
                .setStatusCallback("http://demo.invalid/twilio/status?contact=contact-1.claim")
                .create(client)
                .getSid();

        assertThat(StreamSupport.stream(
                                Message.reader()
                                        .setTo(new PhoneNumber("+33639980101"))
                                        .read(client)
                                        .spliterator(),
                                false)
                        .map(Message::getSid))
                .containsExactly(sid);
    }

    @Test
    void customers_take_messages_and_calls_in_their_own_ways() {
        cases.itIs(ContactCases.TUESDAY);
        Set<String> outcomes = new HashSet<>();
        Set<String> states = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            Case called = cases.waitingFor(Channel.VOICE, "NL", "en", "100.00");
            play(called);
            conversations
                    .find(cases.contacts(called).get(0).id())
                    .ifPresent(conversation -> outcomes.add(conversation.outcome()));
            states.add(cases.contacts(called).get(0).delivery().state());
        }
        Case texted = cases.waitingFor(Channel.SMS, "NL", "en", "100.00");
        play(texted);

        assertThat(outcomes).contains("willPay", "callBack", "answeringMachine");
        assertThat(states).containsExactlyInAnyOrder("completed", "no-answer");
        assertThat(cases.contacts(texted).get(0).delivery().state()).isEqualTo("delivered");
    }

    private void play(Case dunningCase) {
        workers.stream()
                .filter(worker -> worker.getClass().getSimpleName().matches("(Sms|Voice)Worker"))
                .forEach(cases::drain);
        DemoPhones phones = new DemoPhones(clock);
        DemoAnswers answers = new DemoAnswers(phones, reports, dialogue, texts);
        for (Received one : twilio.accepted(cases.phone(dunningCase))) {
            // Twilio's double knows it under another sid than the demo would give.
            var taken = phones.take(one.call(), one.form());
            answers.notice(new DemoPhones.Taken(
                    one.sid(),
                    taken.call(),
                    taken.to(),
                    taken.from(),
                    taken.body(),
                    taken.created(),
                    taken.reference()));
        }
    }

    @EnableConfigurationProperties({DunlinProperties.class, TwilioProperties.class})
    static class Settings {

        @Bean
        DunlinClock clock() {
            return mock();
        }
    }
}
