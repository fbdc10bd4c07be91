package org.dunlin.contact.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Variant;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Payers;
import org.dunlin.contact.letter.BlankPrinter;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.receivables.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Promise R2 for letters: none goes to the post after a payment is committed. 510 customers pay before, while and after their run is formed,
 * and at the worst moment, when it is as good as posted; half of them with the mail room, half with a postal service that fetches a folder.
 */
@DunlinTest
class PostedAfterPaymentTest {

    private static final int CASES = 510 / 2;

    @Autowired
    BeanFactory beans;

    @Autowired
    PrintRuns runs;

    @Autowired
    PostalFolderAtWork postalFolder;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    Slate slate;

    @Autowired
    ContactCases cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    private final List<Case> paysBefore = new ArrayList<>();
    private final List<Case> paysWhileItIsFormed = new ArrayList<>();
    private final List<Case> paysAtAnyTime = new ArrayList<>();
    private final List<Case> paysAtTheDoor = new ArrayList<>();
    private final List<Case> all = new ArrayList<>();
    private final AtomicLong posted = new AtomicLong();
    private Payers payers;

    @BeforeEach
    void lettersLieInTheTray() {
        slate.clean();
        cases.itIs(ContactCases.TUESDAY);
        long creditor = portfolio.creditor("NL");
        payers = new Payers(transaction, ledger, portfolio.creditorNumber(creditor));
        for (int i = 0; i < CASES; i++) {
            Case dunningCase = cases.waitingFor(Channel.LETTER, creditor, "NL", "en", "100.00");
            all.add(dunningCase);
            switch (i % 6) {
                case 0 -> paysBefore.add(dunningCase);
                case 1 -> paysWhileItIsFormed.add(dunningCase);
                case 2 -> paysAtAnyTime.add(dunningCase);
                case 3 -> paysAtTheDoor.add(dunningCase);
                default -> {
                    // does not pay
                }
            }
        }
        // What stands on the pages is proved elsewhere, and takes most of the time.
        MessageComposer composer = Variant.of(MessageComposer.class, beans, Map.of("printer", new BlankPrinter()));
        LetterCarrier carrier = Variant.of(LetterCarrier.class, beans, Map.of("composer", composer));
        cases.drain(Variant.of(LetterWorker.class, beans, Map.of("carrier", carrier)));
        assertThat(contacts(ContactState.READY)).hasSize(CASES);
    }

    @AfterEach
    void everythingAsBefore() {
        payers.close();
        cases.timeRunsAgain();
        slate.clean();
    }

    @Test
    void no_letter_counts_as_posted_by_the_mail_room_whose_customer_had_paid() throws Exception {
        PrintRun run = formedWhileSomePay();
        payers.payMeanwhile(paysAtAnyTime);

        transaction.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    asGoodAsPosted();
                }
            });
            tasks.complete(
                    tasks.createTaskQuery()
                            .taskDefinitionKey("postLetters")
                            .singleResult()
                            .getId(),
                    new HashMap<>(Map.of(PrintRunProcess.OUTCOME, PrintRunProcess.ALL_POSTED)));
        });

        noneIsLate(run);
    }

    @Test
    void no_letter_lies_in_the_folder_of_a_postal_service_whose_customer_had_paid() throws Exception {
        PrintRun run = formedWhileSomePay();
        Path there = folder.resolve(run.number());
        PostalFolder service = postalFolder.in(folder, new BeforeCommits(() -> {
            if (posted.get() == 0 && Files.exists(there)) {
                asGoodAsPosted();
            }
        }));
        payers.payMeanwhile(paysAtAnyTime);

        boolean submitted = false;
        while (!submitted) {
            try {
                submitted = service.submit(run.id());
            } catch (IllegalStateException tooManyPaidMeanwhile) {
                // As its job does, it tries again.
                assertThat(there).doesNotExist();
            }
        }

        noneIsLate(run);
        List<String> table = Files.readAllLines(there.resolve(run.number() + ".csv"));
        assertThat(table).hasSize(1 + contacts(ContactState.SENT).size());
        assertThat(all)
                .filteredOn(one -> table.stream().anyMatch(line -> line.contains("," + one.customerNumber() + ",")))
                .extracting(Case::id)
                .containsExactlyInAnyOrderElementsOf(contacts(ContactState.SENT));
    }

    private PrintRun formedWhileSomePay() throws Exception {
        paysBefore.forEach(payers::pay);
        runtime.startProcessInstanceByMessage(PrintRunProcess.MESSAGE_REQUESTED);
        payers.payMeanwhile(paysWhileItIsFormed);
        for (Job job = due(); job != null; job = due()) {
            management.executeJob(job.getId());
        }
        payers.await();
        PrintRun run = runs.latest(1).get(0);
        assertThat(inRuns())
                .as("who had paid before is not even printed")
                .doesNotContainAnyElementsOf(paysBefore.stream().map(Case::id).toList())
                .containsAll(paysAtTheDoor.stream().map(Case::id).toList());
        return run;
    }

    private Job due() {
        return management
                .createJobQuery()
                .processDefinitionKey(PrintRunProcess.KEY)
                .messages()
                .singleResult();
    }

    /** The letters are on their way, and their transaction is about to be committed. */
    private void asGoodAsPosted() {
        payers.payAtTheDoor(paysAtTheDoor);
        posted.set(System.nanoTime());
    }

    private void noneIsLate(PrintRun run) throws Exception {
        payers.await();
        assertThat(payers.number()).isEqualTo(paying());
        assertThat(payers.throughTheDoor())
                .as("payments that got through while the letters were on their way")
                .isZero();
        assertThat(posted.get()).isPositive();
        Set<Long> sent = contacts(ContactState.SENT);
        for (Case dunningCase : all) {
            assertThat(sent.contains(dunningCase.id()))
                    .as(dunningCase.number())
                    .isEqualTo(!payers.hadPaid(dunningCase, posted.get()));
        }
        assertThat(jdbc.sql(
                                """
                                select c.case_id from print_run_letter l join contact c on c.id = l.contact_id
                                where l.run_id = :run and l.state = 'POSTED'
                                """)
                        .param("run", run.id())
                        .query(Long.class)
                        .list())
                .as("those that were taken out are not among them")
                .containsExactlyInAnyOrderElementsOf(sent);
        assertThat(sent).hasSizeGreaterThanOrEqualTo(CASES - paying() + paysAtTheDoor.size());
    }

    /** Ids of the cases whose letter is in that state. */
    private Set<Long> contacts(ContactState state) {
        return new HashSet<>(jdbc.sql("select case_id from contact where channel = 'LETTER' and state = :state")
                .param("state", state.name())
                .query(Long.class)
                .list());
    }

    private int paying() {
        return paysBefore.size() + paysWhileItIsFormed.size() + paysAtAnyTime.size() + paysAtTheDoor.size();
    }

    private List<Long> inRuns() {
        return jdbc.sql("select c.case_id from print_run_letter l join contact c on c.id = l.contact_id")
                .query(Long.class)
                .list();
    }

    /** Lets a test look right before each commit. */
    private final class BeforeCommits implements PlatformTransactionManager {

        private final Runnable look;

        BeforeCommits(Runnable look) {
            this.look = look;
        }

        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            return transactions.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            look.run();
            transactions.commit(status);
        }

        @Override
        public void rollback(TransactionStatus status) {
            transactions.rollback(status);
        }
    }
}
