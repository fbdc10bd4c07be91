package org.dunlin.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import org.dunlin.platform.DunlinProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnExpression("'${dunlin.database.url:}'.isBlank()")
    EmbeddedDatabase embeddedDatabase(DunlinProperties properties) {
        return EmbeddedDatabase.start(properties.data(), properties.embeddedDatabaseFlushes());
    }

    /** The pool is closed before the embedded server, because Spring destroys a bean before what it depends on. */
    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(DunlinProperties properties, ObjectProvider<EmbeddedDatabase> embedded) {
        HikariDataSource pool = new HikariDataSource();
        EmbeddedDatabase own = embedded.getIfAvailable();
        if (own != null) {
            pool.setJdbcUrl(own.jdbcUrl());
            pool.setUsername("postgres");
        } else {
            pool.setJdbcUrl(properties.database().url());
            pool.setUsername(properties.database().user());
            pool.setPassword(properties.database().password());
        }
        pool.setPoolName("dunlin");
        pool.setMaximumPoolSize(20);
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("ApplicationName", "dunlin");
        return pool;
    }
}
