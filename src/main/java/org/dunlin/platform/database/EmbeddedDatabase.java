package org.dunlin.platform.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server in a directory of ours, for a newcomer without a database. Its data stays between starts; one
 * Dunlin at a time may use the directory.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private final EmbeddedPostgres server;
    private final FileChannel lockFile;

    private EmbeddedDatabase(EmbeddedPostgres server, FileChannel lockFile) {
        this.server = server;
        this.lockFile = lockFile;
    }

    /**
     * Starts the server on a free port.
     *
     * @param flush whether a commit waits for the disk
     * @throws DataDirectoryInUseException when another Dunlin uses the directory
     */
    static EmbeddedDatabase start(Path data, boolean flush) {
        try {
            Path home = Files.createDirectories(data.toAbsolutePath());
            FileChannel lockFile = lock(home);
            Path cluster = home.resolve("postgres");
            stopOrphan(cluster);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(cluster)
                    .setCleanDataDirectory(false)
                    // The engine must be gone first: Spring closes this bean after everything that uses it.
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    // The library's own defaults lose what was committed last when the server dies.
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", flush ? "on" : "off")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
            return new EmbeddedDatabase(server, lockFile);
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL in " + data.toAbsolutePath() + " did not start", e);
        }
    }

    public String jdbcUrl() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
        lockFile.close();
    }

    private static FileChannel lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            log.debug("Held by this very process", e);
        }
        channel.close();
        throw new DataDirectoryInUseException(home);
    }

    /** A server whose Dunlin was killed goes on alone: nobody else can hold our lock, so it may be stopped. */
    private static void stopOrphan(Path cluster) throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> orphan = lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).trim()))
                        .filter(process -> process.info().command().orElse("").contains("postgres"));
        if (orphan.isPresent()) {
            log.warn("Stopping the database server that a killed Dunlin left behind in {}", cluster);
            orphan.get().destroy();
            try {
                orphan.get().onExit().get(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while the old database server stops", e);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("The old database server in " + cluster + " does not stop", e);
            }
        }
        Files.deleteIfExists(pidFile);
    }
}
