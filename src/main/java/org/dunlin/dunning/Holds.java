package org.dunlin.dunning;

import java.util.List;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Why customers may not be chased, until when, and what came of it. */
@Service
public class Holds {

    private final JdbcClient jdbc;
    private final HoldReader reader;

    Holds(JdbcClient jdbc, HoldReader reader) {
        this.jdbc = jdbc;
        this.reader = reader;
    }

    /** @throws EmptyResultDataAccessException when there is no such hold */
    public Hold get(long holdId) {
        return reader.holds(List.of(holdId)).stream()
                .findFirst()
                .orElseThrow(() -> new EmptyResultDataAccessException("No hold " + holdId, 1));
    }

    /** Holds of a customer, the latest first. */
    public List<Hold> ofCustomer(long customerId) {
        return reader
                .holds(jdbc.sql("select id from hold where customer_id = :id")
                        .param("id", customerId)
                        .query(Long.class)
                        .list())
                .stream()
                .sorted(java.util.Comparator.comparing(Hold::id).reversed())
                .toList();
    }
}
