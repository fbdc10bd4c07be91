package org.dunlin.platform;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dunlin.*} that concern the whole product.
 *
 * @param database the server to use; without a URL an embedded PostgreSQL keeps its data in {@code data}
 * @param data     directory of everything Dunlin keeps on disk (embedded database, inbox)
 * @param inbox    folder that is watched for files; {@code <data>/inbox} when not set
 * @param demo     load the demo portfolio and its logins; when not set: only with the embedded database
 * @param clock    as-of date at which the clock starts, for past ledgers; normally not set
 * @param jobExecutor whether the engine executes due jobs and workers run by themselves (off in process tests)
 * @param admin    the first administrator where there is no demo
 */
@ConfigurationProperties("dunlin")
public record DunlinProperties(
        @DefaultValue Database database,
        @DefaultValue("data") Path data,
        @Nullable Path inbox,
        @Nullable Boolean demo,
        @Nullable LocalDate clock,
        @DefaultValue("true") boolean jobExecutor,
        @DefaultValue Admin admin) {

    /**
     * Where the database is.
     *
     * @param flush of the embedded server: whether a commit waits for the disk, so that a power failure loses nothing; when not
     *              set: not in the demo, whose ledger is made up
     */
    public record Database(
            @Nullable String url, @Nullable String user, @Nullable String password, @Nullable Boolean flush) {}

    /** Login and password of the first administrator. */
    public record Admin(@Nullable String user, @Nullable String password) {}

    public boolean embeddedDatabase() {
        String url = database.url();
        return url == null || url.isBlank();
    }

    /** See {@link Database#flush}. */
    public boolean embeddedDatabaseFlushes() {
        Boolean flush = database.flush();
        return flush != null ? flush : !demoMode();
    }

    /** Demo portfolio, demo logins and the in-process mail server. */
    public boolean demoMode() {
        return demo != null ? demo : embeddedDatabase();
    }

    /** Time may be moved only where nobody relies on the real one. */
    public boolean clockCanBeMoved() {
        return demoMode() || clock != null;
    }

    public Path inboxFolder() {
        return inbox != null ? inbox : data.resolve("inbox");
    }
}
