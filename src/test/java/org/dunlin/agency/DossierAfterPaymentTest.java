package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Variant;
import org.dunlin.agency.AgencyCrashPoint.Point;
import org.dunlin.agency.dossier.UnprintedDossiers;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.Payers;
import org.dunlin.contact.sending.Sending;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.PaymentReferences;
import org.dunlin.receivables.Receivables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Promises R2, R4 and R6 for dossiers. Nothing goes to an agency after the payment of what it is about is committed: two workers hand over
 * 510 cases, by e-mail and into a folder, whose customers pay meanwhile. And a hand-over that cannot be made stops only itself.
 */
@DunlinTest
class DossierAfterPaymentTest {

    private static final int CASES = 510;
    private static final String BY_MAIL = "benelux-incasso";
    private static final String BY_FOLDER = "advocaten-van-rijn";

    @Autowired
    BeanFactory beans;

    @Autowired
    AgencyCrashes deliveries;

    @Autowired
    HandOvers handOvers;

    @Autowired
    AgencyProcesses processes;

    @Autowired
    Sending sending;

    @Autowired
    Slate slate;

    @Autowired
    ContactCases cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Ledger ledger;

    @Autowired
    Receivables receivables;

    @Autowired
    PaymentReferences references;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    private final Map<Long, Case> byMessage = new ConcurrentHashMap<>();
    private final Map<Long, Long> handedOver = new ConcurrentHashMap<>();
    private final Map<Long, Case> payAtTheDoor = new ConcurrentHashMap<>();
    private long creditor;
    private Payers payers;
    private AgencyWorker worker;

    @BeforeEach
    void tuesday() {
        slate.clean();
        cases.itIs(ContactCases.TUESDAY);
        creditor = portfolio.creditor("NL");
        payers = new Payers(transaction, ledger, portfolio.creditorNumber(creditor));
        worker = worker();
    }

    @AfterEach
    void everythingAsBefore() {
        payers.close();
        deliveries.watchNoMore();
        cases.timeRunsAgain();
        slate.clean();
    }

    @Test
    void of_510_cases_that_are_paid_while_two_workers_hand_over_none_goes_to_an_agency_after_the_payment()
            throws Exception {
        List<Case> all = confirmed(CASES);
        // Known from earlier messages: making them now would lock the customers by chance.
        all.forEach(one -> references.forCustomer(receivables.creditor(creditor), one.customer()));
        List<Case> atAnyTime = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            Case dunningCase = all.get(i);
            switch (i % 6) {
                case 0 -> payers.pay(dunningCase);
                case 1, 2, 3 -> payAtTheDoor.put(dunningCase.id(), dunningCase);
                case 4 -> atAnyTime.add(dunningCase);
                default -> {
                    // does not pay
                }
            }
        }
        deliveries.watch(this::look);

        work(atAnyTime);

        assertThat(all)
                .filteredOn(one ->
                        handedOver.containsKey(one.id()) && payers.hadPaid(one, handedOver.getOrDefault(one.id(), 0L)))
                .as("late")
                .isEmpty();
        assertThat(payers.throughTheDoor())
                .as("payments that got through while the dossier was on its way")
                .isZero();
        Map<String, Integer> states = new HashMap<>();
        byMessage.forEach((message, dunningCase) -> {
            String state = state(message);
            states.merge(state, 1, Integer::sum);
            assertThat(state).isEqualTo(handedOver.containsKey(dunningCase.id()) ? "SENT" : "FAILED");
        });
        assertThat(payers.number()).isEqualTo(CASES * 5 / 6);
        assertThat(states.get("SENT")).as("not paid yet").isGreaterThanOrEqualTo(CASES * 4 / 6);
        assertThat(states.get("FAILED")).as("paid before").isGreaterThanOrEqualTo(CASES / 6);
        assertThat(jdbc.sql(
                                """
                                select count(*) from agency_message
                                where kind = 'HAND_OVER' and state = 'FAILED'
                                  and detail is distinct from 'Nothing that may be collected is open at the moment'
                                """)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void one_of_a_hundred_that_cannot_be_made_or_has_no_message_stops_only_itself() {
        List<Case> all = confirmed(100);
        Case noCurrency = all.get(13);
        jdbc.sql("update dunning_case set currency = 'ZZZ' where id = :id")
                .param("id", noCurrency.id())
                .update();
        Case noMessage = all.get(57);
        runtime.removeVariable(process(noMessage), AgencyStep.MESSAGE_ID);
        Case suspended = all.get(90);
        runtime.suspendProcessInstanceById(process(suspended));
        Case noAgency = all.get(99);
        jdbc.sql("update agency_file set agency = 'gone' where case_id = :id")
                .param("id", noAgency.id())
                .update();

        cases.drain(worker);

        Map<Case, String> poison =
                Map.of(noCurrency, "FAILED", noMessage, "WAITING", suspended, "WAITING", noAgency, "FAILED");
        byMessage.forEach((message, one) -> assertThat(state(message)).isEqualTo(poison.getOrDefault(one, "SENT")));
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey(AgencyStep.TELL_AGENCY)
                        .list())
                .extracting(instance -> instance.getBusinessKey())
                .containsExactlyInAnyOrderElementsOf(
                        poison.keySet().stream().map(Case::number).toList());
        assertThat(runtime.createIncidentQuery().list())
                .as("an operator sees those with which waiting does not help")
                .extracting(incident -> incident.getProcessInstanceId())
                .containsExactlyInAnyOrder(process(noMessage), process(noAgency));
    }

    /** Promise R4 for dossiers. */
    @Test
    void from_a_restored_back_up_no_dossier_goes_by_itself() {
        confirmed(2);
        sending.stop("restored");
        try {
            cases.drain(worker);
            assertThat(byMessage.keySet()).extracting(this::state).containsOnly("WAITING");
        } finally {
            sending.release("test");
        }
        cases.drain(worker);
        assertThat(byMessage.keySet()).extracting(this::state).containsOnly("SENT");
    }

    /** Cases whose hand-over a person has confirmed, every other one to an agency that gets mail. */
    private List<Case> confirmed(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> {
                    Case dunningCase = cases.waiting(creditor, "NL", "en", "100.00");
                    transaction.executeWithoutResult(status -> {
                        long message = handOvers.confirm(
                                dunningCase.id(), i % 2 == 0 ? BY_MAIL : BY_FOLDER, null, "sara", dunningCase.ladder());
                        processes.tell(dunningCase.id(), message);
                        byMessage.put(message, dunningCase);
                    });
                    return dunningCase;
                })
                .toList();
    }

    /** What stands in the papers is proved elsewhere, and takes most of the time. */
    private AgencyWorker worker() {
        AgencyWording wording = Variant.of(AgencyWording.class, beans, Map.of("dossiers", UnprintedDossiers.of(beans)));
        AgencyDelivery delivery = Variant.of(AgencyDelivery.class, beans, Map.of("wording", wording));
        return Variant.of(AgencyWorker.class, beans, Map.of("delivery", delivery));
    }

    private void work(List<Case> atAnyTime) throws Exception {
        AgencyWorker second = worker();
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> handingOver =
                    List.of(both.submit(() -> cases.drain(worker)), both.submit(() -> cases.drain(second)));
            payers.payMeanwhile(atAnyTime);
            for (Future<?> one : handingOver) {
                one.get(10, TimeUnit.MINUTES);
            }
            payers.await();
        } finally {
            both.shutdownNow();
        }
        // What the last payments have made necessary to be told.
        cases.drain(worker);
    }

    /** Before the delivery somebody pays; after it the agency has the dossier. Both while its transaction is open. */
    private void look(Point point) {
        switch (point) {
            case ABOUT_TO_DELIVER ->
                underWay()
                        .map(dunningCase -> payAtTheDoor.remove(dunningCase.id()))
                        .ifPresent(paying -> payers.payAtTheDoor(List.of(paying)));
            case DELIVERED -> underWay().ifPresent(dunningCase -> handedOver.put(dunningCase.id(), System.nanoTime()));
            default -> {
                // Nothing is under way.
            }
        }
    }

    /** Whose dossier the transaction of this thread delivers: no other sees yet what it keeps of it. Empty for other messages. */
    private Optional<Case> underWay() {
        return jdbc.sql(
                        """
                        select id from agency_message
                        where kind = 'HAND_OVER' and state = 'SENDING' and attachment_name is not null
                        """)
                .query(Long.class)
                .optional()
                .map(byMessage::get);
    }

    private String process(Case dunningCase) {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey(AgencyStep.TELL_AGENCY)
                .processInstanceBusinessKey(dunningCase.number())
                .singleResult()
                .getId();
    }

    private String state(long message) {
        return jdbc.sql("select state from agency_message where id = :id")
                .param("id", message)
                .query(String.class)
                .single();
    }
}
