package org.dunlin.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.CustomerPath;
import org.dunlin.dunning.Debtor;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Web;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The way from a task, or an instance in Cockpit, to the customer it is about. */
@DunlinTest
class CustomerOfTest {

    private static final String JUNIOR = "desk-junior";
    private static final String SALES = "desk-sales";
    private static final String MAILROOM = "desk-mailroom";
    private static final String MANAGER = "desk-manager";

    @LocalServerPort
    int port;

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    Debtor debtor;

    @Autowired
    IdentityService identity;

    @Autowired
    TaskService tasks;

    @Autowired
    DunlinClock clock;

    private Web web;
    private Task call;

    @BeforeEach
    void a_customer_has_to_be_called_by_a_junior() {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 5));
        web = new Web(port);
        Desk.person(identity, JUNIOR, Groups.JUNIOR_COLLECTORS);
        Desk.person(identity, SALES, Groups.SALES);
        Desk.person(identity, MAILROOM, Groups.MAILROOM);
        Desk.person(identity, MANAGER, Groups.MANAGERS);
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
        LocalDate day = LocalDate.of(2026, 1, 5);
        while (tasks.createTaskQuery().taskDefinitionKey("callCustomer").count() == 0) {
            assertThat(day).isBefore("2026-03-01");
            day = day.plusDays(1);
            debtor.until(day);
        }
        call = tasks.createTaskQuery().taskDefinitionKey("callCustomer").singleResult();
    }

    @AfterEach
    void timeRunsAgain() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    @Test
    void a_task_leads_to_its_customer_for_who_may_see_the_task_and_for_nobody_else() {
        assertThat(of(JUNIOR, "task/" + call.getId()).body()).contains(CustomerPath.of(debtor.customer()));

        // Sales do not call, so they do not learn whom the call is about.
        assertThat(of(SALES, "task/" + call.getId()).statusCode()).isEqualTo(404);
        assertThat(of(MAILROOM, "task/" + call.getId()).statusCode()).isEqualTo(403);
        assertThat(web.get("/api/customer-of/task/" + call.getId(), "Accept", "application/json")
                        .statusCode())
                .isEqualTo(401);
        assertThat(of(JUNIOR, "task/none").statusCode()).isEqualTo(404);
    }

    @Test
    void an_instance_leads_to_its_customer_also_the_step_that_a_ladder_has_called() {
        HttpResponse<String> found = of(MANAGER, "instance/" + call.getProcessInstanceId());

        assertThat(found.body()).contains(CustomerPath.of(debtor.customer()));
        assertThat(of(MANAGER, "instance/none").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> of(String login, String what) {
        return web.get(
                "/api/customer-of/" + what,
                "Authorization",
                Desk.basic(login, Desk.PASSWORD),
                "Accept",
                "application/json");
    }
}
