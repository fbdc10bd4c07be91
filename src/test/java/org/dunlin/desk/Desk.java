package org.dunlin.desk;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;

/** People who sit at a desk, made for tests. */
final class Desk {

    static final String PASSWORD = "Correct-Horse-9";

    private Desk() {}

    static String basic(String login, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((login + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Somebody in that group, made once. */
    static void person(IdentityService identity, String login, String group) {
        if (identity.createUserQuery().userId(login).count() > 0) {
            return;
        }
        User user = identity.newUser(login);
        user.setFirstName("Pim");
        user.setLastName("Tester");
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        identity.createMembership(login, group);
    }
}
