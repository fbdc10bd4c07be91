package org.dunlin.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dunlin.dunning.PayDays;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.security.DemoLogins;
import org.dunlin.platform.security.DemoLogins.DemoLogin;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gathers what the {@link Summary} says. */
@Component
class SummaryReader {

    private final JdbcClient jdbc;
    private final PayDays payDays;
    private final Clock clock;
    private final Environment environment;
    private final DunlinProperties properties;
    private final ObjectProvider<MailProperties> mail;
    private final ObjectProvider<DemoMailServer> demoMailServer;

    SummaryReader(
            JdbcClient jdbc,
            PayDays payDays,
            Clock clock,
            Environment environment,
            DunlinProperties properties,
            ObjectProvider<MailProperties> mail,
            ObjectProvider<DemoMailServer> demoMailServer) {
        this.jdbc = jdbc;
        this.payDays = payDays;
        this.clock = clock;
        this.environment = environment;
        this.properties = properties;
        this.mail = mail;
        this.demoMailServer = demoMailServer;
    }

    Summary read(boolean atRest) {
        return new Summary(
                "http://localhost:" + environment.getRequiredProperty("local.server.port"),
                properties.demoMode() ? figures(atRest) : null,
                properties.embeddedDatabase()
                        ? properties.data().toAbsolutePath().normalize()
                        : null);
    }

    Summary.Figures figures(boolean atRest) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Optional<Steps> next = nextSteps();
        return new Summary.Figures(
                today,
                counts("select segment, count(*) from customer_score where until is null group by 1 order by 1"),
                overdue("count(distinct customer_id)", today),
                overdue("count(*)", today),
                counts(
                        """
                        select coalesce(ladder, 'not chosen yet'), count(*) from dunning_case where state = 'OPEN'
                        group by 1 order by 2 desc, 1
                        """),
                payDays.counts().waiting(),
                counts("select channel, count(*) from contact where state = 'SENT' group by 1 order by 2 desc, 1"),
                tasksByGroup(),
                next.map(Steps::count).orElse(0L),
                next.map(Steps::day).orElse(null),
                DemoLogins.ALL.stream().map(DemoLogin::name).toList(),
                mailsTo(),
                atRest);
    }

    private long overdue(String what, LocalDate today) {
        return jdbc.sql("select " + what + " from open_invoice(:today) where due_on < :today")
                .param("today", today)
                .query(Long.class)
                .single();
    }

    private record Steps(LocalDate day, long count) {}

    private Optional<Steps> nextSteps() {
        return jdbc.sql(
                        """
                        select duedate_::date as day, count(*) from act_ru_job
                        where type_ = 'timer' and process_instance_id_ is not null and suspension_state_ = 1
                            and retries_ > 0 and duedate_ > :now
                        group by 1 order by 1 limit 1
                        """)
                .param("now", LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .query(Steps.class)
                .optional();
    }

    private Map<String, Long> counts(String sql) {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.sql(sql).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    private Map<String, Long> tasksByGroup() {
        // Claimed or not.
        return counts(
                """
                select coalesce(l.group_id_, 'nobody') as name, count(distinct t.id_)
                from act_ru_task t
                    left join act_ru_identitylink l on l.task_id_ = t.id_ and l.type_ = 'candidate' and l.group_id_ is not null
                group by 1 order by 1
                """);
    }

    private @Nullable String mailsTo() {
        MailProperties server = mail.getIfAvailable();
        return server == null || demoMailServer.getIfAvailable() != null
                ? null
                : server.getHost() + ":" + server.getPort();
    }
}
