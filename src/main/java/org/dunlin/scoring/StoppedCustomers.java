package org.dunlin.scoring;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.IncorrectResultSizeDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.web.server.ResponseStatusException;

/** Customers by the numbers that other systems know them by, and their credit stops. */
@Repository
class StoppedCustomers {

    private final JdbcClient jdbc;
    private final CreditStopRows rows;
    private final Clock clock;

    StoppedCustomers(JdbcClient jdbc, CreditStopRows rows, Clock clock) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.clock = clock;
    }

    /** How other systems know a customer. */
    record Key(String source, String number, String name) {}

    /** @param id of the customer; of one who was merged into another that of the other */
    record Found(long id, Key key) {}

    record StoppedCustomer(Key customer, CreditStop stop) {}

    /**
     * Who is meant by a number in a request.
     *
     * @param source null: whichever has the number
     * @throws ResponseStatusException 404 when nobody has it, 409 when several systems have a customer of this number
     */
    Found named(String number, @Nullable String source) {
        try {
            return find(number, source).orElseThrow(() -> none(number));
        } catch (IncorrectResultSizeDataAccessException e) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "Several systems have a customer " + number + "; say which by source.", e);
        }
    }

    /** What is answered where nobody has the number. */
    static ResponseStatusException none(String number) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no customer " + number + ".");
    }

    private Optional<Found> find(String number, @Nullable String source) {
        return jdbc.sql(
                        """
                        select coalesce(merged_into, id) as id, source, number, name from customer
                        where number = :number and (cast(:source as text) is null or source = :source)
                        """)
                .param("number", number)
                .param("source", source)
                .query((row, n) -> new Found(
                        row.getLong("id"),
                        new Key(row.getString("source"), row.getString("number"), row.getString("name"))))
                .optional();
    }

    /** By customer; who does not exist is missing. */
    Map<Long, Key> keys(Collection<Long> customerIds) {
        return jdbc
                .sql("select id, source, number, name from customer where id = any(:ids)")
                .param("ids", customerIds.toArray(Long[]::new))
                .query((row, n) -> new Found(
                        row.getLong("id"),
                        new Key(row.getString("source"), row.getString("number"), row.getString("name"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Found::id, Found::key));
    }

    /**
     * All that are in force today, in the order of the customers' numbers; null does not narrow down. A customer who turned out
     * to be another is stopped under either number, because somebody may still order under the old one.
     */
    List<StoppedCustomer> inForce(@Nullable String number, @Nullable String source, @Nullable LocalDate since) {
        return jdbc.sql(
                        """
                        select s.*, c.source, c.number, c.name
                        from credit_stop s
                            cross join lateral (
                                select * from customer where id = s.customer_id
                                union all
                                select * from customer where merged_into = s.customer_id) c
                        where s.until is null and (s.ends_on is null or s.ends_on > :today)
                          and (cast(:number as text) is null or c.number = :number)
                          and (cast(:source as text) is null or c.source = :source)
                          and (cast(:since as date) is null or s.since >= :since)
                        order by c.number, c.source, s.since, s.id
                        """)
                .param("today", LocalDate.now(clock))
                .param("number", number)
                .param("source", source)
                .param("since", since)
                .query((row, n) -> new StoppedCustomer(
                        new Key(row.getString("source"), row.getString("number"), row.getString("name")),
                        rows.stop(row)))
                .list();
    }
}
