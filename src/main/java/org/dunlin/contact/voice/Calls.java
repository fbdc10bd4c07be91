package org.dunlin.contact.voice;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The conversations of calls, turn by turn. */
@Repository
class Calls {

    private final JdbcClient jdbc;

    Calls(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What was said at one turn.
     *
     * @param key that led to it; null at the beginning, empty for none
     */
    record Turn(int turn, Step step, @Nullable String key, String said, String twiml) {}

    /** Nobody else goes on with this call until the end of the transaction. False if the contact is another call. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lock(long contactId, String claim, String sid) {
        jdbc.sql(
                        """
                        insert into voice_call (contact_id, their_id)
                        select id, :sid from contact
                        where id = :id and claimed_by = :claim and channel = 'VOICE' and coalesce(their_id, :sid) = :sid
                        on conflict (contact_id) do nothing
                        """)
                .param("id", contactId)
                .param("claim", claim)
                .param("sid", sid)
                .update();
        return jdbc.sql("select their_id = :sid from voice_call where contact_id = :id for update")
                .param("id", contactId)
                .param("sid", sid)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    List<Turn> turns(long contactId) {
        return jdbc.sql("select * from voice_turn where contact_id = :id order by turn")
                .param("id", contactId)
                .query((row, n) -> new Turn(
                        row.getInt("turn"),
                        Step.valueOf(row.getString("step")),
                        row.getString("key"),
                        row.getString("said"),
                        row.getString("twiml")))
                .list();
    }

    Optional<Turn> turn(long contactId, int turn) {
        return turns(contactId).stream().filter(one -> one.turn() == turn).findFirst();
    }

    void add(long contactId, Turn turn, Instant at) {
        jdbc.sql(
                        """
                        insert into voice_turn (contact_id, turn, step, key, said, twiml, at)
                        values (:id, :turn, :step, :key, :said, :twiml, :at)
                        """)
                .param("id", contactId)
                .param("turn", turn.turn())
                .param("step", turn.step().name())
                .param("key", turn.key())
                .param("said", turn.said())
                .param("twiml", turn.twiml())
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .update();
        jdbc.sql(
                        """
                        with talked as (update voice_call set outcome = :outcome where contact_id = :id)
                        update contact set detail = :outcome where id = :id and state = 'SENT'
                        """)
                .param("outcome", turn.step().outcome())
                .param("id", contactId)
                .update();
    }
}
