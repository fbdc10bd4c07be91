package org.dunlin.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts a counter around the product's connection pool: every statement or batch handed to JDBC counts one. */
final class CountedDataSource implements BeanPostProcessor, QueryExecutionListener {

    private final LongAdder calls = new LongAdder();
    private volatile HikariDataSource pool;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource hikari) {
            pool = hikari;
            return ProxyDataSourceBuilder.create(hikari).listener(this).build();
        }
        return bean;
    }

    long calls() {
        return calls.sum();
    }

    /** Lets the pool replace its connections; the server hears of a session's figures at the latest when it ends. */
    void renewConnections() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        calls.increment();
    }
}
