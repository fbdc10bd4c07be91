package org.dunlin.platform.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/** Tells failures of the database itself from failures of what was done with it. */
public final class Outage {

    /** Classes of SQL state: connection, resources, intervention of an operator, system. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    private Outage() {}

    /**
     * Whether the database was gone, going or coming, or had no connection for us: the same may succeed later, and nothing is
     * wrong with the row that was at hand.
     */
    public static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // A transaction that could neither be committed nor taken back has lost its connection.
            if (cause instanceof TransactionSystemException
                    || cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLRecoverableException
                    || cause instanceof SQLException sql && isOfTheServer(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTheServer(@Nullable String state) {
        return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
    }
}
