package org.dunlin.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.dunlin.DunlinTest;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.security.DemoLogins.DemoLogin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Who exists after a start. Every test takes back what it does. */
@DunlinTest
class AccountsTest {

    @Autowired
    IdentityService identity;

    @Autowired
    AuthorizationService authorizations;

    @Autowired
    FilterService filters;

    @Autowired
    ProcessEngineConfigurationImpl engine;

    @Autowired
    Grants grants;

    @Autowired
    TaskFilters taskFilters;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void with_the_demo_there_is_one_login_per_role() {
        rolledBack(() -> {
            start(true, null, null);

            for (DemoLogin login : DemoLogins.ALL) {
                assertThat(identity.checkPassword(login.name(), login.name()))
                        .as(login.name())
                        .isTrue();
                assertThat(identity.createGroupQuery().groupMember(login.name()).list())
                        .extracting(Group::getId)
                        .contains(login.group());
            }
            start(true, null, null);
            assertThat(identity.createUserQuery().userId("demo").count()).isEqualTo(1);
        });
    }

    @Test
    void without_the_demo_no_known_password_exists() {
        for (DemoLogin login : DemoLogins.ALL) {
            assertThat(identity.createUserQuery().userId(login.name()).count())
                    .as(login.name())
                    .isZero();
        }
        rolledBack(() -> {
            start(true, null, null);
            User sales = identity.createUserQuery().userId("sales").singleResult();
            sales.setPassword("My-own-password-1");
            identity.saveUser(sales);

            start(false, "chief", "Nine-lives-of-a-cat");

            for (DemoLogin login : DemoLogins.ALL) {
                assertThat(identity.createUserQuery().userId(login.name()).count())
                        .as(login.name())
                        .isEqualTo(login.name().equals("sales") ? 1 : 0);
            }
        });
    }

    @Test
    void the_first_administrator_comes_from_the_configuration_and_only_once() {
        rolledBack(() -> {
            noAdministrators();

            start(false, "chief@example.com", "Nine-lives-of-a-cat");

            assertThat(identity.checkPassword("chief@example.com", "Nine-lives-of-a-cat"))
                    .isTrue();
            assertThat(identity.createGroupQuery()
                            .groupMember("chief@example.com")
                            .list())
                    .extracting(Group::getId)
                    .containsExactlyInAnyOrder(Groups.ADMINS, "camunda-admin");

            start(false, "second", "Nine-lives-of-a-cat");
            assertThat(identity.createUserQuery().userId("second").count()).isZero();

            start(false, null, null);
        });
    }

    @Test
    void without_any_administrator_dunlin_does_not_start_and_says_what_to_do() {
        rolledBack(() -> {
            noAdministrators();
            assertThatThrownBy(() -> start(false, null, null))
                    .isInstanceOf(NoAdministratorException.class)
                    .satisfies(e -> {
                        FailureAnalysis analysis = new NoAdministratorException.Analyzer().analyze(e);
                        assertThat(analysis.getDescription()).contains("no administrator");
                        assertThat(analysis.getAction()).contains("DUNLIN_ADMIN_USER", "DUNLIN_ADMIN_PASSWORD");
                    });
        });
    }

    @ParameterizedTest
    @CsvSource({
        "admin, admin",
        "admin, short-1",
        "admin, changeme1234",
        "admin, password1234",
        "admin, administrator",
        "admin, admin-admin-admin",
        "admin, aaaaaaaaaaaaaa",
        "admin, DunlinDunlin1",
        "jeroen, jeroenjeroen12",
        "admin, 123456789012"
    })
    void a_weak_password_of_the_first_administrator_is_refused(String user, String password) {
        rolledBack(() -> {
            noAdministrators();
            assertThatThrownBy(() -> start(false, user, password))
                    .isInstanceOf(NoAdministratorException.class)
                    .hasMessageContaining("refused")
                    .hasMessageNotContaining("password '" + password);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nine-lives-of-a-cat", "a-test-password", "correct horse battery", "7f3c9a1be04d"})
    void a_long_password_is_taken_without_odd_characters(String password) {
        assertThat(PasswordRules.weakness("admin", password)).isEmpty();
    }

    @Test
    void passwords_given_in_admin_are_long_too() {
        User user = identity.newUser("shorty");
        user.setPassword("short-1");
        assertThatThrownBy(() -> identity.saveUser(user)).hasMessageContaining("policy");
    }

    @Test
    void all_groups_exist() {
        assertThat(identity.createGroupQuery().list())
                .extracting(Group::getId)
                .contains(
                        Groups.JUNIOR_COLLECTORS,
                        Groups.SENIOR_COLLECTORS,
                        Groups.SALES,
                        Groups.DISPUTES,
                        Groups.MAILROOM,
                        Groups.MANAGERS,
                        Groups.DESIGNERS,
                        Groups.ADMINS);
    }

    @Test
    void a_list_that_an_administrator_changed_stays_changed() {
        rolledBack(() -> {
            Filter mine = filters.createFilterQuery().filterName("My tasks").singleResult();
            mine.setName("What I have to do");
            filters.saveFilter(mine);
            long before = filters.createFilterQuery().count();

            start(false, null, null);

            assertThat(filters.createFilterQuery().count()).isEqualTo(before);
            assertThat(filters.createFilterQuery().filterName("My tasks").count())
                    .isZero();
        });
    }

    @Test
    void cards_show_amount_days_phone_segment_and_step_below_the_customer_in_the_title() {
        for (String list : List.of(
                "Call list", "My calls today", "Escalated to me", "All tasks", "Tasks of my groups", "My tasks")) {
            Filter filter = filters.createFilterQuery().filterName(list).singleResult();
            assertThat(filter.getProperties().get("variables").toString())
                    .contains("overdueText", "daysOverdue", "phone", "segment", "rungName", "handedOnText");
        }
    }

    @Test
    void a_grant_that_an_administrator_widened_stays_and_a_missing_one_comes_back() {
        rolledBack(() -> {
            var grant = authorizations
                    .createAuthorizationQuery()
                    .groupIdIn(Groups.SALES)
                    .resourceType(Resources.APPLICATION)
                    .resourceId("tasklist")
                    .singleResult();
            authorizations.deleteAuthorization(grant.getId());
            long before = authorizations.createAuthorizationQuery().count();

            start(false, null, null);

            assertThat(authorizations.createAuthorizationQuery().count()).isEqualTo(before + 1);
        });
    }

    private void start(boolean demo, @Nullable String user, @Nullable String password) {
        var properties = new DunlinProperties(
                new DunlinProperties.Database(null, null, null, null),
                Path.of("target"),
                null,
                demo,
                null,
                false,
                new DunlinProperties.Admin(user, password));
        new Accounts(identity, engine, grants, taskFilters, properties, transaction, jdbc).run();
    }

    private void noAdministrators() {
        identity.createUserQuery().memberOfGroup(Groups.ADMINS).list().forEach(user -> {
            identity.deleteMembership(user.getId(), Groups.ADMINS);
            identity.createUserQuery()
                    .userId(user.getId())
                    .memberOfGroup("camunda-admin")
                    .list()
                    .forEach(member -> identity.deleteMembership(member.getId(), "camunda-admin"));
        });
    }

    private void rolledBack(Runnable test) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            test.run();
        });
    }
}
