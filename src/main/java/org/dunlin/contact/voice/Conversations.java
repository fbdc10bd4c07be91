package org.dunlin.contact.voice;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was said in automated calls, for whoever reads the contact log. */
@Repository
public class Conversations {

    private final JdbcClient jdbc;

    Conversations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param outcome how far it came, as outcomes are named */
    public record Conversation(String outcome, List<Line> lines) {}

    /**
     * One turn.
     *
     * @param pressed before it; null at the beginning, empty for nothing
     */
    public record Line(Instant at, @Nullable String pressed, String said) {}

    /** Empty when nobody answered, yet or at all. */
    public Optional<Conversation> find(long contactId) {
        List<Line> lines = jdbc.sql("select at, key, said from voice_turn where contact_id = :id order by turn")
                .param("id", contactId)
                .query((row, n) ->
                        new Line(row.getTimestamp("at").toInstant(), row.getString("key"), row.getString("said")))
                .list();
        return jdbc.sql("select outcome from voice_call where contact_id = :id and outcome is not null")
                .param("id", contactId)
                .query(String.class)
                .optional()
                .map(outcome -> new Conversation(outcome, lines));
    }
}
