package org.dunlin.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Which path is guarded how. A path that is not named here needs a login. */
final class Paths {

    static final String LOGIN = "/login";

    private static final String CAMUNDA = "/camunda";
    private static final String CAMUNDA_SETUP = "/camunda/api/admin/setup";
    /** Where Twilio calls us; it signs what it sends, and nothing else is let in there. */
    private static final String TWILIO = "/twilio";

    private static final String HEALTH = "/actuator/health";

    /** What the login page and the pages for customers are made of. */
    private static final Set<String> OPEN =
            Set.of("/dunlin.css", "/dunlin.js", "/dunlin.svg", "/favicon.ico", "/pay.css");

    private Paths() {}

    /** The path as the container maps it: decoded, without parameters and dot segments. */
    static String of(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    static boolean isIn(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    /** Camunda's web applications have filters of their own. */
    static boolean isCamunda(String path) {
        return isIn(path, CAMUNDA);
    }

    /** Where Camunda lets anybody make the first administrator. */
    static boolean isSetup(String path) {
        return isIn(path, CAMUNDA_SETUP);
    }

    static boolean isOpen(String path) {
        return OPEN.contains(path) || isIn(path, HEALTH) || isIn(path, TWILIO);
    }

    /** Pages of a signed link, and what payment services call: no login opens them, and no login could. */
    static boolean isForOutsiders(String path) {
        return isIn(path, "/pay") || isIn(path, "/webhooks");
    }

    static boolean isLogin(String path) {
        return path.equals(LOGIN);
    }

    static boolean isActuator(String path) {
        return isIn(path, "/actuator");
    }
}
