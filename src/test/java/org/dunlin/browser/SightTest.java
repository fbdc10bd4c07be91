package org.dunlin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.dunning.CasesAtACall;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.security.Groups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Pages can be read by people who see little or nothing: axe finds nothing serious on them. */
class SightTest extends Browser {

    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    @Autowired
    CasesAtACall cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    TaskService tasks;

    @Autowired
    DunlinClock clock;

    private CasesAtACall.Case about;

    @BeforeEach
    void a_call_is_due() {
        slate.clean();
        person("mona", "Mona", Groups.SENIOR_COLLECTORS, Groups.MANAGERS);
        cases.itIsTuesday();
        about = cases.calling(portfolio.creditor("NL"));
    }

    @AfterEach
    void time_runs_again() {
        slate.clean();
        clock.runFrom(Instant.now());
    }

    @Test
    void our_own_pages_have_contrast_and_labels() {
        Page page = login("mona", PASSWORD);
        List<String> findings = new ArrayList<>();
        for (String path :
                List.of("/", "/customers", "/customers/id/" + about.customer(), "/portfolio", "/contacts", "/login")) {
            page.navigate(path);
            findings.addAll(findings(path, new AxeBuilder(page)));
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void the_form_of_a_call_has_contrast_and_labels() {
        tasks.claim(cases.call(about), "mona");
        Page page = login("mona", PASSWORD);
        page.navigate("/camunda/app/tasklist/default/#/?task=" + cases.call(about));
        page.locator(".dunlin-call h3").waitFor();
        for (String outcome : List.of("willPay", "paymentPlan", "disputes", "callBack")) {
            page.locator("[name=outcome][value=" + outcome + "]").check();
            assertThat(findings(outcome, new AxeBuilder(page).include(List.of(".dunlin-call"))))
                    .isEmpty();
        }
    }

    private static List<String> findings(String where, AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .filter(rule -> SERIOUS.contains(rule.getImpact()))
                .map(rule -> where + ": " + said(rule))
                .toList();
    }

    private static String said(Rule rule) {
        return rule.getId() + ", " + rule.getHelp() + ": "
                + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }
}
