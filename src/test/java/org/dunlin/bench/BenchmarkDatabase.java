package org.dunlin.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A fresh PostgreSQL server, set up as the product sets up its embedded one, that counts statements. What is done through
 * {@link #aside()} is not counted.
 */
final class BenchmarkDatabase implements AutoCloseable {

    private final Path home;
    private final EmbeddedPostgres server;
    private final Connection aside;
    private final JdbcClient jdbc;

    BenchmarkDatabase(Path home) {
        this.home = home;
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(home.toAbsolutePath())
                    .setCleanDataDirectory(true)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("pg_stat_statements.track_utility", "off")
                    .start();
            aside = connect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        jdbc = JdbcClient.create(new SingleConnectionDataSource(aside, true));
        jdbc.sql("set pg_stat_statements.track = 'none'").update();
        // Not in public: Flyway expects to find that empty.
        jdbc.sql("create schema statistics").update();
        jdbc.sql("create extension pg_stat_statements schema statistics").update();
        jdbc.sql("set search_path = public, statistics").update();
    }

    String url() {
        return server.getJdbcUrl("postgres", "postgres");
    }

    /** A connection with batches rewritten to multi-row inserts, as the product's own have. */
    Connection connect() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("user", "postgres");
        settings.setProperty("reWriteBatchedInserts", "true");
        settings.setProperty("ApplicationName", "benchmark");
        return DriverManager.getConnection(url(), settings);
    }

    JdbcClient aside() {
        return jdbc;
    }

    /** Of the server, as far as they live; each connection has one. */
    Stream<ProcessHandle> processes() {
        try (Stream<String> lines = Files.lines(home.resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
            return ProcessHandle.of(pid).stream()
                    .flatMap(server -> Stream.concat(Stream.of(server), server.children()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String version() {
        return jdbc.sql("show server_version").query(String.class).single();
    }

    @Override
    public void close() throws IOException, SQLException {
        aside.close();
        server.close();
    }
}
