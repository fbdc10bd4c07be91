package org.dunlin.contact.sending;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.engine.StartUpStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices at start-up that the database is a restored back-up: it finds itself in another cluster, database or timeline than it noted, or it knows
 * of fewer messages than this node has sent, which is noted beside it on the disk. What was due at the time of the back-up may have
 * been sent since, so nothing leaves until somebody has looked.
 */
@Component
@Order(StartUpStep.MODELS)
public class RestoredBackup implements StartUpStep {

    private static final Logger log = LoggerFactory.getLogger(RestoredBackup.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Sending sending;
    private final Clock clock;
    private final Path file;

    RestoredBackup(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Sending sending,
            Clock clock,
            DunlinProperties properties) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.sending = sending;
        this.clock = clock;
        this.file = properties.data().resolve("last-message");
    }

    private record Identity(String system, int timeline, long database) {}

    @Override
    public void run() {
        transaction.executeWithoutResult(status -> {
            Identity now = identity();
            Optional<Identity> noted = noted();
            note(now);
            if (noted.isEmpty()) {
                // A new database knows nothing of what was sent from an old one.
                write(lastMessage());
            } else if (!noted.get().equals(now)) {
                sending.stop(
                        "This database was restored from a back-up: it is not where it was when Dunlin last ran on it");
            } else if (read() > lastMessage()) {
                sending.stop(
                        "This database was restored from a back-up: more messages were sent from here than it knows of");
            }
        });
        Sending.State state = sending.state();
        if (state.isStopped()) {
            log.error(
                    "Nothing is sent. {}. Find out what was sent since, then release it: POST /api/sending/release (docs/guide-operators.md, Back-up)",
                    state.because());
        }
    }

    /** Messages have left; called by whoever sent them, after a batch. */
    public void sent() {
        write(lastMessage());
    }

    private Identity identity() {
        return jdbc.sql(
                        """
                        select (select system_identifier::text from pg_control_system()) as system,
                               (select timeline_id from pg_control_checkpoint()) as timeline,
                               (select oid::bigint from pg_database where datname = current_database()) as database
                        """)
                .query((row, n) -> new Identity(row.getString(1), row.getInt(2), row.getLong(3)))
                .single();
    }

    private Optional<Identity> noted() {
        return jdbc.sql("select system_identifier, timeline, database_oid from installation for update")
                .query((row, n) -> new Identity(row.getString(1), row.getInt(2), row.getLong(3)))
                .optional();
    }

    private void note(Identity identity) {
        jdbc.sql(
                        """
                        insert into installation (system_identifier, timeline, database_oid, noted_at)
                        values (:system, :timeline, :database, :now)
                        on conflict (one) do update set system_identifier = excluded.system_identifier, timeline = excluded.timeline,
                            database_oid = excluded.database_oid, noted_at = excluded.noted_at
                        """)
                .param("system", identity.system())
                .param("timeline", identity.timeline())
                .param("database", identity.database())
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }

    private long lastMessage() {
        return jdbc.sql("select coalesce(max(id), 0) from contact")
                .query(Long.class)
                .single();
    }

    private long read() {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (NoSuchFileException | NumberFormatException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("What was sent from here cannot be read in " + file, e);
        }
    }

    private void write(long last) {
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), Long.toString(last));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // A message that was sent must not count as failed because of this; the database says the same in most
            // cases.
            log.warn("What was sent from here cannot be noted in {}", file, e);
        }
    }
}
