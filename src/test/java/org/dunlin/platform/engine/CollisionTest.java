package org.dunlin.platform.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

class CollisionTest {

    @Test
    void the_engines_and_the_databases_own_are_known_however_deep_they_lie() {
        assertThat(Collision.caused(new OptimisticLockingException("lost"))).isTrue();
        assertThat(Collision.caused(new ProcessEngineException("flush", new SQLException("deadlock", "40P01"))))
                .isTrue();
        assertThat(Collision.caused(new CannotAcquireLockException("update", new SQLException("serialize", "40001"))))
                .isTrue();
    }

    @Test
    void everything_else_is_none() {
        assertThat(Collision.caused(new SQLException("value too long", "22001")))
                .isFalse();
        assertThat(Collision.caused(new SQLException("the line went dead"))).isFalse();
        assertThat(Collision.caused(new IllegalStateException())).isFalse();
    }
}
