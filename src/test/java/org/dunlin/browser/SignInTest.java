package org.dunlin.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

class SignInTest extends Browser {

    @Test
    void one_login_opens_tasklist_too() {
        Page page = login("admin", "a-test-password");
        page.navigate("/camunda/app/tasklist/default/");
        page.locator("[cam-tasks]").waitFor();
        assertThat(page.url()).contains("/camunda/app/tasklist/");
    }
}
