package org.dunlin.platform.security;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.stereotype.Component;

/** Who makes the current request. */
@Component
public class CurrentUser {

    private final IdentityService identity;

    CurrentUser(IdentityService identity) {
        this.identity = identity;
    }

    /** Login of the user; empty outside a request, and on pages open to everybody. */
    public Optional<String> login() {
        return authentication().map(Authentication::getUserId);
    }

    /**
     * Login of the user.
     *
     * @throws IllegalStateException when nobody is logged in
     */
    public String id() {
        return login().orElseThrow(() -> new IllegalStateException("Nobody is logged in"));
    }

    /** Ids of the groups the user is in. */
    public List<String> groups() {
        return authentication().map(Authentication::getGroupIds).orElse(List.of());
    }

    public boolean isAdmin() {
        return groups().contains(Groups.ADMINS);
    }

    /** Logged in, but not of the house: what is open to everybody of ours is closed to them. */
    public boolean isOutsider() {
        return groups().contains(Groups.AGENCIES) && !isAdmin();
    }

    /** Whether the user is in one of the groups, or an administrator. */
    public boolean isInAnyOf(String... groupIds) {
        return isAdmin() || Arrays.stream(groupIds).anyMatch(groups()::contains);
    }

    private Optional<Authentication> authentication() {
        return Optional.ofNullable(identity.getCurrentAuthentication());
    }
}
