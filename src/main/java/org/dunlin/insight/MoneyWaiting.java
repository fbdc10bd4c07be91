package org.dunlin.insight;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.dunlin.insight.DeskFigures.Sum;
import org.dunlin.platform.security.CurrentUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads how much money waits at each activity of a process. */
@Component
class MoneyWaiting {

    /** A case that stands on an activity several times, as calls and their reminders do, counts there once. */
    private static final String BY_ACTIVITY =
            """
            with standing as (
                    select distinct e.act_id_ as activity, c.id, c.currency
                    from act_re_procdef d
                        join act_ru_execution e on e.proc_def_id_ = d.id_ and e.is_active_ and e.act_id_ is not null
                        join act_ru_execution p on p.id_ = e.proc_inst_id_
                        join dunning_case c on c.number = p.business_key_
                    where d.key_ = :key and d.tenant_id_ is null),
                chosen as (select distinct id from standing),
                ${money}
            select s.activity, s.currency, count(*) as cases, coalesce(sum(m.open), 0) as amount
            from standing s left join money m on m.case_id = s.id
            group by s.activity, s.currency order by s.activity, s.currency
            """
                    .replace("${money}", DeskReader.MONEY);

    private final JdbcClient jdbc;
    private final RepositoryService repository;
    private final AuthorizationService authorizations;
    private final CurrentUser user;
    private final Clock clock;

    MoneyWaiting(
            JdbcClient jdbc,
            RepositoryService repository,
            AuthorizationService authorizations,
            CurrentUser user,
            Clock clock) {
        this.jdbc = jdbc;
        this.repository = repository;
        this.authorizations = authorizations;
        this.user = user;
        this.clock = clock;
    }

    /**
     * What waits at an activity.
     *
     * @param cases whose token stands there, in any version of the process
     * @param open  of these cases, by currency
     */
    record Waiting(String activity, int cases, List<Sum> open) {}

    /**
     * By activity, over all versions of the process.
     *
     * @param definitionId id of any version; empty when there is none, or the user may not read its instances
     */
    @Transactional(readOnly = true)
    public Optional<List<Waiting>> at(String definitionId) {
        // Asked in the name of the user: the engine hides what they may not read.
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionId(definitionId)
                .singleResult();
        if (definition == null || !mayReadInstances(definition)) {
            return Optional.empty();
        }
        Map<String, Found> found = new LinkedHashMap<>();
        jdbc.sql(BY_ACTIVITY)
                .param("key", definition.getKey())
                .param("today", LocalDate.now(clock))
                .query(row -> {
                    found.computeIfAbsent(row.getString("activity"), activity -> new Found())
                            .add(row.getInt("cases"), Sum.of(row.getString("currency"), row.getBigDecimal("amount")));
                });
        return Optional.of(found.entrySet().stream()
                .map(entry -> new Waiting(entry.getKey(), entry.getValue().cases, List.copyOf(entry.getValue().open)))
                .toList());
    }

    private boolean mayReadInstances(ProcessDefinition definition) {
        return authorizations.isUserAuthorized(
                user.id(),
                user.groups(),
                ProcessDefinitionPermissions.READ_INSTANCE,
                Resources.PROCESS_DEFINITION,
                definition.getKey());
    }

    private static final class Found {
        private int cases;
        private final List<Sum> open = new ArrayList<>();

        void add(int more, Sum sum) {
            cases += more;
            if (sum.amount().signum() != 0) {
                open.add(sum);
            }
        }
    }
}
