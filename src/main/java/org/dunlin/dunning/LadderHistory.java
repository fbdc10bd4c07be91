package org.dunlin.dunning;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** On which ladders a case was put, when and why. */
@Repository
public class LadderHistory {

    private final JdbcClient jdbc;
    private final Clock clock;

    LadderHistory(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** In the order in which it happened, the first ladder included; empty while none has been chosen. */
    public List<LadderChange> of(long caseId) {
        return jdbc.sql("select * from ladder_change where case_id = :id order by id")
                .param("id", caseId)
                .query((row, n) -> {
                    Timestamp at = row.getTimestamp("changed_at");
                    return new LadderChange(
                            at.toInstant(),
                            row.getString("from_ladder"),
                            row.getString("to_ladder"),
                            row.getString("from_segment"),
                            row.getString("to_segment"),
                            row.getInt("rung"),
                            row.getString("reason"));
                })
                .list();
    }

    /** Puts the case on the chosen ladder, and keeps that and why. Whatever else it was meant to move to is forgotten. */
    void put(long caseId, LadderChoice.Choice choice) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        with change as (
                            insert into ladder_change (case_id, changed_at, from_ladder, to_ladder, from_segment, to_segment, rung, reason)
                            select id, :at, ladder, :ladder, segment, :segment, rung, :reason from dunning_case where id = :id)
                        update dunning_case set segment = :segment, ladder = :ladder, ladder_reason = :reason, ladder_since = :at,
                            wanted_ladder = null, wanted_since = null
                        where id = :id
                        """)
                .param("id", caseId)
                .param("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("ladder", choice.ladder())
                .param("segment", choice.segment())
                .param("reason", choice.reason())
                .update();
    }
}
