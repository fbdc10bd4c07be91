package org.dunlin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.dunning.CasesAtACall;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A collector with a keyboard makes a call on Tuesday 20 January 2026. */
class CallFormTest extends Browser {

    private static final String MARKUP = "<img src=x onerror=document.title='owned'> & Co";

    @Autowired
    CasesAtACall cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Holds holds;

    @Autowired
    TaskService tasks;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    private CasesAtACall.Case about;
    private String call;

    @BeforeEach
    void a_call_is_due() {
        slate.clean();
        person("anna", "Anna", Groups.JUNIOR_COLLECTORS);
        person("bob", "Bob", Groups.JUNIOR_COLLECTORS);
        cases.itIsTuesday();
        about = cases.calling(portfolio.creditor("NL"));
        jdbc.sql("update customer set name = :name where id = :id")
                .param("name", MARKUP)
                .param("id", about.customer())
                .update();
        call = cases.call(about);
    }

    @AfterEach
    void time_runs_again() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    private Page openAs(String login) {
        Page page = login(login, PASSWORD);
        page.navigate("/camunda/app/tasklist/default/#/?task=" + call);
        page.locator(".dunlin-call h3").waitFor();
        return page;
    }

    /** Tabs on until that element has the focus. */
    private static void tabTo(Page page, Locator wanted) {
        for (int i = 0; i < 60; i++) {
            if ((boolean) wanted.evaluate("element => element === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("Not reached with the keyboard: " + wanted);
    }

    @Test
    void by_keyboard_alone_a_promise_is_entered_survives_a_reload_and_is_completed() {
        tasks.claim(call, "anna");
        Page page = openAs("anna");
        assertThat(page.locator(".dunlin-call h3")).containsText(MARKUP);
        assertThat(page.title()).isNotEqualTo("owned");

        Locator willPay = page.locator("[name=outcome][value=willPay]");
        tabTo(page, page.locator("[name=outcome]").first());
        page.keyboard().press("Space");
        assertThat(willPay).isChecked();
        tabTo(page, page.locator("[name=promiseDate]"));
        // The same day whether the browser writes the day or the month first.
        page.keyboard().type("02022026");
        tabTo(page, page.locator("[name=promiseAmount]"));
        page.keyboard().type("250,00");
        page.keyboard().press("Enter");
        tabTo(page, page.locator(".dunlin-call textarea[name=note]"));
        page.keyboard().type("After the weekend");
        assertThat(page.locator("[data-part=kept]")).containsText("Kept on this machine");
        org.assertj.core.api.Assertions.assertThat(
                        tasks.createTaskQuery().taskId(call).count())
                .as("Enter does not complete")
                .isEqualTo(1);

        page.reload();
        assertThat(willPay).isChecked();
        assertThat(page.locator("[name=promiseDate]")).hasValue("2026-02-02");
        assertThat(page.locator("[name=promiseAmount]")).hasValue("250,00");
        assertThat(page.locator(".dunlin-call textarea[name=note]")).hasValue("After the weekend");

        tabTo(page, page.locator(".form-actions .btn-primary"));
        page.keyboard().press("Enter");
        page.locator(".dunlin-call")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));

        assertThat(holds.ofCustomer(about.customer())).singleElement().satisfies(promise -> {
            assertThat(promise.kind()).isEqualTo(Hold.Kind.PROMISE);
            assertThat(promise.endsOn()).isEqualTo(LocalDate.of(2026, 2, 2));
            assertThat(promise.amount().amount()).isEqualTo(new BigDecimal("250.00"));
            assertThat(promise.note()).isEqualTo("After the weekend");
            assertThat(promise.raisedBy()).isEqualTo("anna");
        });
        assertThat(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('dunlin.call.')).length"))
                .isEqualTo(0);
    }

    @Test
    void a_promise_beyond_the_policy_is_refused_in_the_form_and_the_input_stays() {
        tasks.claim(call, "anna");
        Page page = openAs("anna");
        page.locator("[name=outcome][value=willPay]").check();
        page.locator("[name=promiseDate]").fill("2026-06-01");
        page.locator(".form-actions .btn-primary").click();
        assertThat(page.locator(".dc-error")).hasText("Our policy allows a day from today until 21 Mar 2026.");
        assertThat(page.locator("[name=promiseDate]")).hasValue("2026-06-01");
        assertThat(holds.ofCustomer(about.customer())).isEmpty();
    }

    @Test
    void input_survives_a_change_of_tab_and_a_lost_session() {
        tasks.claim(call, "anna");
        Page page = openAs("anna");
        page.locator("[name=outcome][value=paymentPlan]").check();
        page.locator("[name=planParts]").fill("3");
        page.locator("[name=planFirstDate]").fill("2026-01-31");
        assertThat(page.locator(".dc-part")).hasCount(3);
        assertThat(page.locator("[data-plan=date]").nth(1)).hasValue("2026-02-28");
        assertThat(page.locator("[data-plan=amount]").nth(2)).hasValue("133.34");
        page.locator("[data-plan=date]").nth(1).fill("2026-02-27");

        page.getByText("History", new Page.GetByTextOptions().setExact(true)).click();
        page.locator(".dunlin-call")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        page.getByText("Form", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("[data-plan=date]").nth(1)).hasValue("2026-02-27");

        page.context().clearCookies();
        login(page, "anna", PASSWORD);
        page.navigate("/camunda/app/tasklist/default/#/?task=" + call);
        assertThat(page.locator("[name=outcome][value=paymentPlan]")).isChecked();
        assertThat(page.locator("[data-plan=date]").nth(1)).hasValue("2026-02-27");
        page.locator(".form-actions .btn-primary").click();
        page.locator(".dunlin-call")
                .waitFor(new Locator.WaitForOptions()
                        .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        assertThat(holds.ofCustomer(about.customer())).singleElement().satisfies(plan -> assertThat(plan.instalments())
                .extracting(Hold.Instalment::dueOn)
                .containsExactly(LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 27), LocalDate.of(2026, 3, 31)));
    }

    @Test
    void a_second_collector_sees_that_a_colleague_has_the_customer_open() {
        openAs("anna");
        Page second = another("bob", PASSWORD);
        second.navigate("/camunda/app/tasklist/default/#/?task=" + call);
        assertThat(second.locator("[data-part=colleagues]")).containsText("Anna has had this customer open since ");
    }
}
