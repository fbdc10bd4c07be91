package org.dunlin.platform.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Nobody could administer this Dunlin, so it does not start: an open door is worse than a closed one. */
public class NoAdministratorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoAdministratorException(String message) {
        super(message);
    }

    static class Analyzer extends AbstractFailureAnalyzer<NoAdministratorException> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, NoAdministratorException cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    """
                    Set DUNLIN_ADMIN_USER and DUNLIN_ADMIN_PASSWORD (or dunlin.admin.user and dunlin.admin.password) for the first
                    start. The password needs at least %d characters. Once the administrator exists, both can be taken away again.
                    To try Dunlin with demo data and well-known logins instead, set dunlin.demo=true; never where others can reach it."""
                            .formatted(PasswordRules.LENGTH),
                    cause);
        }
    }
}
