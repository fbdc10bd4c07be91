package org.dunlin.agency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.exception.NotFoundException;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.dunlin.agency.AgencyDelivery.Outcome;
import org.dunlin.agency.AgencyMessage.State;
import org.dunlin.contact.email.SmtpConnection;
import org.dunlin.contact.sending.Sending;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Delivers what waits for agencies. Per message: claim it (committed, so that a crash leaves a trace), deliver it in a transaction of its
 * own, then let the step go on. A claim found without its worker goes to a person, unless delivering twice delivers once.
 */
@Component
class AgencyWorker implements Worker {

    private static final Logger log = LoggerFactory.getLogger(AgencyWorker.class);

    /** Dossiers are large and few. */
    private static final int BATCH = 5;

    private final ExternalTaskService tasks;
    private final AgencyMessages messages;
    private final AgencyDelivery delivery;
    private final AgencyProperties properties;
    private final Sending sending;
    private final Clock clock;
    private final String name = "agency-" + UUID.randomUUID();

    AgencyWorker(
            ExternalTaskService tasks,
            AgencyMessages messages,
            AgencyDelivery delivery,
            AgencyProperties properties,
            Sending sending,
            Clock clock) {
        this.tasks = tasks;
        this.messages = messages;
        this.delivery = delivery;
        this.properties = properties;
        this.sending = sending;
        this.clock = clock;
    }

    @Override
    public int runOnce() {
        if (sending.isStopped()) {
            return 0;
        }
        List<LockedExternalTask> batch = tasks.fetchAndLock()
                .orderByCreateTime()
                .asc()
                .maxTasks(BATCH)
                .workerId(name)
                .subscribe()
                .topic(AgencyStep.TOPIC, properties.lock().toMillis())
                .variables(AgencyStep.MESSAGE_ID)
                .execute();
        batch.forEach(this::work);
        return batch.size();
    }

    private void work(LockedExternalTask task) {
        try {
            answer(task);
        } catch (NotFoundException e) {
            log.debug("The case {} has ended meanwhile", task.getBusinessKey(), e);
        } catch (RuntimeException e) {
            log.warn("A message to an agency about {} failed", task.getBusinessKey(), e);
            if (!Outage.caused(e)) {
                failQuietly(task, e);
            }
            // Without the database nothing is known of the step: its lock ends, and the next round looks.
        }
    }

    private void failQuietly(LockedExternalTask task, RuntimeException failure) {
        try {
            fail(task, SmtpConnection.text(failure), 0, Duration.ZERO);
        } catch (RuntimeException again) {
            // For example a suspended instance: its lock ends by itself, and the records know what was sent.
            log.warn("Nor can its step be marked as failed", again);
        }
    }

    private void answer(LockedExternalTask task) {
        AgencyMessage message = messages.get(id(task));
        if (message.isOver()) {
            tasks.complete(task.getId(), name);
            return;
        }
        if (message.state() == State.UNKNOWN) {
            doubt(task);
            return;
        }
        if (!isOursLongEnough(task)) {
            // Left alone, its lock ends soon, and the next round has all the time it needs.
            return;
        }
        boolean again = delivery.isRepeatable(message);
        if (message.state() == State.SENDING && !again) {
            // Waits while a worker is at it still; afterwards the message is sent, or nobody knows.
            State now = messages.unknown(message.id(), "The worker stopped while it was sending");
            if (now == State.UNKNOWN) {
                doubt(task);
            } else if (now == State.SENT || now == State.CANCELLED) {
                tasks.complete(task.getId(), name);
            }
            return;
        }
        String claim = UUID.randomUUID().toString();
        if (messages.claim(message.id(), claim, again, clock.instant())) {
            react(task, delivery.deliver(message.id(), claim));
        }
    }

    private void react(LockedExternalTask task, Outcome outcome) {
        if (outcome instanceof Outcome.Done) {
            tasks.complete(task.getId(), name);
        } else if (outcome instanceof Outcome.InDoubt) {
            doubt(task);
        } else if (outcome instanceof Outcome.Later later) {
            fail(task, later.reason(), attemptsLeft(task), Duration.between(clock.instant(), later.at()));
        } else if (outcome instanceof Outcome.Failed failed) {
            int left = failed.forGood() ? 0 : Math.max(0, attemptsLeft(task) - 1);
            fail(task, failed.detail(), left, left == 0 ? Duration.ZERO : properties.pause(left));
        }
    }

    private void doubt(LockedExternalTask task) {
        tasks.handleBpmnError(task.getId(), name, AgencyStep.DELIVERY_UNKNOWN);
    }

    private void fail(LockedExternalTask task, String detail, int retries, Duration pause) {
        tasks.handleFailure(task.getId(), name, detail, detail, retries, Math.max(0, pause.toMillis()));
    }

    private int attemptsLeft(LockedExternalTask task) {
        Integer retries = task.getRetries();
        return retries == null ? properties.attempts() : retries;
    }

    private boolean isOursLongEnough(LockedExternalTask task) {
        Instant end = task.getLockExpirationTime().toInstant();
        return clock.instant().plus(properties.reserve()).isBefore(end);
    }

    private static long id(LockedExternalTask task) {
        if (task.getVariables().get(AgencyStep.MESSAGE_ID) instanceof Number id) {
            return id.longValue();
        }
        throw new IllegalArgumentException(task.getActivityId() + ": no variable " + AgencyStep.MESSAGE_ID);
    }
}
