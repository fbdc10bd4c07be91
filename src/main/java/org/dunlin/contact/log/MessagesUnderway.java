package org.dunlin.contact.log;

import java.util.Collection;
import java.util.Set;
import org.dunlin.dunning.ContactsUnderway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Messages of ladders that are being sent, and those of unknown result. A notice keeps no case on its ladder. */
@Component
class MessagesUnderway implements ContactsUnderway {

    private final JdbcClient jdbc;

    MessagesUnderway(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<Long> among(Collection<Long> caseIds) {
        return jdbc.sql(
                        """
                        select distinct case_id from contact
                        where case_id = any(:cases) and hold_id is null and state in ('SENDING', 'UNKNOWN')
                        """)
                .param("cases", caseIds.toArray(Long[]::new))
                .query(Long.class)
                .set();
    }
}
