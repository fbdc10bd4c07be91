package org.dunlin.agency;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The agencies there are. */
@Component
class Agencies {

    private final AgencyProperties properties;

    Agencies(AgencyProperties properties) {
        this.properties = properties;
    }

    List<Agency> all() {
        return properties.agencies();
    }

    Optional<Agency> find(String id) {
        return all().stream().filter(agency -> agency.id().equals(id)).findFirst();
    }

    /** @throws UnknownAgencyException when it is not configured */
    Agency get(String id) {
        return find(id).orElseThrow(() -> new UnknownAgencyException(id, names()));
    }

    /** The agency that this user reports for. */
    Optional<Agency> ofLogin(String login) {
        return all().stream().filter(agency -> agency.logins().contains(login)).findFirst();
    }

    private String names() {
        return all().isEmpty() ? "none" : all().stream().map(Agency::id).collect(Collectors.joining(", "));
    }
}
