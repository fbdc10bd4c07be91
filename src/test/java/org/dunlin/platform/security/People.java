package org.dunlin.platform.security;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;

/** One person per role, made for tests; nobody has two roles. */
final class People {

    static final String PASSWORD = "Correct-Horse-7";

    /** Login by group. */
    static final Map<String, String> BY_ROLE = new TreeMap<>(Map.of(
            Groups.JUNIOR_COLLECTORS, "tess",
            Groups.SENIOR_COLLECTORS, "sem",
            Groups.SALES, "lotte",
            Groups.DISPUTES, "bram",
            Groups.MAILROOM, "fleur",
            Groups.MANAGERS, "ruben",
            Groups.DESIGNERS, "noor",
            Groups.AGENCIES, "ingrid",
            Groups.ADMINS, "lars"));

    /** Logged in, but in no group. */
    static final String NOBODY = "niels";

    private People() {}

    static void ensure(IdentityService identity) {
        BY_ROLE.forEach((group, login) -> {
            if (create(identity, login)) {
                identity.createMembership(login, group);
            }
        });
        create(identity, NOBODY);
    }

    private static boolean create(IdentityService identity, String login) {
        if (identity.createUserQuery().userId(login).count() > 0) {
            return false;
        }
        User user = identity.newUser(login);
        user.setFirstName(login.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + login.substring(1));
        user.setLastName("Tester");
        user.setPassword(PASSWORD);
        identity.saveUser(user);
        return true;
    }

    static List<String> roles() {
        return List.copyOf(BY_ROLE.keySet());
    }

    static String basic(String login) {
        return basic(login, PASSWORD);
    }

    static String basic(String login, String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((login + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
