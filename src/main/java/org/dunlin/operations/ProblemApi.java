package org.dunlin.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.clarify.UnknownContacts;
import org.dunlin.dunning.CaseRescue.NotPossibleException;
import org.dunlin.dunning.Repairs;
import org.dunlin.dunning.Repairs.Repair;
import org.dunlin.dunning.Rungs;
import org.dunlin.operations.Problem.Action;
import org.dunlin.operations.ProblemActions.RefusedException;
import org.dunlin.operations.ProblemWords.Facts;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The work list for programs. Contacts of unknown result stand in it too, for the senior collectors, who see nothing else of
 * it; managers see everything and change nothing.
 */
@RestController
@RequestMapping("/api/problems")
class ProblemApi {

    private static final String UNKNOWN_CONTACT = "UNKNOWN_CONTACT";
    private static final String CONTACT = "contact-";
    private static final String TASK = "/camunda/app/tasklist/default/#/?task=";
    private static final int MOST = 1000;
    private static final Duration LATELY = Duration.ofDays(7);

    private final ProblemList list;
    private final ProblemWords facts;
    private final ProblemActions actions;
    private final ProblemFinder finder;
    private final Contacts contacts;
    private final UnknownContacts unknown;
    private final Repairs repairs;
    private final TaskService tasks;
    private final CurrentUser user;
    private final Clock clock;

    ProblemApi(
            ProblemList list,
            ProblemWords facts,
            ProblemActions actions,
            ProblemFinder finder,
            Contacts contacts,
            UnknownContacts unknown,
            Repairs repairs,
            TaskService tasks,
            CurrentUser user,
            Clock clock) {
        this.list = list;
        this.facts = facts;
        this.actions = actions;
        this.finder = finder;
        this.contacts = contacts;
        this.unknown = unknown;
        this.repairs = repairs;
        this.tasks = tasks;
        this.user = user;
        this.clock = clock;
    }

    /**
     * One line of the list.
     *
     * @param id          for the path of an action
     * @param kind        see {@link Problem.Kind}, or {@code UNKNOWN_CONTACT}
     * @param times       how often it has been a problem
     * @param putOffUntil until then nobody is asked
     * @param task        path of its task in Tasklist; null while it is put off
     */
    record Listed(
            String id,
            String kind,
            String title,
            @Nullable String caseNumber,
            @Nullable String customerNumber,
            @Nullable String customerName,
            @Nullable String process,
            @Nullable String step,
            @Nullable String error,
            Instant since,
            int times,
            @Nullable Instant putOffUntil,
            @Nullable String task,
            List<Choice> actions) {}

    /** Something that can be done about it. */
    record Choice(String action, String label) {}

    /** @param note kept with what was done */
    record Remark(@Nullable String note) {}

    @GetMapping
    @Roles({Groups.SENIOR_COLLECTORS, Groups.MANAGERS})
    List<Listed> open() {
        List<Listed> found = new ArrayList<>();
        if (user.isInAnyOf(Groups.MANAGERS)) {
            list.open().forEach(problem -> found.add(listed(problem)));
        }
        contacts.latest(new ContactFilter(null, null, ContactState.UNKNOWN), MOST)
                .forEach(contact -> found.add(listed(contact)));
        return found;
    }

    /**
     * Does one of the actions that fit.
     *
     * @param id     as listed
     * @param action as listed
     */
    @PostMapping("/{id}/{action}")
    @Roles(Groups.SENIOR_COLLECTORS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void act(
            @PathVariable String id,
            @PathVariable String action,
            @RequestBody(required = false) @Nullable Remark remark) {
        String note = remark == null ? null : remark.note();
        if (id.startsWith(CONTACT)) {
            unknown.answer(number(id.substring(CONTACT.length())), action, note);
            return;
        }
        if (!user.isAdmin()) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Only an administrator may do this");
        }
        Problem problem = list.find(number(id)).orElseThrow();
        if (Action.of(action).isEmpty()) {
            throw new IllegalArgumentException("There is no action " + action);
        }
        Task task = task(problem);
        if (task != null) {
            tasks.complete(
                    task.getId(),
                    Variables.putValue(problem.kind().answer, action).putValue(AttendToProblemProcess.NOTE, note));
        } else if (!actions.perform(problem, action, note)) {
            finder.tellSolved(problem);
        }
    }

    /**
     * What the daily run put right, the latest first.
     *
     * @param since instant like {@code 2026-01-31T06:00:00Z}; the last seven days when not given
     */
    @GetMapping("/repairs")
    @Roles(Groups.MANAGERS)
    List<Repair> repairs(@RequestParam(required = false) @Nullable Instant since) {
        return repairs.since(since == null ? clock.instant().minus(LATELY) : since, MOST);
    }

    private Listed listed(Problem problem) {
        Facts shown = facts.of(problem);
        Task task = task(problem);
        boolean ofCustomer = problem.caseId() != null || problem.customerId() != null;
        return new Listed(
                Long.toString(problem.id()),
                problem.kind().name(),
                problem.kind().title,
                problem.caseId() == null ? null : shown.caseNumber(),
                ofCustomer ? shown.customerNumber() : null,
                ofCustomer ? shown.customerName() : null,
                shown.process(),
                shown.step(),
                shown.error(),
                problem.since(),
                shown.times(),
                problem.putOffUntil(),
                task == null ? null : TASK + task.getId(),
                problem.kind().actions.stream()
                        .map(action -> new Choice(action.key, action.label))
                        .toList());
    }

    private Listed listed(Contact.Summary contact) {
        return new Listed(
                CONTACT + contact.id(),
                UNKNOWN_CONTACT,
                "Nobody knows whether a message was sent",
                contact.caseNumber(),
                contact.customerNumber(),
                contact.customerName(),
                null,
                Rungs.name(contact.rung()),
                contact.detail(),
                contact.at(),
                contact.attempt(),
                null,
                unknown.task(contact.id()).map(TASK::concat).orElse(null),
                UnknownContacts.ANSWERS.entrySet().stream()
                        .map(answer -> new Choice(answer.getKey(), answer.getValue()))
                        .toList());
    }

    private @Nullable Task task(Problem problem) {
        return problem.attendInstanceId() == null
                ? null
                : tasks.createTaskQuery()
                        .processInstanceId(problem.attendInstanceId())
                        .singleResult();
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new NoSuchElementException("No problem " + id, e);
        }
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> missing(NoSuchElementException e) {
        return answer(HttpStatus.NOT_FOUND, "There is no such problem (any more)");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> wrong(IllegalArgumentException e) {
        return answer(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(ResponseStatusException e) {
        return ResponseEntity.status(e.getStatusCode())
                .body(ProblemDetail.forStatusAndDetail(e.getStatusCode(), String.valueOf(e.getReason())));
    }

    /** The engine may have wrapped it on its way through the task. */
    @ExceptionHandler({RefusedException.class, NotPossibleException.class, ProcessEngineException.class})
    ResponseEntity<ProblemDetail> notNow(RuntimeException e) {
        Throwable cause = e;
        while (!(cause instanceof RefusedException || cause instanceof NotPossibleException)) {
            cause = cause.getCause();
            if (cause == null) {
                throw e;
            }
        }
        return answer(HttpStatus.CONFLICT, String.valueOf(cause.getMessage()));
    }

    private static ResponseEntity<ProblemDetail> answer(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
