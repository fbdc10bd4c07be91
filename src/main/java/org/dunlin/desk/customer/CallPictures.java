package org.dunlin.desk.customer;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.contact.call.CallScripts;
import org.dunlin.desk.customer.CallPicture.Call;
import org.dunlin.desk.customer.CallPicture.Limits;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.DunningPolicy;
import org.dunlin.dunning.HoldPolicy;
import org.dunlin.dunning.Rungs;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.dunning.engine.StepProcesses;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/** Puts together what is needed for a call, for whoever may see its task. */
@Service
class CallPictures {

    private static final String TASK = "callCustomer";

    private final TaskService tasks;
    private final DunningCases cases;
    private final Receivables receivables;
    private final Pictures pictures;
    private final CallScripts scripts;
    private final Presences presences;
    private final HoldPolicy holdPolicy;
    private final DunningPolicy policy;
    private final WorkCalendar calendar;
    private final CurrentUser user;
    private final Clock clock;

    CallPictures(
            TaskService tasks,
            DunningCases cases,
            Receivables receivables,
            Pictures pictures,
            CallScripts scripts,
            Presences presences,
            HoldPolicy holdPolicy,
            DunningPolicy policy,
            WorkCalendar calendar,
            CurrentUser user,
            Clock clock) {
        this.tasks = tasks;
        this.cases = cases;
        this.receivables = receivables;
        this.pictures = pictures;
        this.scripts = scripts;
        this.presences = presences;
        this.holdPolicy = holdPolicy;
        this.policy = policy;
        this.calendar = calendar;
        this.user = user;
        this.clock = clock;
    }

    /** @throws ResponseStatusException 404 where there is no such call, for whoever asks */
    CallPicture of(String taskId) {
        Task task = visible(taskId);
        DunningCase about = about(task);
        Creditor creditor = receivables.creditor(about.creditorId());
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        int rung = number(task, DunningCaseProcess.RUNG, about.rung());
        int attempt = number(task, StepProcesses.ATTEMPT, 1);
        List<OpenInvoice> asked = receivables.open(cases.spokenOfTogether(about.id()), today);
        return new CallPicture(
                user.id(),
                new Call(
                        task.getId(),
                        about.number(),
                        about.currency(),
                        rung,
                        Rungs.name(rung),
                        attempt,
                        policy.callAttempts(),
                        task.getAssignee(),
                        !isForSenior(task) && !user.isInAnyOf(Groups.SENIOR_COLLECTORS)),
                pictures.of(about.customerId()),
                asked.stream().map(OpenInvoice::number).toList(),
                scripts.of(about, rung, attempt, asked).orElse(null),
                new Limits(
                        today,
                        calendar.after(creditor.country(), today, 1),
                        today.plusDays(holdPolicy.promiseWithin()),
                        today.plusDays(holdPolicy.planWithin()),
                        today.plusDays(policy.callBackWithin())),
                Choice.ofDisputeReasons(),
                presences.others(about.customerId(), user.id()));
    }

    List<Presences.Colleague> present(String taskId) {
        return presences.open(about(visible(taskId)).customerId(), user.id());
    }

    /** Of a task that has been completed nobody knows the customer any more; its sign of life runs out by itself. */
    void gone(String taskId) {
        find(taskId).ifPresent(task -> presences.close(about(task).customerId(), user.id()));
    }

    private Task visible(String taskId) {
        return find(taskId)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "This call is no longer there, or it is not one of yours."));
    }

    /** Asked in the name of whoever is logged in. */
    private Optional<Task> find(String taskId) {
        return Optional.ofNullable(
                tasks.createTaskQuery().taskId(taskId).taskDefinitionKey(TASK).singleResult());
    }

    private DunningCase about(Task task) {
        return cases.get(((Number) tasks.getVariable(task.getId(), DunningCaseProcess.CASE_ID)).longValue());
    }

    private int number(Task task, String variable, int otherwise) {
        return tasks.getVariable(task.getId(), variable) instanceof Number number ? number.intValue() : otherwise;
    }

    private boolean isForSenior(Task task) {
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .map(IdentityLink::getGroupId)
                .anyMatch(Groups.SENIOR_COLLECTORS::equals);
    }
}
