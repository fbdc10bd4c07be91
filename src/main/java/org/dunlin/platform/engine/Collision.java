package org.dunlin.platform.engine;

import java.sql.SQLException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.jspecify.annotations.Nullable;

/**
 * Two transactions wrote the same at the same moment and one of them was taken back, by the engine or, in a deadlock, by the database.
 * Done again it may succeed.
 */
public final class Collision {

    /** SQL states of transactions that were taken back for the sake of others begin with it. */
    private static final String ROLLED_BACK = "40";

    private Collision() {}

    /** Whether something failed because of one. */
    public static boolean caused(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockingException
                    || cause instanceof SQLException sql
                            && sql.getSQLState() != null
                            && sql.getSQLState().startsWith(ROLLED_BACK)) {
                return true;
            }
        }
        return false;
    }
}
