package org.dunlin.platform.security;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;
import static org.dunlin.platform.security.Groups.ADMINS;
import static org.dunlin.platform.security.Groups.DESIGNERS;
import static org.dunlin.platform.security.Groups.JUNIOR_COLLECTORS;
import static org.dunlin.platform.security.Groups.MANAGERS;
import static org.dunlin.platform.security.Groups.SENIOR_COLLECTORS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.BatchPermissions;
import org.camunda.bpm.engine.authorization.HistoricProcessInstancePermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;
import org.springframework.stereotype.Component;

/**
 * What each group may do in the engine. A task itself needs no grant here: the engine gives it to the candidate group of the
 * task. Missing grants are made at each start; what an administrator changed in one stays.
 */
@Component
class Grants {

    private final AuthorizationService authorizations;

    Grants(AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    /** All grants of the product, by group. */
    private static List<Grant> all() {
        List<Grant> grants = new ArrayList<>();
        for (Resource resource : Resources.values()) {
            grants.add(new Grant(ADMINS, resource, ANY, Permissions.ALL));
        }

        for (String group : Groups.WITH_TASKS) {
            grants.add(new Grant(group, Resources.APPLICATION, "tasklist", Permissions.ACCESS));
            grants.add(new Grant(group, Resources.FILTER, ANY, Permissions.CREATE));
            if (!group.equals(SENIOR_COLLECTORS)) {
                grants.add(new Grant(
                        group,
                        Resources.PROCESS_DEFINITION,
                        ANY,
                        // Without reading instances the cards in Tasklist stay empty.
                        ProcessDefinitionPermissions.READ,
                        ProcessDefinitionPermissions.READ_INSTANCE));
            }
        }
        grants.add(new Grant(
                SENIOR_COLLECTORS,
                Resources.PROCESS_DEFINITION,
                ANY,
                ProcessDefinitionPermissions.READ,
                ProcessDefinitionPermissions.READ_INSTANCE,
                // Seniors see what juniors have to do, and help out.
                ProcessDefinitionPermissions.READ_TASK,
                ProcessDefinitionPermissions.TASK_WORK,
                ProcessDefinitionPermissions.TASK_ASSIGN));
        grants.add(new Grant(SENIOR_COLLECTORS, Resources.USER, ANY, Permissions.READ));
        grants.add(new Grant(SENIOR_COLLECTORS, Resources.GROUP, JUNIOR_COLLECTORS, Permissions.READ));
        grants.add(new Grant(SENIOR_COLLECTORS, Resources.GROUP, SENIOR_COLLECTORS, Permissions.READ));

        // What people may begin by a form of their own. The process ids are those of bpmn/holds and bpmn/case.
        for (String group : List.of(JUNIOR_COLLECTORS, SENIOR_COLLECTORS, Groups.SALES)) {
            grants.add(new Grant(group, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE));
            for (String hold : List.of("promise", "dispute", "paymentPlan")) {
                grants.add(mayStart(group, hold));
            }
        }
        grants.add(mayStart(SENIOR_COLLECTORS, "block"));
        grants.add(mayStart(SENIOR_COLLECTORS, "insolvency"));
        grants.add(new Grant(Groups.MAILROOM, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE));
        for (String group : List.of(JUNIOR_COLLECTORS, SENIOR_COLLECTORS, Groups.MAILROOM)) {
            grants.add(mayStart(group, "letterReturned"));
        }

        grants.addAll(forManagers());
        grants.addAll(forDesigners());
        return grants;
    }

    private static Grant mayStart(String group, String process) {
        return new Grant(group, Resources.PROCESS_DEFINITION, process, ProcessDefinitionPermissions.CREATE_INSTANCE);
    }

    /** Managers watch everything and change nothing. */
    private static List<Grant> forManagers() {
        return List.of(
                new Grant(MANAGERS, Resources.APPLICATION, "tasklist", Permissions.ACCESS),
                new Grant(MANAGERS, Resources.APPLICATION, "cockpit", Permissions.ACCESS),
                new Grant(MANAGERS, Resources.FILTER, ANY, Permissions.CREATE),
                new Grant(
                        MANAGERS,
                        Resources.PROCESS_DEFINITION,
                        ANY,
                        ProcessDefinitionPermissions.READ,
                        ProcessDefinitionPermissions.READ_INSTANCE,
                        ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
                        ProcessDefinitionPermissions.READ_TASK,
                        ProcessDefinitionPermissions.READ_TASK_VARIABLE,
                        ProcessDefinitionPermissions.READ_HISTORY,
                        ProcessDefinitionPermissions.READ_HISTORY_VARIABLE),
                new Grant(MANAGERS, Resources.HISTORIC_PROCESS_INSTANCE, ANY, HistoricProcessInstancePermissions.READ),
                new Grant(MANAGERS, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY),
                new Grant(MANAGERS, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ),
                new Grant(MANAGERS, Resources.DEPLOYMENT, ANY, Permissions.READ),
                new Grant(MANAGERS, Resources.TASK, ANY, TaskPermissions.READ),
                new Grant(MANAGERS, Resources.BATCH, ANY, BatchPermissions.READ, BatchPermissions.READ_HISTORY),
                new Grant(MANAGERS, Resources.USER, ANY, Permissions.READ),
                new Grant(MANAGERS, Resources.GROUP, ANY, Permissions.READ));
    }

    /** Designers deploy models, try them and look how they run; they delete nothing and do no collector's work. */
    private static List<Grant> forDesigners() {
        return List.of(
                new Grant(DESIGNERS, Resources.APPLICATION, "cockpit", Permissions.ACCESS),
                new Grant(DESIGNERS, Resources.DEPLOYMENT, ANY, Permissions.CREATE, Permissions.READ),
                new Grant(
                        DESIGNERS,
                        Resources.PROCESS_DEFINITION,
                        ANY,
                        ProcessDefinitionPermissions.READ,
                        ProcessDefinitionPermissions.UPDATE,
                        ProcessDefinitionPermissions.SUSPEND,
                        ProcessDefinitionPermissions.CREATE_INSTANCE,
                        ProcessDefinitionPermissions.READ_INSTANCE,
                        ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
                        ProcessDefinitionPermissions.MIGRATE_INSTANCE,
                        ProcessDefinitionPermissions.READ_TASK,
                        ProcessDefinitionPermissions.READ_HISTORY,
                        ProcessDefinitionPermissions.READ_HISTORY_VARIABLE),
                new Grant(DESIGNERS, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE),
                new Grant(
                        DESIGNERS,
                        Resources.DECISION_DEFINITION,
                        ANY,
                        Permissions.READ,
                        Permissions.UPDATE,
                        Permissions.CREATE_INSTANCE,
                        Permissions.READ_HISTORY),
                new Grant(DESIGNERS, Resources.DECISION_REQUIREMENTS_DEFINITION, ANY, Permissions.READ));
    }

    /** Makes the grants that are missing. */
    void ensure() {
        all().forEach(this::ensure);
    }

    /** Lets a group see a filter of Tasklist. */
    void ensureFilterIsSeen(String filterId, String group) {
        ensure(new Grant(group, Resources.FILTER, filterId, Permissions.READ));
    }

    private void ensure(Grant grant) {
        long present = authorizations
                .createAuthorizationQuery()
                .authorizationType(AUTH_TYPE_GRANT)
                .groupIdIn(grant.group)
                .resourceType(grant.resource)
                .resourceId(grant.resourceId)
                .count();
        if (present == 0) {
            save(grant);
        }
    }

    private void save(Grant grant) {
        Authorization authorization = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
        authorization.setGroupId(grant.group);
        authorization.setResource(grant.resource);
        authorization.setResourceId(grant.resourceId);
        grant.permissions.forEach(authorization::addPermission);
        authorizations.saveAuthorization(authorization);
    }

    private record Grant(String group, Resource resource, String resourceId, List<Permission> permissions) {
        Grant(String group, Resource resource, String resourceId, Permission... permissions) {
            this(group, resource, resourceId, Arrays.asList(permissions));
        }
    }
}
