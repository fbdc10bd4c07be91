package org.dunlin.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
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

/** What collectors find in Tasklist and what becomes of what they enter, from Tuesday 20 January 2026 on. */
class CollectorsDayTest extends Browser {

    private static final String FOR_JUNIORS = "Bakkerij Jansen";
    private static final String FOR_SENIORS = "Groothandel De Wit";

    @Autowired
    CasesAtACall cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    Holds holds;

    @Autowired
    TaskService tasks;

    @Autowired
    DunlinClock clock;

    @Autowired
    JdbcClient jdbc;

    private CasesAtACall.Case forJuniors;
    private CasesAtACall.Case forSeniors;

    @BeforeEach
    void two_calls_are_due() {
        slate.clean();
        person("jan", "Jan", Groups.JUNIOR_COLLECTORS);
        person("sara", "Sara", Groups.SENIOR_COLLECTORS);
        cases.itIsTuesday();
        long creditor = portfolio.creditor("NL");
        forJuniors = calling(creditor, FOR_JUNIORS);
        forSeniors = calling(creditor, FOR_SENIORS);
        tasks.complete(
                cases.call(forSeniors), Map.of("outcome", "handToSenior", "note", "Asks for their old discount"));
    }

    @AfterEach
    void time_runs_again() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    /** The name is there before the task is, whose card shows it. */
    private CasesAtACall.Case calling(long creditor, String name) {
        CasesAtACall.Case waiting = cases.onItsLadder(creditor);
        jdbc.sql("update customer set name = :name where id = :id")
                .param("name", name)
                .param("id", waiting.customer())
                .update();
        cases.run(waiting, "waitBeforeCall");
        return waiting;
    }

    private Page callListOf(String login) {
        Page page = login(login, PASSWORD);
        page.navigate("/camunda/app/tasklist/default/");
        page.locator("[cam-tasklist-filters], .tasklist-filters, .filters")
                .first()
                .getByText("Call list")
                .click();
        page.locator(".tasks-list li.task").first().waitFor();
        return page;
    }

    private static Locator cards(Page page) {
        return page.locator(".tasks-list li.task");
    }

    @Test
    void a_junior_sees_the_work_of_juniors_only() {
        Page page = callListOf("jan");
        assertThat(cards(page)).hasCount(1);
        assertThat(cards(page).first()).containsText(FOR_JUNIORS);

        // The same list, with the task of somebody else in the address, opened anew.
        page.waitForURL(url -> url.contains("filter="));
        String list = page.url();
        page.navigate("about:blank");
        page.navigate(list + "&task=" + cases.call(forSeniors));
        cards(page).first().waitFor();
        assertThat(cards(page).first()).containsText(FOR_JUNIORS);
        assertThat(page.locator(".dunlin-call")).hasCount(0);
        assertThat(page.locator("body")).not().containsText(FOR_SENIORS);
    }

    @Test
    void a_senior_sees_what_was_handed_on() {
        Page page = callListOf("sara");
        assertThat(cards(page)).hasCount(1);
        assertThat(cards(page).first()).containsText(FOR_SENIORS);
    }

    @Test
    void from_login_to_a_promise_to_the_ladder_that_goes_on_when_it_is_broken() {
        Page page = callListOf("jan");
        cards(page).first().click();
        page.locator(".dunlin-call h3").waitFor();
        page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("[name=outcome][value=willPay]").check();
        page.locator("[name=promiseDate]").fill("2026-01-26");
        page.locator(".form-actions .btn-primary").click();
        page.locator(".dunlin-call").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));

        assertThat(holds.ofCustomer(forJuniors.customer())).singleElement().satisfies(promise -> {
            assertThat(promise.kind()).isEqualTo(Hold.Kind.PROMISE);
            assertThat(promise.endsOn()).isEqualTo(LocalDate.of(2026, 1, 26));
            assertThat(promise.isActive()).isTrue();
        });
        timeline.passUntil(LocalDate.of(2026, 1, 26));
        assertThat(letters()).as("while the promise holds").isZero();

        timeline.passUntil(LocalDate.of(2026, 2, 3));
        assertThat(holds.ofCustomer(forJuniors.customer()))
                .singleElement()
                .satisfies(promise -> assertThat(promise.isActive()).isFalse());
        assertThat(letters()).as("the next rung").isEqualTo(1);
    }

    private long letters() {
        return jdbc.sql("select count(*) from contact where customer_id = :customer and channel = 'LETTER'")
                .param("customer", forJuniors.customer())
                .query(Long.class)
                .single();
    }
}
