package org.dunlin.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    private static final int COMMITS = 100;

    @TempDir
    Path home;

    @Test
    void what_was_committed_is_there_after_the_server_has_crashed_and_recovered() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(home, true)) {
            try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                    Statement statement = connection.createStatement()) {
                assertThat(number(statement, "select 1 where current_setting('fsync') = 'on'"))
                        .isEqualTo(1);
                statement.execute("create table commits (number integer)");
                long server = number(statement, "select pg_backend_pid()");
                for (int i = 0; i < COMMITS; i++) {
                    statement.execute("insert into commits values (" + i + ")");
                }
                // One process that dies takes all of them down: what they share can no longer be trusted.
                ProcessHandle process = ProcessHandle.of(server).orElseThrow();
                process.destroyForcibly();
                process.onExit().join();
            }
            assertThat(commits(database)).isEqualTo(COMMITS);
        }
    }

    private static long commits(EmbeddedDatabase database) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(Outage::caused)
                .until(
                        () -> {
                            try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                                    Statement statement = connection.createStatement()) {
                                return number(statement, "select count(*) from commits");
                            }
                        },
                        found -> true);
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet found = statement.executeQuery(sql)) {
            assertThat(found.next()).isTrue();
            return found.getLong(1);
        }
    }
}
