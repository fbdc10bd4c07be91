package org.dunlin.platform.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cmd.SaveUserCmd;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.EncryptionUtil;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.engine.StartUpStep;
import org.dunlin.platform.security.DemoLogins.DemoLogin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts groups, grants, task lists and the first people in place. With the demo these are its well-known logins. Without it
 * nobody has a password that others know: the administrator comes from configuration, demo logins of an earlier start go, and
 * without an administrator Dunlin does not start.
 */
@Component
@Order(StartUpStep.USERS)
class Accounts implements StartUpStep {

    private static final Logger log = LoggerFactory.getLogger(Accounts.class);

    /** While this group of Camunda's has no member, its applications offer everybody to become the administrator. */
    private static final String CAMUNDA_ADMINS = org.camunda.bpm.engine.authorization.Groups.CAMUNDA_ADMIN;

    /** Held while two nodes start at once, so that only one of them makes what is missing. */
    private static final long LOCK = 7_101_001L;

    private static final Map<String, String> GROUPS = groups();

    private final IdentityService identity;
    private final ProcessEngineConfigurationImpl engine;
    private final Grants grants;
    private final TaskFilters filters;
    private final DunlinProperties properties;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;

    Accounts(
            IdentityService identity,
            ProcessEngineConfigurationImpl engine,
            Grants grants,
            TaskFilters filters,
            DunlinProperties properties,
            TransactionTemplate transaction,
            JdbcClient jdbc) {
        this.identity = identity;
        this.engine = engine;
        this.grants = grants;
        this.filters = filters;
        this.properties = properties;
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    private static Map<String, String> groups() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(Groups.JUNIOR_COLLECTORS, "Junior collectors");
        names.put(Groups.SENIOR_COLLECTORS, "Senior collectors");
        names.put(Groups.SALES, "Sales");
        names.put(Groups.DISPUTES, "Disputes");
        names.put(Groups.MAILROOM, "Mail room");
        names.put(Groups.MANAGERS, "Managers");
        names.put(Groups.DESIGNERS, "Designers");
        names.put(Groups.AGENCIES, "Collection agencies and lawyers");
        names.put(Groups.ADMINS, "Administrators");
        return names;
    }

    @Override
    public void run() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(rs -> {});
            GROUPS.forEach((id, name) -> ensureGroup(id, name, "WORKFLOW"));
            ensureGroup(CAMUNDA_ADMINS, "Camunda administrators (kept by Dunlin)", "SYSTEM");
            grants.ensure();
            filters.ensure();
            if (properties.demoMode()) {
                DemoLogins.ALL.forEach(this::ensureDemoLogin);
            } else {
                removeDemoLogins();
                ensureFirstAdministrator();
            }
            closeCamundaSetup();
        });
    }

    private void ensureGroup(String id, String name, String type) {
        if (identity.createGroupQuery().groupId(id).count() == 0) {
            Group group = identity.newGroup(id);
            group.setName(name);
            group.setType(type);
            identity.saveGroup(group);
        }
    }

    private void ensureDemoLogin(DemoLogin login) {
        if (identity.createUserQuery().userId(login.name()).count() == 0) {
            createUser(login.name(), login.name(), login.firstName(), login.lastName());
            identity.createMembership(login.name(), login.group());
        }
    }

    /** Whoever kept the login of the demo but chose a password of their own has a real account, which stays. */
    private void removeDemoLogins() {
        for (DemoLogin login : DemoLogins.ALL) {
            User user = identity.createUserQuery().userId(login.name()).singleResult();
            if (user instanceof UserEntity entity && hasPassword(entity, login.name())) {
                identity.deleteUser(login.name());
                log.warn("The demo login '{}' was removed, because the demo is off", login.name());
            }
        }
    }

    /** Compares without counting as a failed login, which in the end would lock the account. */
    private boolean hasPassword(UserEntity user, String password) {
        return user.getPassword() != null
                && engine.getPasswordManager()
                        .check(EncryptionUtil.saltPassword(password, user.getSalt()), user.getPassword());
    }

    private void ensureFirstAdministrator() {
        if (!administrators().isEmpty()) {
            return;
        }
        String login = properties.admin().user();
        String password = properties.admin().password();
        if (login == null || login.isBlank() || password == null || password.isBlank()) {
            throw new NoAdministratorException("Dunlin has no administrator yet.");
        }
        PasswordRules.weakness(login, password).ifPresent(weakness -> {
            throw new NoAdministratorException(
                    "The password of the first administrator '" + login + "' is refused: " + weakness + ".");
        });
        if (identity.createUserQuery().userId(login).count() == 0) {
            createUser(login, password, "First", "Administrator");
        }
        identity.createMembership(login, Groups.ADMINS);
        log.info("The first administrator '{}' was made from the configuration", login);
    }

    private void createUser(String login, String password, String firstName, String lastName) {
        User user = identity.newUser(login);
        user.setFirstName(firstName);
        user.setLastName(lastName);
        user.setPassword(password);
        // Demo passwords follow no rule; that of the first administrator was checked by stricter ones.
        engine.getCommandExecutorTxRequired().execute(new SaveUserCmd(user, true));
    }

    private List<User> administrators() {
        return identity.createUserQuery().memberOfGroup(Groups.ADMINS).list();
    }

    /** Our administrators are Camunda's too; the setup page itself is also closed by the filter. */
    private void closeCamundaSetup() {
        for (User admin : administrators()) {
            if (identity.createUserQuery()
                            .userId(admin.getId())
                            .memberOfGroup(CAMUNDA_ADMINS)
                            .count()
                    == 0) {
                identity.createMembership(admin.getId(), CAMUNDA_ADMINS);
            }
        }
    }
}
