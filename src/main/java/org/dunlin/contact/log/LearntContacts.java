package org.dunlin.contact.log;

import java.time.LocalDate;
import java.util.List;
import org.dunlin.contact.Channel;
import org.dunlin.scoring.Experience;
import org.dunlin.scoring.Experience.Kind;
import org.dunlin.scoring.Experiences;
import org.dunlin.scoring.Learning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Hands the contacts that were made to the facts about customers, because each of them costs something. Not at the moment of
 * sending: what is on its way has more urgent things to write. A hand-over to an agency is handed in by who hands over.
 */
@Component
class LearntContacts implements Learning {

    /** Contacts per transaction. */
    private static final int BATCH = 2_000;

    private final JdbcClient jdbc;
    private final Experiences experiences;
    private final TransactionTemplate transaction;

    LearntContacts(JdbcClient jdbc, Experiences experiences, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.experiences = experiences;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public void handIn() {
        int handed = BATCH;
        while (handed == BATCH) {
            Integer done = transaction.execute(status -> {
                List<Experience> made = take();
                experiences.record(made);
                return made.size();
            });
            handed = done == null ? 0 : done;
        }
    }

    private List<Experience> take() {
        return jdbc.sql(
                        """
                        update contact c set learnt = true
                        from creditor k
                        where k.id = c.creditor_id and c.id in (
                            select id from contact where state = 'SENT' and not learnt and channel <> :agency
                            order by id limit :most for update skip locked)
                        returning c.id, c.customer_id, c.creditor_id, c.channel, (c.sent_at at time zone k.time_zone)::date as day
                        """)
                .param("agency", Channel.AGENCY.name())
                .param("most", BATCH)
                .query((row, n) -> new Experience(
                        row.getLong("customer_id"),
                        Kind.valueOf("CONTACT_" + row.getString("channel")),
                        row.getObject("day", LocalDate.class),
                        "contact " + row.getLong("id"),
                        row.getLong("creditor_id"),
                        null))
                .list();
    }
}
