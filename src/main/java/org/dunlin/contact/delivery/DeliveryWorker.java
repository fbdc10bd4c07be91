package org.dunlin.contact.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Pace;
import org.dunlin.contact.Pace.Room;
import org.dunlin.contact.clarify.UnknownContacts;
import org.dunlin.contact.delivery.Carrier.Round;
import org.dunlin.contact.delivery.Delivery.Claimed;
import org.dunlin.contact.delivery.Delivery.Outcome;
import org.dunlin.contact.delivery.StepReader.Step;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.contact.log.Attempt;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.log.Occurrence;
import org.dunlin.contact.sending.RestoredBackup;
import org.dunlin.contact.sending.Sending;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.platform.engine.Worker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits at the steps of one channel in ladders and holds. Per message: claim it (committed, so that a crash leaves a trace), send
 * it in a transaction of its own, then let the step go on. A claim found without its worker is a message of unknown result:
 * it goes to a person, never out again by itself.
 */
public abstract class DeliveryWorker implements Worker {

    private static final Logger log = LoggerFactory.getLogger(DeliveryWorker.class);

    private final ExternalTaskService tasks;
    private final StepReader reader;
    private final Lanes lanes;
    private final ContactLog contacts;
    private final Delivery delivery;
    private final UnknownContacts unknown;
    private final EngineBatch engineBatch;
    private final Pace pace;
    private final Clock clock;
    private final ContactDetails details;
    private final Sending sending;
    private final RestoredBackup backup;
    private final Carrier carrier;
    private final Channel channel;
    private final Terms terms;
    private final String topic;
    private final String name;

    /** @param topic of the steps in models */
    protected DeliveryWorker(DeliveryKit kit, Carrier carrier, String topic) {
        this.tasks = kit.tasks();
        this.reader = kit.reader();
        this.lanes = kit.lanes();
        this.contacts = kit.contacts();
        this.delivery = kit.delivery();
        this.unknown = kit.unknown();
        this.engineBatch = kit.engineBatch();
        this.pace = kit.pace();
        this.clock = kit.clock();
        this.details = kit.details();
        this.sending = kit.sending();
        this.backup = kit.backup();
        this.carrier = carrier;
        this.channel = carrier.channel();
        this.terms = carrier.terms();
        this.topic = topic;
        this.name = topic + "-" + UUID.randomUUID();
    }

    @Override
    public int runOnce() {
        if (sending.isStopped()) {
            return 0;
        }
        int free = pace.free(channel, terms.batch());
        if (free == 0) {
            return 0;
        }
        List<LockedExternalTask> batch = new ArrayList<>(tasks.fetchAndLock()
                .orderByCreateTime()
                .asc()
                .maxTasks(free)
                .workerId(name)
                .subscribe()
                .topic(topic, terms.lock().toMillis())
                // None at all; where nothing is said, it is every variable.
                .variables(List.of())
                .includeExtensionProperties()
                .execute());
        if (batch.isEmpty()) {
            return 0;
        }
        // Of a customer's cases the one that is further on speaks, and the others are covered by it.
        batch.sort(Comparator.comparingInt(DeliveryStep::rung).reversed());
        Room room = pace.take(channel, batch.size());
        // Another worker was quicker: the rest goes back into the queue.
        batch.subList(room.messages(), batch.size()).forEach(task -> tasks.unlock(task.getId()));
        AtomicInteger left = new AtomicInteger();
        List<Answer> answers = send(batch.subList(0, room.messages()), left);
        pace.giveBack(room, room.messages() - left.get());
        if (left.get() > 0) {
            backup.sent();
        }
        finish(answers);
        return room.messages();
    }

    @Override
    public Optional<Instant> goesOnAt() {
        return pace.nextRoom(channel);
    }

    /** What the engine is to be told about a step. */
    private record Answer(LockedExternalTask task, Runnable call) {}

    /** @param left counts messages that went out now, or may have */
    private List<Answer> send(List<LockedExternalTask> batch, AtomicInteger left) {
        Map<Occurrence, Attempt> attempts = contacts.latestAttempts(
                batch.stream().map(DeliveryStep::occurrence).toList(), channel);
        List<Step> steps = reader.read(batch);
        return carrier.sideBySide()
                ? lanes.run(steps, Step::customerId, lane -> send(lane, attempts, left))
                : send(steps, attempts, left);
    }

    private List<Answer> send(List<Step> steps, Map<Occurrence, Attempt> attempts, AtomicInteger left) {
        String claim = UUID.randomUUID().toString();
        List<Answer> answers = new ArrayList<>();
        try (Round round = carrier.open()) {
            for (Step step : steps) {
                LockedExternalTask task = step.task();
                try {
                    answer(step, attempts.get(DeliveryStep.occurrence(task)), claim, round, left)
                            .ifPresent(call -> answers.add(new Answer(task, call)));
                } catch (RuntimeException e) {
                    log.warn("The step {} of {} failed", task.getActivityId(), task.getBusinessKey(), e);
                    if (!Outage.caused(e)) {
                        // One bad step must not stop the others of its batch.
                        answers.add(new Answer(task, () -> fail(task, FailureText.of(e), 0, Duration.ZERO)));
                    }
                    // Without the database nothing is known of the step: its lock ends, and the next round looks.
                }
            }
        }
        return answers;
    }

    private Optional<Runnable> answer(
            Step step, @Nullable Attempt previous, String claim, Round round, AtomicInteger left) {
        LockedExternalTask task = step.task();
        if (previous != null && previous.state() == ContactState.COVERED) {
            return Optional.of(() -> completeCovered(task));
        }
        if (previous != null && previous.isDone()) {
            return Optional.of(() -> complete(task));
        }
        if (!isOursLongEnough(task)) {
            // Left alone, its lock ends soon, and the next round has all the time it needs.
            return Optional.empty();
        }
        NewContact contact = DeliveryStep.contact(task, step.variables(), channel);
        if (previous != null && !previous.mayFollow() && !isHarmless(previous)) {
            return clarify(
                    task, contact, previous.contactId(), previous.claim(), "The worker stopped while it was sending");
        }
        return contacts.claim(contact, previous, claim, clock.instant())
                .map(taken -> new Claimed(taken.id(), taken.customerId(), claim, contact))
                .flatMap(claimed -> {
                    Outcome outcome = delivery.deliver(claimed, carrier, round);
                    if (outcome instanceof Outcome.Sent
                            || outcome instanceof Outcome.Ready
                            || outcome instanceof Outcome.InDoubt) {
                        left.incrementAndGet();
                    }
                    return react(task, claimed, outcome);
                });
    }

    /** Its worker has gone, and nothing can have left. */
    private boolean isHarmless(Attempt previous) {
        return !carrier.canBeLost() && previous.state() == ContactState.SENDING;
    }

    private Optional<Runnable> react(LockedExternalTask task, Claimed claimed, Outcome outcome) {
        if (outcome instanceof Outcome.Sent || outcome instanceof Outcome.Ready) {
            return Optional.of(() -> complete(task));
        }
        if (outcome instanceof Outcome.Covered) {
            return Optional.of(() -> completeCovered(task));
        }
        if (outcome instanceof Outcome.Later later) {
            Duration pause = Duration.between(clock.instant(), later.at());
            return Optional.of(() -> fail(task, later.reason(), attemptsLeft(task), pause));
        }
        if (outcome instanceof Outcome.AddressUnusable unusable) {
            return Optional.of(() -> {
                tasks.handleBpmnError(task.getId(), name, DeliveryStep.ADDRESS_UNUSABLE);
                // Where a letter cannot go, its own step asks.
                if (channel != Channel.LETTER) {
                    details.wrong(
                            unusable.customerId(), channel, unusable.address(), unusable.detail(), claimed.contactId());
                }
            });
        }
        if (outcome instanceof Outcome.ChannelClosed) {
            return Optional.of(() -> tasks.handleBpmnError(task.getId(), name, DeliveryStep.ADDRESS_UNUSABLE));
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(() -> failOnce(task, failed.detail()));
        }
        if (outcome instanceof Outcome.InDoubt doubt) {
            return clarify(task, claimed.contact(), claimed.contactId(), claimed.claim(), doubt.detail());
        }
        return Optional.empty();
    }

    /** Where the other side can be asked what it has, it is asked before a person is. */
    private Optional<Runnable> clarify(
            LockedExternalTask task, NewContact contact, long contactId, String claim, String reason) {
        if (!carrier.canBeAsked() || contacts.unknown(contactId, reason) != ContactState.UNKNOWN) {
            return park(task, contact, contactId, claim, reason);
        }
        Finding finding = delivery.find(contact, contactId, claim, carrier);
        if (finding instanceof Finding.Theirs theirs) {
            unknown.found(contactId, theirs.theirId());
            return Optional.of(() -> complete(task));
        }
        if (finding instanceof Finding.NotTheirs) {
            unknown.notFound(contactId);
            return Optional.of(() -> failOnce(task, reason + "; looked up: it was not sent"));
        }
        if (finding instanceof Finding.AskAgain again) {
            return Optional.of(() -> fail(task, again.why(), attemptsLeft(task), again.after()));
        }
        return park(task, contact, contactId, claim, reason);
    }

    private Optional<Runnable> park(
            LockedExternalTask task, NewContact contact, long contactId, String claim, String reason) {
        ContactState state =
                unknown.park(contactId, reason, () -> delivery.trace(contact, contactId, claim), task.getId(), name);
        return state == ContactState.SENT ? Optional.of(() -> complete(task)) : Optional.empty();
    }

    /** All in one command; where one does not go through, one by one, so that it stops only itself. */
    private void finish(List<Answer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        try {
            engineBatch.run(() -> {
                // The engine finds the steps in the cache of its command then, instead of reading each.
                tasks.createExternalTaskQuery()
                        .externalTaskIdIn(answers.stream()
                                .map(answer -> answer.task().getId())
                                .collect(Collectors.toSet()))
                        .list();
                answers.forEach(answer -> answer.call().run());
            });
        } catch (RuntimeException e) {
            log.debug("Not all steps of a batch could go on together; now one by one", e);
            answers.forEach(this::finishAlone);
        }
    }

    private void finishAlone(Answer answer) {
        LockedExternalTask task = answer.task();
        try {
            answer.call().run();
        } catch (NotFoundException e) {
            log.debug("The case {} has ended meanwhile", task.getBusinessKey(), e);
        } catch (RuntimeException e) {
            log.warn("The step {} of {} cannot go on", task.getActivityId(), task.getBusinessKey(), e);
            try {
                failOnce(task, "The step cannot go on: " + FailureText.of(e));
            } catch (RuntimeException again) {
                // For example a suspended instance: its lock ends by itself, and the log knows what was sent.
                log.warn("Nor can it be marked as failed", again);
            }
        }
    }

    private boolean isOursLongEnough(LockedExternalTask task) {
        Instant end = task.getLockExpirationTime().toInstant();
        return clock.instant().plus(terms.reserve()).isBefore(end);
    }

    private void complete(LockedExternalTask task) {
        tasks.complete(task.getId(), name, channel == Channel.LETTER ? Map.of(DeliveryStep.COVERED, false) : Map.of());
    }

    /** A step that waits for what becomes of its message has nothing to wait for then. */
    private void completeCovered(LockedExternalTask task) {
        tasks.complete(task.getId(), name, Map.of(DeliveryStep.COVERED, true));
    }

    private void failOnce(LockedExternalTask task, String detail) {
        int left = Math.max(0, attemptsLeft(task) - 1);
        fail(task, detail, left, left == 0 ? Duration.ZERO : terms.pause(left));
    }

    private void fail(LockedExternalTask task, String detail, int retries, Duration pause) {
        tasks.handleFailure(task.getId(), name, detail, detail, retries, Math.max(0, pause.toMillis()));
    }

    private int attemptsLeft(LockedExternalTask task) {
        Integer retries = task.getRetries();
        return retries == null ? terms.attempts() : retries;
    }
}
