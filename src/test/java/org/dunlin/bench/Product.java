package org.dunlin.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.dunlin.Dunlin;
import org.dunlin.WithoutTestClasses;
import org.dunlin.contact.Workers;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.Worker;
import org.dunlin.scoring.DailyRunProcess;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole product as it is delivered, on a database of its own, with its clock standing still and nothing running by itself. */
final class Product implements AutoCloseable {

    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final JdbcClient aside;
    private final ConfigurableApplicationContext context;

    Product(BenchmarkDatabase database, CountedDataSource pool, DiscardingMailServer mails, Path data) {
        aside = database.aside();
        context = new SpringApplicationBuilder(Dunlin.class)
                .initializers(fresh -> {
                    fresh.getBeanFactory().registerSingleton("withoutTestClasses", new WithoutTestClasses());
                    fresh.getBeanFactory().addBeanPostProcessor(pool);
                })
                .properties(
                        "dunlin.database.url=" + database.url(),
                        "dunlin.database.user=postgres",
                        "dunlin.database.password=",
                        "dunlin.data=" + data,
                        // Nobody is still writing the files.
                        "dunlin.intake.settle=0s",
                        "dunlin.demo=false",
                        "dunlin.job-executor=false",
                        "dunlin.admin.user=admin",
                        "dunlin.admin.password=a-benchmark-password",
                        "logging.level.org.dunlin=warn")
                // What stands in the product's own configuration gives way to these only.
                .run(
                        "--server.port=0",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + mails.port(),
                        // What is measured is how fast messages can leave, not how fast they may.
                        "--dunlin.contact.per-hour.email=100000000");
        bean(ManagementService.class).suspendJobDefinitionByProcessDefinitionKey(DailyRunProcess.KEY, true);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Puts copies of the files into the inbox. */
    void drop(List<Path> files) {
        Path inbox = bean(DunlinProperties.class).inboxFolder();
        for (Path file : files) {
            try {
                Files.copy(file, inbox.resolve(file.getFileName()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void freezeAt(Instant instant) {
        bean(DunlinClock.class).freezeAt(instant);
    }

    /** Lets the job executor work until nothing is due any more. */
    void runDueJobs() {
        JobExecutor executor = bean(ProcessEngineConfigurationImpl.class).getJobExecutor();
        executor.start();
        try {
            long left = dueJobs();
            long progress = System.nanoTime();
            while (left > 0) {
                pause();
                long now = dueJobs();
                if (now < left) {
                    progress = System.nanoTime();
                } else if (System.nanoTime() - progress > PATIENCE_NANOS) {
                    throw new IllegalStateException(now + " due jobs are left, and none was executed for two minutes");
                }
                left = now;
            }
        } finally {
            executor.shutdown();
        }
    }

    /** Lets the workers work until none finds anything, each on its own as in the product, one after the other. */
    void runWorkers() {
        runWorkersBut("");
    }

    /** @param left simple name of the class of a worker that does nothing */
    void runWorkersBut(String left) {
        List<Worker> workers = context.getBeanProvider(Worker.class).stream()
                .filter(worker -> !Workers.is(worker, left))
                .toList();
        boolean busy = true;
        while (busy) {
            busy = false;
            for (Worker worker : workers) {
                busy |= worker.runOnce() > 0;
            }
        }
    }

    private long dueJobs() {
        return aside.sql(
                        """
                        select count(*) from act_ru_job
                        where retries_ > 0 and suspension_state_ = 1 and (duedate_ is null or duedate_ <= :now::timestamptz at time zone 'UTC')
                        """)
                .param("now", bean(DunlinClock.class).instant().toString())
                .query(Long.class)
                .single();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
