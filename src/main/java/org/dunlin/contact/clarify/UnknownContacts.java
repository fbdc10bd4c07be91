package org.dunlin.contact.clarify;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.Occurrence;
import org.dunlin.dunning.CaseClosed;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.HoldEnded;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Contacts of which nobody can tell whether they went out. The ladder, or the process of the hold, stands still (an incident on its step, so that raising
 * the retries alone sends nothing) until a person has found out in a process of its own, {@code clarifyContact}.
 */
@Component
public class UnknownContacts {

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH);
    private static final int AGAIN = 1;

    /** What a person can have found out: key in the form, and words. */
    public static final Map<String, String> ANSWERS = Map.of(
            ClarifyContactProcess.WAS_SENT, "It was sent",
            ClarifyContactProcess.SEND_AGAIN, "It was not sent: send it again in my name");

    private final ContactLog log;
    private final Contacts contacts;
    private final DunningCases cases;
    private final Holds holds;
    private final Receivables receivables;
    private final ExternalTaskService externalTasks;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final IdentityService identity;
    private final EngineBatch engine;
    private final Clock clock;

    UnknownContacts(
            ContactLog log,
            Contacts contacts,
            DunningCases cases,
            Holds holds,
            Receivables receivables,
            ExternalTaskService externalTasks,
            RuntimeService runtime,
            TaskService tasks,
            IdentityService identity,
            EngineBatch engine,
            Clock clock) {
        this.log = log;
        this.contacts = contacts;
        this.cases = cases;
        this.holds = holds;
        this.receivables = receivables;
        this.externalTasks = externalTasks;
        this.runtime = runtime;
        this.tasks = tasks;
        this.identity = identity;
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * What it takes to look a message up, where the message itself was lost with its worker.
     *
     * @param messageId under which a mail server knows it
     */
    public record Trace(@Nullable String recipient, @Nullable String subject, @Nullable String messageId) {}

    /**
     * Parks the contact and its step until a person has found out, unless a worker that was still at it has finished it
     * meanwhile.
     *
     * @param trace  asked for only if the contact is parked
     * @param taskId external task, locked by {@code workerId}
     * @return the state of the contact now; only for SENT is the step left to the caller
     */
    @Transactional
    public ContactState park(long contactId, String reason, Supplier<Trace> trace, String taskId, String workerId) {
        ContactState state = log.unknown(contactId, reason);
        if (state == ContactState.SENT) {
            return state;
        }
        if (state == ContactState.UNKNOWN && !beingClarified(contactId)) {
            Trace found = trace.get();
            log.describe(contactId, found.recipient(), found.subject(), found.messageId());
            startClarifying(contactId);
        }
        externalTasks.handleFailure(
                taskId,
                workerId,
                "Unknown whether the message was sent: somebody has to find out (task 'Find out whether it was sent')",
                reason,
                0,
                0);
        return state;
    }

    /**
     * The person who is logged in found out. The step goes on: as sent, or with a new attempt in that person's name.
     *
     * @throws IllegalArgumentException for an outcome that the form does not offer
     */
    @Transactional
    public void resolve(long contactId, String outcome, @Nullable String note) {
        Authentication person = identity.getCurrentAuthentication();
        String by = person == null ? "unknown" : person.getUserId();
        Contact contact = contacts.find(contactId).orElseThrow();
        switch (outcome) {
            case ClarifyContactProcess.WAS_SENT -> {
                said(contact);
                log.resolved(contactId, ContactState.SENT, by, note, clock.instant());
            }
            case ClarifyContactProcess.SEND_AGAIN ->
                log.resolved(contactId, ContactState.FAILED, by, note, clock.instant());
            default -> throw new IllegalArgumentException("Not an outcome of clarifying a contact: " + outcome);
        }
        goOn(contact);
    }

    private void goOn(Contact contact) {
        Occurrence occurrence = Occurrence.parse(contact.occurrence());
        externalTasks
                .createExternalTaskQuery()
                .processInstanceId(occurrence.processInstanceId())
                .activityId(occurrence.activityId())
                .list()
                .forEach(task -> externalTasks.setRetries(task.getId(), AGAIN));
    }

    /** The other side has the message: it counts as sent when it was tried. Whoever was asked about it need not answer any more. */
    @Transactional
    public void found(long contactId, String theirId) {
        Contact contact = contacts.find(contactId).orElseThrow();
        said(contact);
        if (log.answered(contactId, ContactState.SENT, theirId, clock.instant())) {
            over(ClarifyContactProcess.CONTACT_ID, contactId);
        }
    }

    /** The other side speaks of the message by itself, so it has it: a step that waits for a person goes on. */
    @Transactional
    public void heardOf(long contactId, String theirId) {
        found(contactId, theirId);
        goOn(contacts.find(contactId).orElseThrow());
    }

    /** The other side does not have the message and will not get it any more. */
    @Transactional
    public void notFound(long contactId) {
        if (log.answered(contactId, ContactState.FAILED, null, clock.instant())) {
            over(ClarifyContactProcess.CONTACT_ID, contactId);
        }
    }

    /** Id of the task by which a person finds out about the contact; empty when it was done. */
    public Optional<String> task(long contactId) {
        return tasks
                .createTaskQuery()
                .processDefinitionKey(ClarifyContactProcess.KEY)
                .processVariableValueEquals(ClarifyContactProcess.CONTACT_ID, contactId)
                .active()
                .list()
                .stream()
                .map(Task::getId)
                .findFirst();
    }

    /**
     * Answers the question of that task, in the name of whoever is logged in.
     *
     * @param outcome as the form offers it: {@link #ANSWERS}
     * @throws IllegalArgumentException for another outcome
     * @throws java.util.NoSuchElementException when there is no question any more
     */
    @Transactional
    public void answer(long contactId, String outcome, @Nullable String note) {
        if (!ANSWERS.containsKey(outcome)) {
            throw new IllegalArgumentException("Not an outcome of clarifying a contact: " + outcome);
        }
        tasks.complete(
                task(contactId).orElseThrow(),
                Variables.putValue(ClarifyContactProcess.OUTCOME, outcome).putValue(ClarifyContactProcess.NOTE, note));
    }

    /** With the case its questions end. */
    @EventListener
    void on(CaseClosed closed) {
        log.unresolved(closed.caseId());
        over(ClarifyContactProcess.CASE_ID, closed.caseId());
    }

    /** With the hold those about its notices. A process that comes to the end of its hold by itself has none left. */
    @EventListener
    void on(HoldEnded ended) {
        log.unresolvedNotices(ended.hold().id());
        over(ClarifyContactProcess.HOLD_ID, ended.hold().id());
    }

    /** The case before the contact: the order in which everybody locks them. */
    private void said(Contact contact) {
        if (contact.holdId() == null) {
            cases.contacted(Objects.requireNonNull(contact.caseId()), contact.rung(), contact.claimedAt());
        } else {
            holds.told(contact.holdId(), contact.claimedAt());
        }
    }

    private void over(String variable, long id) {
        engine.run(() -> runtime.createMessageCorrelation(ClarifyContactProcess.MESSAGE_QUESTION_OVER)
                .processInstanceVariableEquals(variable, id)
                .correlateAll());
    }

    private boolean beingClarified(long contactId) {
        return runtime.createProcessInstanceQuery()
                        .processDefinitionKey(ClarifyContactProcess.KEY)
                        .variableValueEquals(ClarifyContactProcess.CONTACT_ID, contactId)
                        .count()
                > 0;
    }

    private void startClarifying(long contactId) {
        Contact contact = contacts.find(contactId).orElseThrow();
        Instant triedAt = contact.claimedAt();
        VariableMap facts = Variables.createVariables()
                .putValue(
                        contact.holdId() == null ? ClarifyContactProcess.CASE_ID : ClarifyContactProcess.HOLD_ID,
                        contact.holdId() == null ? contact.caseId() : contact.holdId())
                .putValue(ClarifyContactProcess.CONTACT_ID, contact.id())
                .putValue(ClarifyContactProcess.RECIPIENT, orDash(contact.recipient()))
                .putValue(ClarifyContactProcess.SUBJECT, orDash(contact.subject()))
                .putValue(
                        ClarifyContactProcess.TRIED_AT,
                        AT.format(triedAt.atZone(
                                receivables.creditor(contact.creditorId()).timeZone())))
                .putValue(
                        ClarifyContactProcess.ERROR,
                        // A paragraph of its own and set as code, or the form makes an address to write to of it.
                        orDash(contact.detail()) + "\n\nMessage-ID: `" + orDash(contact.messageId()) + "`");
        String businessKey = contact.caseNumber() == null ? contact.customerNumber() : contact.caseNumber();
        runtime.startProcessInstanceByKey(ClarifyContactProcess.KEY, businessKey, facts);
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "–" : text;
    }
}
