package org.dunlin.desk.customer;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which customer an address means. A customer who was merged into another is that other one. */
@Repository
class CustomerFinder {

    private final JdbcClient jdbc;

    CustomerFinder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A customer by the key that other systems have for it. */
    record Key(long id, String source, String number, String name) {}

    /**
     * Customers of that number: several where several systems use it. Compared without regard to case first, because that is what the
     * index knows.
     *
     * @param source null: whichever has it
     */
    List<Key> byNumber(String number, @Nullable String source) {
        return jdbc.sql(
                        """
                        select distinct on (h.id) h.id, h.source, h.number, h.name
                        from customer c join customer h on h.id = coalesce(c.merged_into, c.id)
                        where lower(c.number) = lower(:number) and c.number = :number
                          and (:source::text is null or c.source = :source)
                        order by h.id
                        """)
                .param("number", number.replace("\0", ""))
                .param("source", source == null ? null : source.replace("\0", ""))
                .query(Key.class)
                .list();
    }

    /** By our own id. */
    Optional<Key> byId(long id) {
        return jdbc.sql(
                        """
                        select h.id, h.source, h.number, h.name
                        from customer c join customer h on h.id = coalesce(c.merged_into, c.id) where c.id = :id
                        """)
                .param("id", id)
                .query(Key.class)
                .optional();
    }
}
