package org.dunlin.dunning.engine;

import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.dunning.ValueAtStake;
import org.dunlin.platform.engine.ModelBean;

/** Puts the task of a dispute that waits for half of its time to the top of the list. */
@ModelBean("remindDepartment")
class RemindDepartmentDelegate implements JavaDelegate {

    private static final String MARK = "Reminder: ";

    private final TaskService tasks;

    RemindDepartmentDelegate(TaskService tasks) {
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        for (Task task : tasks.createTaskQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .list()) {
            task.setPriority(ValueAtStake.REMINDED);
            if (!task.getName().startsWith(MARK)) {
                task.setName(MARK + task.getName());
            }
            tasks.saveTask(task);
        }
    }
}
