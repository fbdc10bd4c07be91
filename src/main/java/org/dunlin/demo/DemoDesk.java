package org.dunlin.demo;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.platform.engine.Worker;
import org.dunlin.platform.security.Groups;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/**
 * The collectors of the demo take up two calls of three and make none, that is for the visitor. Without them, after a
 * jump of the clock every call would have gone to the managers, because nobody had touched it for days.
 */
@Component
@Conditional(DemoCondition.class)
class DemoDesk implements Worker {

    private final TaskService tasks;
    private final Clock clock;

    DemoDesk(TaskService tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public int runOnce() {
        return takeUp(Groups.JUNIOR_COLLECTORS, "junior") + takeUp(Groups.SENIOR_COLLECTORS, "senior");
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMinutes(1);
    }

    private int takeUp(String group, String login) {
        List<Task> calls = tasks
                .createTaskQuery()
                .active()
                .taskDefinitionKey("callCustomer")
                .taskCandidateGroup(group)
                .taskUnassigned()
                .taskCreatedAfter(Date.from(clock.instant().minus(Duration.ofDays(1))))
                .list()
                .stream()
                .filter(call -> call.getName().hashCode() % 3 != 0)
                .toList();
        calls.forEach(call -> tasks.setAssignee(call.getId(), login));
        return calls.size();
    }
}
