package org.dunlin.agency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dunlin.agency.AgencyMessage.Kind;
import org.dunlin.agency.AgencyMessage.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What is said to agencies. Each change of state names the state it starts from, so that of two who want the same message only one gets
 * it.
 */
@Repository
class AgencyMessages {

    private static final String COLUMNS =
            """
            id, file_id, kind, state, said, wanted_at, claimed_at, claimed_by, sent_at, recipient, subject, body, attachment_name,
            message_id, detail, resolved_by, note
            """;

    private final JdbcClient jdbc;

    AgencyMessages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such message */
    AgencyMessage get(long id) {
        return jdbc.sql("select " + COLUMNS + " from agency_message where id = :id")
                .param("id", id)
                .query(AgencyMessages::message)
                .single();
    }

    /** All about a file, in the order in which they were wanted. */
    List<AgencyMessage> of(long fileId) {
        return jdbc.sql("select " + COLUMNS + " from agency_message where file_id = :file order by id")
                .param("file", fileId)
                .query(AgencyMessages::message)
                .list();
    }

    /** A message that is to be sent. Empty when the same is under way already. */
    Optional<Long> want(long fileId, Kind kind, @Nullable String said, Instant at) {
        return want(fileId, kind, said, null, at);
    }

    /** The same for an answer to that report. */
    Optional<Long> want(long fileId, Kind kind, @Nullable String said, @Nullable Long reportId, Instant at) {
        return jdbc.sql(
                        """
                        insert into agency_message (file_id, kind, state, said, report_id, wanted_at)
                        values (:file, :kind, 'WAITING', :said, :report, :at) on conflict do nothing returning id
                        """)
                .param("report", reportId)
                .param("file", fileId)
                .param("kind", kind.name())
                .param("said", said)
                .param("at", AgencyFiles.utc(at))
                .query(Long.class)
                .optional();
    }

    /**
     * Takes a message for sending.
     *
     * @param again also one that another worker has left half-way: only where delivering twice delivers once
     */
    boolean claim(long id, String claim, boolean again, Instant at) {
        return jdbc.sql(
                                """
                        update agency_message set state = 'SENDING', claimed_by = :claim, claimed_at = :at, detail = null
                        where id = :id and (state in ('WAITING', 'FAILED') or :again and state = 'SENDING')
                        """)
                        .param("claim", claim)
                        .param("at", AgencyFiles.utc(at))
                        .param("again", again)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** How long statements of this transaction wait for a lock before they fail. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void waitForLocksAtMost(Duration limit) {
        jdbc.sql("select set_config('lock_timeout', :limit, true)")
                .param("limit", limit.toMillis() + "ms")
                .query(String.class)
                .single();
    }

    /** Locks the message until the end of the transaction. True if it is still ours to send. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lockClaimed(long id, String claim) {
        return jdbc.sql(
                        "select state = 'SENDING' and claimed_by = :claim from agency_message where id = :id for update")
                .param("claim", claim)
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Keeps what is about to be sent. */
    void keep(long id, String recipient, Wording wording, @Nullable String messageId) {
        jdbc.sql(
                        """
                        update agency_message set recipient = :recipient, subject = :subject, body = :body,
                            attachment_name = :name, attachment = :attachment, message_id = :messageId
                        where id = :id
                        """)
                .param("recipient", recipient)
                .param("subject", wording.subject())
                .param("body", wording.body())
                .param("name", wording.attachmentName())
                .param("attachment", wording.kept())
                .param("messageId", messageId)
                .param("id", id)
                .update();
    }

    void sent(long id, Instant at) {
        jdbc.sql(
                        "update agency_message set state = 'SENT', sent_at = :at, detail = null where id = :id and state = 'SENDING'")
                .param("at", AgencyFiles.utc(at))
                .param("id", id)
                .update();
    }

    /** From SENDING to FAILED or CANCELLED, by who holds the claim and knows that nothing was sent. */
    void notSent(long id, String claim, State state, String detail) {
        jdbc.sql(
                        """
                        update agency_message set state = :state, detail = :detail
                        where id = :id and state = 'SENDING' and claimed_by = :claim
                        """)
                .param("state", state.name())
                .param("detail", detail)
                .param("id", id)
                .param("claim", claim)
                .update();
    }

    /** From SENDING to UNKNOWN. Waits while a worker is sending it: afterwards it is SENT and stays so. */
    State unknown(long id, String detail) {
        jdbc.sql("update agency_message set state = 'UNKNOWN', detail = :detail where id = :id and state = 'SENDING'")
                .param("detail", detail)
                .param("id", id)
                .update();
        return get(id).state();
    }

    /** The same for the message of the hand-over, when its case has ended meanwhile. */
    void leaveUnknown(long fileId, String detail) {
        jdbc.sql(
                        "update agency_message set state = 'UNKNOWN', detail = :detail where file_id = :file and state = 'SENDING'")
                .param("detail", detail)
                .param("file", fileId)
                .update();
    }

    /** What has not been sent of a file and needs not be any more, recalls excepted. */
    void cancelWaiting(long fileId, String detail) {
        jdbc.sql(
                        """
                        update agency_message set state = 'CANCELLED', detail = :detail
                        where file_id = :file and kind <> 'RECALL' and state in ('WAITING', 'FAILED')
                        """)
                .param("detail", detail)
                .param("file", fileId)
                .update();
    }

    /** From UNKNOWN to SENT (at the time of the claim) or FAILED, as a person found out. False if it was not UNKNOWN. */
    boolean resolved(long id, State state, String by, @Nullable String note, Instant at) {
        return jdbc.sql(
                                """
                        update agency_message set state = :state, sent_at = case when :state = 'SENT' then claimed_at end,
                            resolved_at = :at, resolved_by = :by, note = :note
                        where id = :id and state = 'UNKNOWN'
                        """)
                        .param("state", state.name())
                        .param("at", AgencyFiles.utc(at))
                        .param("by", by)
                        .param("note", note)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** What the hand-over of a file held, as it was sent; empty before. */
    Optional<byte[]> dossier(long fileId) {
        return jdbc.sql(
                        """
                        select attachment from agency_message
                        where file_id = :file and kind = 'HAND_OVER' and state = 'SENT' and attachment is not null
                        """)
                .param("file", fileId)
                .query((row, n) -> row.getBytes("attachment"))
                .optional();
    }

    private static AgencyMessage message(ResultSet row, int n) throws SQLException {
        return new AgencyMessage(
                row.getLong("id"),
                row.getLong("file_id"),
                Kind.valueOf(row.getString("kind")),
                State.valueOf(row.getString("state")),
                row.getString("said"),
                row.getTimestamp("wanted_at").toInstant(),
                AgencyFiles.instant(row, "claimed_at"),
                row.getString("claimed_by"),
                AgencyFiles.instant(row, "sent_at"),
                row.getString("recipient"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("attachment_name"),
                row.getString("message_id"),
                row.getString("detail"),
                row.getString("resolved_by"),
                row.getString("note"));
    }
}
