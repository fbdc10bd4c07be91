package org.dunlin.desk.customer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.dunlin.desk.customer.CustomerPicture.NextStep;
import org.dunlin.platform.engine.EngineBatch;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What cases wait for, in the words of their models. */
@Component
class NextSteps {

    private final JdbcClient jdbc;
    private final RepositoryService repository;
    private final EngineBatch engine;

    NextSteps(JdbcClient jdbc, RepositoryService repository, EngineBatch engine) {
        this.jdbc = jdbc;
        this.repository = repository;
        this.engine = engine;
    }

    /** In the order in which they say most about what happens next. */
    private enum Waiting {
        TASK,
        MESSAGE_TO_SEND,
        TIMER,
        JOB,
        NEWS
    }

    private record Row(
            String frame,
            Waiting waiting,
            @Nullable String definition,
            @Nullable String activity,
            @Nullable String name,
            @Nullable Instant at,
            boolean stuck) {}

    /**
     * By process instance of the case; missing where nothing is known.
     *
     * @param frames of the cases
     */
    Map<String, NextStep> of(Collection<String> frames) {
        if (frames.isEmpty()) {
            return Map.of();
        }
        Map<String, Row> first = new HashMap<>();
        for (Row row : rows(frames)) {
            first.putIfAbsent(row.frame(), row);
        }
        // The product asks its models, whatever rights in the engine the person has who reads the answer.
        return engine.call(() -> {
            Map<String, NextStep> steps = new HashMap<>();
            first.forEach((frame, row) -> steps.put(frame, step(row)));
            return steps;
        });
    }

    /**
     * Timers at the border of a step are reminders of it, and not what comes next. The frame waits for messages at all times. Only process
     * instances know the frame they belong to.
     */
    private List<Row> rows(Collection<String> frames) {
        List<Row> rows = jdbc.sql(
                        """
                        with part as (
                            select proc_inst_id_ as id, root_proc_inst_id_ as frame from act_ru_execution where root_proc_inst_id_ = any(:frames))
                        select p.frame, 'TASK' as waiting, t.proc_def_id_ as definition, t.task_def_key_ as activity, t.name_ as name,
                               t.due_date_ as at, false as stuck
                        from part p join act_ru_task t on t.proc_inst_id_ = p.id
                        union all
                        select p.frame, 'MESSAGE_TO_SEND', x.proc_def_id_, x.act_id_, null, null, coalesce(x.retries_, 1) = 0
                        from part p join act_ru_ext_task x on x.proc_inst_id_ = p.id
                        union all
                        select p.frame, case when j.handler_type_ = 'timer-intermediate-transition' then 'TIMER' else 'JOB' end,
                               j.process_def_id_, d.act_id_, null, j.duedate_, j.retries_ = 0
                        from part p join act_ru_job j on j.process_instance_id_ = p.id left join act_ru_jobdef d on d.id_ = j.job_def_id_
                        where j.handler_type_ in ('timer-intermediate-transition', 'async-continuation')
                        union all
                        select p.frame, 'NEWS', e.proc_def_id_, s.activity_id_, null, null, false
                        from part p
                            join act_ru_execution e on e.proc_inst_id_ = p.id
                            join act_ru_event_subscr s on s.execution_id_ = e.id_
                        where p.id <> p.frame
                        """)
                .param("frames", frames.toArray(String[]::new))
                .query((row, n) -> new Row(
                        row.getString("frame"),
                        Waiting.valueOf(row.getString("waiting")),
                        row.getString("definition"),
                        row.getString("activity"),
                        row.getString("name"),
                        CaseRows.instant(row, "at"),
                        row.getBoolean("stuck")))
                .list();
        List<Row> ordered = new ArrayList<>(rows);
        ordered.sort(Comparator.comparing(Row::waiting)
                .thenComparing(Row::at, Comparator.nullsLast(Comparator.naturalOrder())));
        return ordered;
    }

    private NextStep step(Row row) {
        return switch (row.waiting()) {
            case TASK -> new NextStep(String.valueOf(row.name()), row.at(), true, false);
            case TIMER -> new NextStep(name(row, true), row.at(), false, row.stuck());
            default -> new NextStep(name(row, false), null, false, row.stuck());
        };
    }

    /** @param after whether what follows the step is meant, and not the step itself */
    private String name(Row row, boolean after) {
        if (row.definition() == null || row.activity() == null) {
            return "A step of the process";
        }
        try {
            BpmnModelInstance model = repository.getBpmnModelInstance(row.definition());
            if (model != null && model.getModelElementById(row.activity()) instanceof FlowNode node) {
                FlowElement named = after ? following(node, new HashSet<>()) : node;
                String name = named == null ? null : named.getName();
                return name == null || name.isBlank()
                        ? row.activity()
                        : name.strip().replaceAll("\\s+", " ");
            }
        } catch (ProcessEngineException e) {
            // Deleted with its versions: the id of the step has to do.
            return row.activity();
        }
        return row.activity();
    }

    private static @Nullable FlowElement following(FlowNode node, Set<String> passed) {
        for (FlowNode next : node.getSucceedingNodes().list()) {
            if (next instanceof Activity || next instanceof EndEvent) {
                return next;
            }
            if (passed.add(next.getId())) {
                FlowElement found = following(next, passed);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
