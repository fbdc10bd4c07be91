package org.dunlin.dunning.engine;

import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.jobexecutor.TimerExecuteNestedActivityJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.dunning.Pauses.Resumption;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.EngineBatch;
import org.springframework.stereotype.Component;

/**
 * Stops what a frame has called, and lets it go on. The engine suspends one instance at a time, and what that one has called
 * runs on: every level is suspended here. On resumption all timers that fell due would fire at once, so each is moved first.
 */
@Component
class LadderPause {

    private final RuntimeService runtime;
    private final ManagementService management;
    private final TaskService tasks;
    private final WorkCalendar calendar;
    private final EngineBatch batch;

    LadderPause(
            RuntimeService runtime,
            ManagementService management,
            TaskService tasks,
            WorkCalendar calendar,
            EngineBatch batch) {
        this.runtime = runtime;
        this.management = management;
        this.tasks = tasks;
        this.calendar = calendar;
        this.batch = batch;
    }

    void suspend(String frameInstanceId) {
        calledBy(frameInstanceId).stream()
                .filter(instance -> !instance.isSuspended())
                .forEach(instance -> runtime.suspendProcessInstanceById(instance.getId()));
    }

    void resume(String frameInstanceId, Resumption resumption) {
        List<String> stopped = calledBy(frameInstanceId).stream()
                .filter(ProcessInstance::isSuspended)
                .map(ProcessInstance::getId)
                .toList();
        // In a transaction before: the engine cannot move and activate a job in the same one.
        batch.runInNewTransaction(() -> stopped.forEach(instance -> move(instance, resumption)));
        stopped.forEach(runtime::activateProcessInstanceById);
    }

    private void move(String instance, Resumption resumption) {
        for (Job timer :
                management.createJobQuery().processInstanceId(instance).timers().list()) {
            LocalDate day = isReminder(timer)
                    ? remindOn(timer.getDuedate(), resumption)
                    : moved(timer.getDuedate(), resumption, resumption.impatient());
            management.setJobDuedate(timer.getId(), Date.from(calendar.opening(day, resumption.zone())), false);
        }
        for (Task task : tasks.createTaskQuery().processInstanceId(instance).list()) {
            if (task.getDueDate() != null) {
                LocalDate day = moved(task.getDueDate(), resumption, resumption.impatient());
                task.setDueDate(Date.from(calendar.closing(day, resumption.zone())));
                tasks.saveTask(task);
            }
        }
    }

    /** A timer at the border of a task or step: it says how long somebody has for it, and is no wait. */
    private static boolean isReminder(Job timer) {
        return timer instanceof JobEntity job
                && job.getJobHandlerType().equals(TimerExecuteNestedActivityJobHandler.TYPE);
    }

    /** Impatience shortens waits, not the time that a person has: at least the first day on which something may be done again. */
    private LocalDate remindOn(Date due, Resumption resumption) {
        LocalDate day = moved(due, resumption, false);
        return day.isAfter(resumption.earliest())
                ? day
                : calendar.after(resumption.country(), resumption.earliest(), 1);
    }

    /** As many working days from today as were left when the case came to a stop, and never before the earliest day. */
    private LocalDate moved(Date due, Resumption resumption, boolean impatient) {
        LocalDate stopped = LocalDate.ofInstant(resumption.heldSince(), resumption.zone());
        LocalDate was = LocalDate.ofInstant(due.toInstant(), resumption.zone());
        int left = impatient ? 0 : calendar.between(resumption.country(), stopped, was);
        LocalDate day = left == 0 ? resumption.today() : calendar.after(resumption.country(), resumption.today(), left);
        return day.isBefore(resumption.earliest()) ? resumption.earliest() : day;
    }

    private List<ProcessInstance> calledBy(String frameInstanceId) {
        return runtime.createProcessInstanceQuery().rootProcessInstanceId(frameInstanceId).list().stream()
                .filter(instance -> !instance.getId().equals(frameInstanceId))
                .toList();
    }
}
