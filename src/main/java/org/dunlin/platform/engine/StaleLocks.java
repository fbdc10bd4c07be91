package org.dunlin.platform.engine;

import org.dunlin.platform.database.EmbeddedDatabase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * An embedded database belongs to this process alone, so locks found at start-up are those of a process that is gone. They
 * are released at once: with a clock that starts in the past they would otherwise hold for very long.
 */
@Component
@Order(StartUpStep.CLEAN_UP)
class StaleLocks implements StartUpStep {

    private final JdbcClient jdbc;
    private final boolean alone;

    StaleLocks(JdbcClient jdbc, ObjectProvider<EmbeddedDatabase> embedded) {
        this.jdbc = jdbc;
        this.alone = embedded.getIfAvailable() != null;
    }

    @Override
    public void run() {
        if (alone) {
            jdbc.sql("update act_ru_job set lock_owner_ = null, lock_exp_time_ = null where lock_owner_ is not null")
                    .update();
            jdbc.sql(
                            """
                            update act_ru_ext_task set worker_id_ = null, lock_exp_time_ = null
                            where worker_id_ is not null and retries_ is null
                            """)
                    .update();
        }
    }
}
