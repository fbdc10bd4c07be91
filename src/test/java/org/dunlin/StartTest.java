package org.dunlin;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class StartTest {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ProcessEngine engine;

    @Test
    void the_engine_runs_on_the_schema_that_flyway_made() {
        assertThat(jdbc.sql("select version_ from act_ge_schema_log")
                        .query(String.class)
                        .single())
                .startsWith("7.24");
        assertThat(engine.getProcessEngineConfiguration().getDatabaseSchemaUpdate())
                .isEqualTo("false");
    }

    @Test
    void jobs_wait_to_be_driven_by_hand_where_the_executor_is_switched_off() {
        assertThat(((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
                        .getJobExecutor()
                        .isActive())
                .isFalse();
    }
}
