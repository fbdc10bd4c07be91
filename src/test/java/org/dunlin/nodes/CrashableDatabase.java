package org.dunlin.nodes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server of the test's own, which keeps what was committed, and which can crash and come back. */
final class CrashableDatabase implements AutoCloseable {

    /** Of the library that starts the server. */
    private static final String LOCK = "epg-lock";

    private final Path data;
    private final EmbeddedPostgres server;
    private final Path control;
    private final String options;
    private final DriverManagerDataSource connections;
    private boolean running = true;

    CrashableDatabase(Path home) throws IOException {
        data = home.resolve("postgres").toAbsolutePath();
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(true)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .start();
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        Path binary = Path.of(ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .orElseThrow(() -> new IllegalStateException("Where is the program of process " + pid + "?")));
        control = binary.resolveSibling("pg_ctl");
        options = Files.readString(data.resolve("postmaster.opts"))
                .strip()
                .substring(binary.toString().length())
                .strip();
        connections = new DriverManagerDataSource(url(), "postgres", "");
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** Each statement on a connection of its own: none outlives a crash. */
    JdbcClient jdbc() {
        return JdbcClient.create(connections);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(connections));
    }

    /** Every connection is cut, nothing is written any more; what was committed is found again from the log at the next start. */
    synchronized void crash() {
        if (running) {
            control("stop", "-m", "immediate", "-w");
            running = false;
        }
    }

    /** On the same port, with the same settings. */
    synchronized void start() {
        control(
                "start",
                "-w",
                "-t",
                "60",
                "-o",
                options,
                "-l",
                data.resolveSibling("postgres.log").toString());
        running = true;
    }

    /** As it is now, into a folder; it runs again when this returns. Nobody should be at work. */
    void backUp(Path to) throws IOException {
        control("stop", "-m", "fast", "-w");
        FileSystemUtils.copyRecursively(data, to);
        start();
    }

    /** To what it was when it was backed up; whatever happened since is forgotten. */
    void restore(Path from) throws IOException {
        control("stop", "-m", "fast", "-w");
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(file -> !file.endsWith(LOCK)).toList()) {
                FileSystemUtils.deleteRecursively(file);
            }
        }
        FileSystemUtils.copyRecursively(from, data);
        start();
    }

    private void control(String... words) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL does not run as root; in a name space of its own root is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(control.toString(), "-D", data.toString()));
        command.addAll(Arrays.asList(words));
        File said = data.resolveSibling("pg_ctl.log").toFile();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said))
                    .start();
            if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(said.toPath()));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
