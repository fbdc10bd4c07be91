package org.dunlin.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.DunlinTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A person at a screen of 1280 by 720, in the Chromium of this machine (another one: {@code -Dchromium=/path}). Where there is none,
 * the tests are skipped and say so.
 */
@DunlinTest
public abstract class Browser {

    private static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));

    private static Playwright playwright;
    private static com.microsoft.playwright.Browser chromium;

    /** Of everybody whom {@link #person} makes. */
    protected static final String PASSWORD = "Correct-Horse-9";

    @LocalServerPort
    protected int port;

    @Autowired
    private IdentityService identity;

    private final List<BrowserContext> others = new ArrayList<>();
    private BrowserContext person;

    @BeforeAll
    static void open() {
        assumeTrue(
                Files.isExecutable(CHROMIUM),
                () -> "Skipped: there is no Chromium at " + CHROMIUM
                        + "; install it, or name it with -Dchromium=/path");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
            playwright = null;
        }
    }

    @AfterEach
    void goHome() {
        if (person != null) {
            person.close();
            person = null;
        }
        others.forEach(BrowserContext::close);
        others.clear();
    }

    /** Somebody with that first name in these groups, made once. */
    protected void person(String login, String name, String... groups) {
        if (identity.createUserQuery().userId(login).count() > 0) {
            return;
        }
        User user = identity.newUser(login);
        user.setFirstName(name);
        user.setLastName("Tester");
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        for (String group : groups) {
            identity.createMembership(login, group);
        }
    }

    /** A tab of somebody who has just logged in; what they keep and their session are gone after the test. */
    protected Page login(String name, String password) {
        if (person == null) {
            person = screen();
        }
        Page page = person.newPage();
        login(page, name, password);
        return page;
    }

    /** The same at another machine, beside the first. */
    protected Page another(String name, String password) {
        BrowserContext machine = screen();
        others.add(machine);
        Page page = machine.newPage();
        login(page, name, password);
        return page;
    }

    private BrowserContext screen() {
        return chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL("http://localhost:" + port)
                .setViewportSize(1280, 720)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Amsterdam"));
    }

    /** Logs in, in a tab that is there. */
    protected void login(Page page, String name, String password) {
        page.navigate("/login");
        page.locator("#login input[name=username]").fill(name);
        page.locator("#login input[name=password]").fill(password);
        page.locator("#login button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/login"));
    }
}
