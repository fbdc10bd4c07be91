package org.dunlin.contact.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.Pace;
import org.dunlin.contact.clarify.UnknownContacts;
import org.dunlin.contact.delivery.CrashPoint.Point;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.platform.engine.Worker;
import org.dunlin.receivables.Receivables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Promise R1 for text messages and calls: a worker that dies at any point leaves a message that was offered at most once, and Twilio is
 * asked before a person is.
 */
@DunlinTest
class PhoneAtMostOnceTest {

    @Autowired
    ExternalTaskService externalTasks;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Receivables receivables;

    @Autowired
    Occasions occasions;

    @Autowired
    org.dunlin.contact.details.ContactDetails details;

    @Autowired
    org.dunlin.contact.sending.Sending sending;

    @Autowired
    org.dunlin.contact.sending.RestoredBackup backup;

    @Autowired
    ContactLog log;

    @Autowired
    List<SpeakingRule> rules;

    @Autowired
    List<Carrier> carriers;

    @Autowired
    UnknownContacts unknown;

    @Autowired
    EngineBatch engineBatch;

    @Autowired
    Pace pace;

    @Autowired
    DeliveryKit kit;

    @Autowired
    ContactCases cases;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    TaskService tasks;

    @Autowired
    Clock clock;

    /** Nothing of ours catches it, like the end of a process. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        cases.timeRunsAgain();
    }

    @ParameterizedTest
    @CsvSource({
        "SMS, CLAIMED, 'offered 0, UNKNOWN, sendReminder, asked 1'",
        "SMS, ABOUT_TO_SEND, 'offered 0, UNKNOWN, sendReminder, asked 1'",
        "SMS, HANDED_OVER, 'offered 1, SENT, afterReminder, asked 0'",
        "SMS, MARKED, 'offered 1, SENT, afterReminder, asked 0'",
        "SMS, COMMITTED, 'offered 1, SENT, afterReminder, asked 0'",
        "VOICE, CLAIMED, 'offered 0, UNKNOWN, sendReminder, asked 1'",
        "VOICE, HANDED_OVER, 'offered 1, SENT, afterReminder, asked 0'",
        "VOICE, COMMITTED, 'offered 1, SENT, afterReminder, asked 0'"
    })
    void a_worker_that_dies_leaves_nothing_that_is_offered_twice(Channel channel, Point point, String outcome) {
        Case dunningCase = cases.waitingFor(channel, "NL", "en", "1250.00");

        Worker doomed = worker(channel, dyingAt(point));
        assertThatThrownBy(doomed::runOnce).isInstanceOf(Death.class);
        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(15)));
        cases.drain(new DeliveryWorker(kit, carrier(channel), carrier(channel).topic()) {});

        assertThat(outcome(dunningCase)).isEqualTo(outcome);
    }

    private String outcome(Case dunningCase) {
        return "offered %d, %s, %s, asked %d"
                .formatted(
                        twilio.posts(cases.phone(dunningCase)),
                        cases.contacts(dunningCase).stream()
                                .map(Contact::state)
                                .map(Enum::name)
                                .collect(Collectors.joining(" ")),
                        String.join(" ", cases.steps(dunningCase)),
                        tasks.createTaskQuery()
                                .taskDefinitionKey("clarifyWhetherSent")
                                .processInstanceBusinessKey(dunningCase.number())
                                .count());
    }

    private Worker worker(Channel channel, CrashPoint crashPoint) {
        var beans = new StaticListableBeanFactory();
        beans.addBean("crashPoint", crashPoint);
        Delivery delivery = new Delivery(
                externalTasks,
                transaction,
                receivables,
                occasions,
                log,
                rules,
                carriers,
                details,
                beans.getBeanProvider(CrashPoint.class),
                clock);
        DeliveryKit deadly = new DeliveryKit(
                externalTasks, log, delivery, unknown, engineBatch, pace, details, sending, backup, clock);
        return new DeliveryWorker(deadly, carrier(channel), carrier(channel).topic()) {};
    }

    private static CrashPoint dyingAt(Point point) {
        return reached -> {
            if (reached == point) {
                throw new Death();
            }
        };
    }

    private Carrier carrier(Channel channel) {
        return carriers.stream()
                .filter(carrier -> carrier.channel() == channel)
                .findFirst()
                .orElseThrow();
    }
}
