package org.dunlin.contact;

import java.time.Clock;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A limit of one's own, in the shared database. */
public final class Paces {

    private Paces() {}

    public static Pace perHour(int emails, JdbcClient jdbc, Clock clock) {
        return new Pace(jdbc, new PaceProperties(Map.of(Channel.EMAIL, emails)), clock);
    }
}
