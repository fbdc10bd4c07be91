package org.dunlin.contact.post;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.contact.delivery.SecondLook;
import org.dunlin.contact.post.PrintRun.Fate;
import org.dunlin.contact.post.PrintRun.Letter;
import org.dunlin.contact.post.PrintRun.ToTakeOut;
import org.dunlin.contact.sending.Sending;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.EngineBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forms print runs: what lies in the out-tray is looked at once more, letter by letter, and what may still go becomes one run in postal
 * order. All creditors' letters go into one run, because one mail room prints them and goes to the post once a day; each creditor's lie
 * together.
 */
@Service
public class PrintRuns {

    private static final Logger log = LoggerFactory.getLogger(PrintRuns.class);

    private final PrintRunRows rows;
    private final Envelopes envelopes;
    private final SecondLook secondLook;
    private final LetterCarrier carrier;
    private final LetterProperties properties;
    private final Sending sending;
    private final RuntimeService runtime;
    private final EngineBatch engine;
    private final Clock clock;
    private final TransactionTemplate ownTransaction;

    PrintRuns(
            PrintRunRows rows,
            Envelopes envelopes,
            SecondLook secondLook,
            LetterCarrier carrier,
            LetterProperties properties,
            Sending sending,
            RuntimeService runtime,
            EngineBatch engine,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.envelopes = envelopes;
        this.secondLook = secondLook;
        this.carrier = carrier;
        this.properties = properties;
        this.sending = sending;
        this.runtime = runtime;
        this.engine = engine;
        this.clock = clock;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Starts a run now, beside the one of the day. Harmless when the out-tray is empty. */
    public void requestNow() {
        engine.run(() -> runtime.startProcessInstanceByMessage(PrintRunProcess.MESSAGE_REQUESTED));
    }

    /**
     * Forms the run of that process instance, each letter in a transaction of its own: a letter that cannot be dealt with stays in the tray
     * and stops only itself. Called again after a crash it goes on where it was. While nothing may leave there is nothing to print.
     */
    PrintRun form(String processInstanceId) {
        PrintRun begun = Objects.requireNonNull(ownTransaction.execute(status -> {
            rows.undoAbandoned();
            return rows.begin(processInstanceId, properties.duplex(), clock.instant());
        }));
        if (begun.state() != PrintRun.State.FORMING) {
            return begun;
        }
        if (!sending.isStopped()) {
            rows.inTray().forEach(contactId -> addIfItMayGo(begun.id(), contactId));
        }
        ownTransaction.executeWithoutResult(status -> rows.complete(begun.id()));
        return rows.get(begun.id());
    }

    private void addIfItMayGo(long runId, long contactId) {
        try {
            ownTransaction.executeWithoutResult(status -> {
                switch (secondLook.at(contactId, carrier)) {
                    case MAY_GO -> rows.add(runId, contactId, Fate.IN_RUN);
                    case ADDRESS_UNUSABLE -> rows.add(runId, contactId, Fate.ADDRESS_WRONG);
                    case NOT_NOW, OVER -> {
                        // It stays where it is, or has gone already.
                    }
                }
            });
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            log.error("The letter of contact {} stays in the out-tray", contactId, e);
        }
    }

    public List<PrintRun> latest(int limit) {
        return rows.latest(limit);
    }

    public Optional<PrintRun> find(String number) {
        return rows.find(number);
    }

    PrintRun get(long runId) {
        return rows.get(runId);
    }

    /** In postal order. */
    public List<Letter> letters(long runId) {
        return rows.letters(runId);
    }

    /** The envelopes that must not go to the post as things stand at this moment; none when the run is not with the mail room. */
    public List<ToTakeOut> toTakeOut(PrintRun run) {
        return run.state() == PrintRun.State.PRINTED ? envelopes.toTakeOut(run.id()) : List.of();
    }
}
