package org.dunlin.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;

/**
 * Says who works on a file: a lock in the database that lives as long as the connection of its holder. When a node dies, its
 * locks are gone and another goes on, without heartbeats and without comparing clocks.
 */
@Component
class ClaimLocks {

    private static final Logger log = LoggerFactory.getLogger(ClaimLocks.class);

    private final DataSource dataSource;

    ClaimLocks(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Empty when somebody else has it. */
    Optional<Lock> tryLock(String claim) {
        try {
            Connection connection = dataSource.getConnection();
            try {
                if (call(connection, "select pg_try_advisory_lock(hashtextextended(?, 0))", claim)) {
                    return Optional.of(new Lock(connection, claim));
                }
                connection.close();
                return Optional.empty();
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("Cannot claim " + claim, e);
        }
    }

    private static boolean call(Connection connection, String sql, String claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "intake:" + claim);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** The right to work on one file. */
    static final class Lock implements AutoCloseable {

        private final Connection connection;
        private final String claim;

        private Lock(Connection connection, String claim) {
            this.connection = connection;
            this.claim = claim;
        }

        String claim() {
            return claim;
        }

        @Override
        public void close() {
            try (connection) {
                call(connection, "select pg_advisory_unlock(hashtextextended(?, 0))", claim);
            } catch (SQLException e) {
                // The connection is gone, and the lock with it.
                log.debug("Unlocking {} failed", claim, e);
            }
        }
    }
}
