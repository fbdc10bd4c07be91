package org.dunlin.desk.customer;

import java.sql.Array;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.desk.customer.CustomerPicture.OpenTask;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What waits for people because of a customer: tasks of their cases and holds, and about how they are reached. */
@Repository
class CustomerTasks {

    private static final String TASKLIST = "/camunda/app/tasklist/default/#/?task=";

    private final JdbcClient jdbc;
    private final TaskService tasks;

    CustomerTasks(JdbcClient jdbc, TaskService tasks) {
        this.jdbc = jdbc;
        this.tasks = tasks;
    }

    private record Row(
            String id,
            @Nullable String name,
            @Nullable String assignee,
            List<String> groups,
            @Nullable Instant dueAt,
            boolean onHold) {}

    /** The most urgent first. Everybody hears of them; who may see one in Tasklist gets the way there. */
    List<OpenTask> of(long customerId) {
        List<Row> rows = rows(customerId);
        Set<String> visible = visible(rows);
        return rows.stream()
                .map(row -> new OpenTask(
                        row.id(),
                        row.name() == null ? "Task" : row.name(),
                        row.assignee(),
                        row.groups(),
                        row.dueAt(),
                        row.onHold(),
                        visible.contains(row.id()) ? TASKLIST + row.id() : null))
                .toList();
    }

    /** Processes that stand beside cases and holds are found by their business key, and known by what they are about. */
    private List<Row> rows(long customerId) {
        return jdbc.sql(
                        """
                        with beside as (
                                select e.id_ from act_ru_execution e
                                where e.business_key_ in (
                                        select number from customer where id = :customer
                                        union select number from dunning_case where customer_id = :customer
                                        union select number from hold where customer_id = :customer)
                                  and exists (
                                    select 1 from act_ru_variable v
                                    where v.proc_inst_id_ = e.id_ and (
                                        v.name_ = 'customerId' and v.long_ = :customer
                                        or v.name_ = 'wordId' and v.long_ in (select id from customer_word where customer_id = :customer)
                                        or v.name_ = 'contactId' and v.long_ in (
                                            select id from contact where customer_id = :customer and state = 'UNKNOWN')))),
                            root as (
                                select process_instance_id as id from dunning_case where customer_id = :customer and state = 'OPEN'
                                union select process_instance_id from hold where customer_id = :customer and state = 'ACTIVE'
                                union select process_instance_id from wrong_detail where customer_id = :customer and outcome is null
                                union select id_ from beside)
                        select t.id_, t.name_, t.assignee_, t.due_date_, t.suspension_state_ <> 1 as on_hold,
                               (select array_agg(distinct l.group_id_ order by l.group_id_) from act_ru_identitylink l
                                where l.task_id_ = t.id_ and l.type_ = 'candidate' and l.group_id_ is not null) as groups
                        from root r
                            join act_ru_execution e on e.root_proc_inst_id_ = r.id
                            join act_ru_task t on t.proc_inst_id_ = e.proc_inst_id_
                        order by t.suspension_state_, t.due_date_ nulls last, t.create_time_, t.id_
                        """)
                .param("customer", customerId)
                .query((row, n) -> {
                    Array groups = row.getArray("groups");
                    return new Row(
                            row.getString("id_"),
                            row.getString("name_"),
                            row.getString("assignee_"),
                            groups == null ? List.of() : List.of((String[]) groups.getArray()),
                            CaseRows.instant(row, "due_date_"),
                            row.getBoolean("on_hold"));
                })
                .list();
    }

    /** Asked in the name of whoever is logged in. */
    private Set<String> visible(List<Row> rows) {
        return rows.isEmpty()
                ? Set.of()
                : tasks.createTaskQuery().taskIdIn(rows.stream().map(Row::id).toArray(String[]::new)).list().stream()
                        .map(Task::getId)
                        .collect(Collectors.toSet());
    }
}
