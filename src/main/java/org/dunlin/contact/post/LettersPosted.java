package org.dunlin.contact.post;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.contact.post.PrintRun.Fate;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.platform.engine.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the steps of ladders what became of their letters, a batch in one engine command, each once. A step that stands still because of
 * a hold hears it when it goes on; and whoever dies in between, another one goes on with it.
 */
@Component
class LettersPosted implements Worker {

    private static final Logger log = LoggerFactory.getLogger(LettersPosted.class);
    private static final int BATCH = 100;

    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final EngineBatch engine;
    private final Clock clock;

    /** Those whose step could not go on; they are tried again when all others have heard. */
    private final Set<Long> failed = ConcurrentHashMap.newKeySet();

    LettersPosted(JdbcClient jdbc, RuntimeService runtime, EngineBatch engine, Clock clock) {
        this.jdbc = jdbc;
        this.runtime = runtime;
        this.engine = engine;
        this.clock = clock;
    }

    private record Untold(long contactId, String instance, Fate fate, boolean waits) {}

    @Override
    public Duration pollInterval() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int runOnce() {
        int told = tellSome();
        if (told == 0) {
            failed.clear();
        }
        return told;
    }

    private int tellSome() {
        try {
            return engine.callInNewTransaction(() -> tell(untold(BATCH)));
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                throw e;
            }
            log.debug("Not all steps of a batch could go on together; now one by one", e);
        }
        int told = 0;
        while (told < BATCH) {
            int one = tellOne();
            if (one == 0) {
                break;
            }
            told += one;
        }
        return told;
    }

    /** The next one whose step can go on. */
    private int tellOne() {
        while (true) {
            List<Untold> next = new ArrayList<>();
            try {
                return engine.callInNewTransaction(() -> {
                    next.addAll(untold(1));
                    return tell(next);
                });
            } catch (RuntimeException e) {
                if (next.isEmpty() || Outage.caused(e)) {
                    throw e;
                }
                log.warn(
                        "The step of letter {} cannot go on; it is told again later",
                        next.get(0).contactId(),
                        e);
                failed.add(next.get(0).contactId());
            }
        }
    }

    private int tell(List<Untold> letters) {
        for (Untold letter : letters) {
            if (letter.waits()) {
                runtime.createMessageCorrelation(
                                letter.fate() == Fate.POSTED
                                        ? PrintRunProcess.MESSAGE_POSTED
                                        : PrintRunProcess.MESSAGE_ADDRESS_WRONG)
                        .processInstanceId(letter.instance())
                        .correlate();
            }
            jdbc.sql(
                            """
                            update print_run_letter set told_at = :now
                            where contact_id = :contact and state in ('POSTED', 'ADDRESS_WRONG') and told_at is null
                            """)
                    .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                    .param("contact", letter.contactId())
                    .update();
        }
        return letters.size();
    }

    /** Where the step is there, only while it waits for the letter and does not stand still. */
    private List<Untold> untold(int limit) {
        return jdbc.sql(
                        """
                        select l.contact_id, split_part(c.occurrence, ':', 1) as instance, l.state, e.id_ is not null as waits
                        from print_run_letter l
                            join contact c on c.id = l.contact_id
                            left join act_ru_execution e on e.id_ = split_part(c.occurrence, ':', 1)
                        where l.state in ('POSTED', 'ADDRESS_WRONG') and l.told_at is null and l.contact_id <> all(:failed)
                          and (e.id_ is null
                               or e.suspension_state_ = 1 and exists (
                                   select 1 from act_ru_event_subscr s
                                   where s.proc_inst_id_ = e.id_ and s.event_name_ = case l.state when 'POSTED' then :posted else :wrong end))
                        order by l.contact_id limit :limit for update of l skip locked
                        """)
                .param("failed", failed.toArray(Long[]::new))
                .param("posted", PrintRunProcess.MESSAGE_POSTED)
                .param("wrong", PrintRunProcess.MESSAGE_ADDRESS_WRONG)
                .param("limit", limit)
                .query((row, n) -> new Untold(
                        row.getLong("contact_id"),
                        row.getString("instance"),
                        Fate.valueOf(row.getString("state")),
                        row.getBoolean("waits")))
                .list();
    }
}
