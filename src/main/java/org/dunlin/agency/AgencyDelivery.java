package org.dunlin.agency;

import jakarta.mail.MessagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dunlin.agency.AgencyCrashPoint.Point;
import org.dunlin.agency.AgencyMessage.Kind;
import org.dunlin.agency.AgencyMessage.State;
import org.dunlin.agency.AgencyWording.Occasion;
import org.dunlin.agency.dossier.Dossiers.Made;
import org.dunlin.contact.delivery.Handover;
import org.dunlin.contact.email.SmtpConnection;
import org.dunlin.contact.email.SmtpServer;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One claimed message to an agency, in one transaction: lock the customer and the case, look once more, deliver, keep what was sent.
 * Payments take the same lock, so none can be committed between the look and the delivery.
 */
@Component
class AgencyDelivery {

    private static final Logger log = LoggerFactory.getLogger(AgencyDelivery.class);

    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final Duration UNTIL_UNLOCKED = Duration.ofMinutes(1);
    /** Before a hand-over is looked at again of which nothing may be collected now. */
    private static final Duration UNTIL_WORTHWHILE = Duration.ofHours(1);

    private final TransactionTemplate transaction;
    private final Receivables receivables;
    private final DunningCases cases;
    private final Agencies agencies;
    private final AgencyFiles files;
    private final AgencyMessages messages;
    private final AgencyReports reports;
    private final AgencyWording wording;
    private final HandOvers handOvers;
    private final SmtpServer smtpServer;
    private final AgencyCrashPoint crashPoint;
    private final Clock clock;

    AgencyDelivery(
            TransactionTemplate transaction,
            Receivables receivables,
            DunningCases cases,
            Agencies agencies,
            AgencyFiles files,
            AgencyMessages messages,
            AgencyReports reports,
            AgencyWording wording,
            HandOvers handOvers,
            SmtpServer smtpServer,
            ObjectProvider<AgencyCrashPoint> crashPoint,
            Clock clock) {
        this.transaction = transaction;
        this.receivables = receivables;
        this.cases = cases;
        this.agencies = agencies;
        this.files = files;
        this.messages = messages;
        this.reports = reports;
        this.wording = wording;
        this.handOvers = handOvers;
        this.smtpServer = smtpServer;
        this.crashPoint = crashPoint.getIfAvailable(() -> point -> {});
        this.clock = clock;
    }

    /** What came of it, for the step that waits. */
    sealed interface Outcome {

        /** Delivered, or needed no more. */
        record Done() implements Outcome {}

        /** Not now; at that instant again. */
        record Later(Instant at, String reason) implements Outcome {}

        record Failed(String detail, boolean forGood) implements Outcome {}

        /** Somebody has to find out. */
        record InDoubt() implements Outcome {}

        /** In other hands: leave everything as it is. */
        record HandsOff() implements Outcome {}
    }

    /** Whether delivering twice delivers once, so that what another worker left half-way can be taken up. */
    boolean isRepeatable(AgencyMessage message) {
        return agencies.find(files.get(message.fileId()).agency())
                .map(agency -> agency.folder() != null)
                .orElse(false);
    }

    Outcome deliver(long messageId, String claim) {
        crashPoint.reached(Point.CLAIMED);
        Delivery delivery = new Delivery(messageId, claim);
        try {
            Outcome outcome = transaction.execute(status -> delivery.attempt());
            crashPoint.reached(Point.COMMITTED);
            return outcome == null ? new Outcome.HandsOff() : outcome;
        } catch (RuntimeException e) {
            return delivery.afterRollback(e);
        }
    }

    /** The state of one delivery, because after a failure it matters how far it came. */
    private final class Delivery {

        private final long messageId;
        private final String claim;
        private @Nullable Wording words;
        private @Nullable String mailId;
        private List<OpenInvoice> claimed = List.of();
        private List<AgencyFiles.Line> lines = List.of();
        private @Nullable Delivered delivered;

        Delivery(long messageId, String claim) {
            this.messageId = messageId;
            this.claim = claim;
        }

        Outcome attempt() {
            Occasion occasion = occasion();
            messages.waitForLocksAtMost(LOCK_WAIT);
            lock(occasion);
            if (!messages.lockClaimed(messageId, claim)) {
                return new Outcome.HandsOff();
            }
            // What was read before the locks may have changed until they were there.
            occasion = occasion();
            if (isPointless(occasion)) {
                messages.notSent(messageId, claim, State.CANCELLED, "The file is no longer with the agency");
                return new Outcome.Done();
            }
            if (occasion.message().kind() == Kind.HAND_OVER
                    && !cases.statement(occasion.file().caseId()).worthwhile()) {
                return later(UNTIL_WORTHWHILE, "Nothing that may be collected is open at the moment");
            }
            Wording ready = word(occasion);
            if (ready == null) {
                messages.notSent(messageId, claim, State.CANCELLED, "The agency knows already what is open");
                return new Outcome.Done();
            }
            words = ready;
            mailId = occasion.agency().folder() == null
                    ? AgencyMail.messageId(messageId, claim, occasion.creditor())
                    : null;
            messages.keep(messageId, occasion.agency().address(), ready, mailId);
            crashPoint.reached(Point.ABOUT_TO_DELIVER);
            Delivered result = hand(occasion, ready);
            delivered = result;
            crashPoint.reached(Point.DELIVERED);
            return conclude(occasion, ready, result);
        }

        private Occasion occasion() {
            AgencyMessage message = messages.get(messageId);
            AgencyFile file = files.get(message.fileId());
            DunningCase dunningCase = cases.get(file.caseId());
            Creditor creditor = receivables.creditor(dunningCase.creditorId());
            return new Occasion(message, file, dunningCase, creditor, agencies.get(file.agency()));
        }

        private void lock(Occasion occasion) {
            receivables.lockCustomers(Set.of(occasion.dunningCase().customerId()));
            cases.lock(occasion.file().caseId());
        }

        /** Whoever ends a case holds the lock of the case that we hold now. */
        private static boolean isPointless(Occasion occasion) {
            AgencyFile.State state = occasion.file().state();
            return switch (occasion.message().kind()) {
                case HAND_OVER -> state != AgencyFile.State.PREPARED;
                case PAYMENT, ANSWER -> state != AgencyFile.State.HANDED_OVER;
                case RECALL -> state != AgencyFile.State.RECALLED;
            };
        }

        /** Null when there is nothing to say. */
        private @Nullable Wording word(Occasion occasion) {
            return switch (occasion.message().kind()) {
                case HAND_OVER -> {
                    Made made = wording.dossier(occasion);
                    claimed = made.claimed();
                    yield wording.handOver(occasion, made);
                }
                case PAYMENT -> {
                    LocalDate today = cases.today(occasion.dunningCase());
                    lines = files.lines(occasion.file().id(), today);
                    yield lines.stream().anyMatch(AgencyFiles.Line::hasChanged)
                            ? wording.payment(occasion, lines)
                            : null;
                }
                case ANSWER -> wording.answer(occasion, reports.questionAnsweredBy(messageId));
                case RECALL -> wording.recall(occasion, occasion.file().handedOverAt() == null);
            };
        }

        private Delivered hand(Occasion occasion, Wording ready) {
            if (occasion.agency().folder() != null) {
                return AgencyFolder.put(occasion.agency().folder(), ready.attachmentName(), ready.attachment());
            }
            try (SmtpConnection connection = smtpServer.connect()) {
                AgencyMail mail = AgencyMail.of(
                        connection.session(),
                        ready,
                        occasion.creditor(),
                        occasion.agency(),
                        String.valueOf(mailId),
                        clock.instant());
                return delivered(connection.send(mail));
            } catch (MessagingException e) {
                return new Delivered.Not(SmtpConnection.text(e), true);
            }
        }

        private static Delivered delivered(Handover handover) {
            if (handover instanceof Handover.NotSent not) {
                return new Delivered.Not(not.detail(), false);
            }
            if (handover instanceof Handover.AddressRefused refused) {
                return new Delivered.Not(
                        "The mail server refuses the address of the agency: " + refused.detail(), true);
            }
            if (handover instanceof Handover.InDoubt doubt) {
                return new Delivered.Perhaps(doubt.detail());
            }
            return new Delivered.Now();
        }

        private Outcome conclude(Occasion occasion, Wording ready, Delivered result) {
            if (result instanceof Delivered.Not not) {
                messages.notSent(messageId, claim, State.FAILED, not.detail());
                return new Outcome.Failed(not.detail(), not.forGood());
            }
            if (result instanceof Delivered.Perhaps perhaps) {
                messages.unknown(messageId, perhaps.detail());
                return new Outcome.InDoubt();
            }
            if (result instanceof Delivered.Before before) {
                messages.keep(messageId, occasion.agency().address(), ready.asDelivered(before.content()), mailId);
            }
            Instant at = clock.instant();
            messages.sent(messageId, at);
            handOvers.sent(occasion, ready, claimed, lines, at);
            if (result instanceof Delivered.Before) {
                files.toldIsUnsure(occasion.file().id());
            }
            crashPoint.reached(Point.MARKED);
            return new Outcome.Done();
        }

        private Outcome later(Duration pause, String reason) {
            messages.notSent(messageId, claim, State.FAILED, reason);
            return new Outcome.Later(clock.instant().plus(pause), reason);
        }

        /** The transaction is gone. Before the delivery that means: not delivered. Afterwards the log must catch up, if it can. */
        Outcome afterRollback(RuntimeException failure) {
            Delivered known = delivered;
            try {
                if (known == null && failure instanceof PessimisticLockingFailureException) {
                    return transaction.execute(
                            status -> later(UNTIL_UNLOCKED, "The customer's account is being booked"));
                }
                if (known == null) {
                    log.warn("The message {} to an agency could not be made", messageId, failure);
                    return transaction.execute(status -> {
                        messages.notSent(messageId, claim, State.FAILED, SmtpConnection.text(failure));
                        // Where nothing but a person can help, waiting does not.
                        return new Outcome.Failed(
                                SmtpConnection.text(failure), failure instanceof UnknownAgencyException);
                    });
                }
                return transaction.execute(status -> {
                    Occasion occasion = occasion();
                    lock(occasion);
                    if (!messages.lockClaimed(messageId, claim)) {
                        return new Outcome.HandsOff();
                    }
                    Wording ready = Objects.requireNonNull(words);
                    messages.keep(messageId, occasion.agency().address(), ready, mailId);
                    return conclude(occasion(), ready, known);
                });
            } catch (RuntimeException e) {
                e.addSuppressed(failure);
                log.error(
                        "The message {} to an agency stays as claimed; somebody will be asked what became of it",
                        messageId,
                        e);
                return new Outcome.HandsOff();
            }
        }
    }
}
