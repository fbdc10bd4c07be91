package org.dunlin.contact.twilio;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which of Twilio's messages and calls are known as contacts of ours. */
@Repository
class KnownIds {

    private final JdbcClient jdbc;

    KnownIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean byOthers(String theirId, long contactId) {
        return jdbc.sql("select exists (select 1 from contact where their_id = :theirId and id <> :id)")
                .param("theirId", theirId)
                .param("id", contactId)
                .query(Boolean.class)
                .single();
    }
}
