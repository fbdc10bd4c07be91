package org.dunlin.contact.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.Channel;
import org.dunlin.contact.delivery.Delivery.Claimed;
import org.dunlin.contact.log.Attempt;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.ContactLog.Taken;
import org.dunlin.contact.log.NewContact;
import org.dunlin.dunning.Debtor;
import org.dunlin.dunning.LadderChanges;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A case changes its ladder while a worker has its message in hand: the customer hears it once, whatever comes first. */
@DunlinTest
class LadderChangedWhileSendingTest {

    private static final LocalDate DUE = LocalDate.of(2026, 2, 3);
    private static final LocalDate REMINDED = LocalDate.of(2026, 2, 5);

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Ledger ledger;

    @Autowired
    Slate slate;

    @Autowired
    DunlinClock clock;

    @Autowired
    LadderChanges changes;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    ContactLog log;

    @Autowired
    Delivery delivery;

    @Autowired
    List<Carrier> carriers;

    @Autowired
    ExternalTaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    private LockedExternalTask task;

    /** The reminder is due, a worker has fetched it, and the customer has been due for another ladder for long enough. */
    @BeforeEach
    void aWorkerHasTheReminderInHand() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 30));
        debtor.of("NL", 30).owes("1000.00", DUE);
        debtor.until(LocalDate.of(2026, 2, 4));
        at(REMINDED.atTime(LocalTime.of(9, 0)).atZone(Timeline.AMSTERDAM).toInstant());
        management.executeJob(management
                .createJobQuery()
                .activityId("waitBeforeReminder")
                .singleResult()
                .getId());
        task = tasks.fetchAndLock(1, "the-worker")
                .topic("email", Duration.ofMinutes(10).toMillis())
                .variables("caseId")
                .includeExtensionProperties()
                .execute()
                .get(0);
        jdbc.sql("update customer set employees = 5 where id = :id")
                .param("id", debtor.customer())
                .update();
        profiles.refresh(List.of(debtor.customer()), REMINDED);
        scores.score(List.of(debtor.customer()), REMINDED);
        jdbc.sql("update dunning_case set wanted_ladder = 'light', wanted_since = date '2026-01-05'")
                .update();
    }

    @Test
    void sent_but_not_yet_completed_the_new_ladder_is_entered_above_it() {
        Claimed claimed = claim();
        assertThat(deliver(claimed)).isInstanceOf(Delivery.Outcome.Sent.class);

        assertThat(changes.adapt()).isEqualTo(1);
        assertThatThrownBy(() -> tasks.complete(task.getId(), "the-worker")).isInstanceOf(NotFoundException.class);
        debtor.until(LocalDate.of(2026, 2, 16));

        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(contacts()).containsExactly("10 SENT", "30 SENT");
    }

    @Test
    void claimed_and_not_yet_sent_the_case_stays_until_it_is_known_what_became_of_it() {
        Claimed claimed = claim();

        assertThat(changes.adapt()).isZero();
        assertThat(runtime.getActiveActivityIds(task.getProcessInstanceId())).containsExactly("sendReminder");
        assertThat(deliver(claimed)).isInstanceOf(Delivery.Outcome.Sent.class);
        tasks.complete(task.getId(), "the-worker");
        debtor.until(LocalDate.of(2026, 2, 16));

        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(contacts()).containsExactly("10 SENT", "30 SENT");
    }

    @Test
    void a_message_of_unknown_result_keeps_the_case_where_it_is() {
        Claimed claimed = claim();
        log.unknown(claimed.contactId(), "the line went dead");

        assertThat(changes.adapt()).isZero();
        assertThat(runtime.getActiveActivityIds(task.getProcessInstanceId())).containsExactly("sendReminder");
    }

    @Test
    void fetched_before_and_claimed_after_the_change_it_is_not_sent_from_the_old_ladder_but_once_from_the_new() {
        assertThat(changes.adapt()).isEqualTo(1);

        assertThat(deliver(claim())).isInstanceOf(Delivery.Outcome.HandsOff.class);
        assertThat(contacts()).containsExactly("10 CANCELLED");
        timeline.settleDown();
        debtor.until(LocalDate.of(2026, 2, 16));

        assertThat(debtor.ladder()).isEqualTo("light");
        assertThat(contacts()).containsExactly("10 CANCELLED", "10 SENT", "30 SENT");
    }

    @Test
    void a_customer_merged_after_the_claim_is_written_to_under_the_lock_of_the_customer_it_is_now() {
        Claimed claimed = claim();
        long heir = portfolio.customer();
        assertThat(ledger.mergeCustomers(List.of(new CustomerMergeRow(
                                CustomerKey.of(portfolio.customerNumber(debtor.customer())),
                                CustomerKey.of(portfolio.customerNumber(heir)))))
                        .problems())
                .isEmpty();

        assertThat(deliver(claimed)).isInstanceOf(Delivery.Outcome.Later.class);
        assertThat(contacts()).containsExactly("10 CANCELLED");

        NewContact contact = DeliveryStep.contact(task, task.getVariables(), Channel.EMAIL);
        Attempt previous =
                log.latestAttempts(List.of(contact.occurrence()), Channel.EMAIL).get(contact.occurrence());
        Taken again =
                log.claim(contact, previous, "the-next-claim", clock.instant()).orElseThrow();
        assertThat(again.customerId()).isEqualTo(heir);
        assertThat(deliver(new Claimed(again.id(), again.customerId(), "the-next-claim", contact)))
                .isInstanceOf(Delivery.Outcome.Sent.class);
        assertThat(contacts()).containsExactly("10 SENT");
    }

    private void at(Instant instant) {
        clock.freezeAt(instant);
    }

    private Claimed claim() {
        NewContact contact = DeliveryStep.contact(task, task.getVariables(), Channel.EMAIL);
        Taken taken = log.claim(contact, null, "the-claim", clock.instant()).orElseThrow();
        return new Claimed(taken.id(), taken.customerId(), "the-claim", contact);
    }

    private Delivery.Outcome deliver(Claimed claimed) {
        Carrier email = carriers.stream()
                .filter(carrier -> carrier.channel() == Channel.EMAIL)
                .findFirst()
                .orElseThrow();
        try (Carrier.Round round = email.open()) {
            return delivery.deliver(claimed, email, round);
        }
    }

    private List<String> contacts() {
        return jdbc.sql("select rung || ' ' || state from contact order by id")
                .query(String.class)
                .list();
    }
}
