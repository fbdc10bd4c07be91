package org.dunlin.desk.customer;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.dunning.CustomerPath;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Leads from Tasklist and Cockpit to the page of the customer whom a task or an instance is about. */
@RestController
@RequestMapping("/api/customer-of")
@Roles({Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.DISPUTES, Groups.MANAGERS})
class CustomerOf {

    private final TaskService tasks;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;

    CustomerOf(TaskService tasks, RuntimeService runtime, JdbcClient jdbc) {
        this.tasks = tasks;
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    /** @param page path of the page about them */
    record Found(String page) {}

    /** Only for who may see the task; 404 also where it is about nobody in particular. */
    @GetMapping("/task/{id}")
    Found ofTask(@PathVariable String id) {
        Task task = tasks.createTaskQuery().taskId(id).singleResult();
        return of(task == null ? null : task.getProcessInstanceId());
    }

    /** Only for who may see the instance. */
    @GetMapping("/instance/{id}")
    Found ofInstance(@PathVariable String id) {
        boolean seen =
                runtime.createProcessInstanceQuery().processInstanceId(id).count() > 0;
        return of(seen ? id : null);
    }

    /** Cases, holds and corrections know their instance; others know their customer, a contact, or a word of the customer. */
    private Found of(@Nullable String instance) {
        if (instance == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return jdbc.sql(
                        """
                        with here as (
                                select id_ as instance, root_proc_inst_id_ as root from act_ru_execution where id_ = :instance),
                            known as (
                                select v.name_ as name, v.long_ as id from here
                                    join act_ru_variable v on v.proc_inst_id_ in (here.instance, here.root))
                        select coalesce(
                            (select customer_id from dunning_case join here on process_instance_id in (root, instance) limit 1),
                            (select customer_id from hold join here on process_instance_id in (root, instance) limit 1),
                            (select customer_id from wrong_detail join here on process_instance_id in (root, instance) limit 1),
                            (select c.id from customer c join known on known.id = c.id where known.name = 'customerId' limit 1),
                            (select customer_id from dunning_case d join known on known.id = d.id where known.name = 'caseId' limit 1),
                            (select customer_id from contact c join known on known.id = c.id where known.name = 'contactId' limit 1),
                            (select customer_id from customer_word w join known on known.id = w.id where known.name = 'wordId' limit 1))
                            as customer
                        from here
                        """)
                .param("instance", instance)
                .query((row, n) -> row.getObject("customer", Long.class))
                .optional()
                .map(customer -> new Found(CustomerPath.of(customer)))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
