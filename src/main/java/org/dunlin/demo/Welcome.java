package org.dunlin.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.engine.EngineRunner;
import org.dunlin.scoring.DailyRun;
import org.dunlin.scoring.DailyRunProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** When the web server is up: sets the demo to work, and tells whoever started it where to look. */
@Component
class Welcome {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(Welcome.class);

    private final DunlinProperties properties;
    private final EngineRunner runner;
    private final ObjectProvider<Prelude> prelude;
    private final DailyRun dailyRun;
    private final HistoryService history;
    private final ManagementService management;
    private final Rest rest;
    private final SummaryReader summary;
    private final Clock clock;

    Welcome(
            DunlinProperties properties,
            EngineRunner runner,
            ObjectProvider<Prelude> prelude,
            DailyRun dailyRun,
            HistoryService history,
            ManagementService management,
            Rest rest,
            SummaryReader summary,
            Clock clock) {
        this.properties = properties;
        this.runner = runner;
        this.prelude = prelude;
        this.dailyRun = dailyRun;
        this.history = history;
        this.management = management;
        this.rest = rest;
        this.summary = summary;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        if (!runner.isEnabled() || !(properties.demoMode() || properties.embeddedDatabase())) {
            return;
        }
        try {
            boolean atRest = true;
            if (properties.demoMode()) {
                prelude.ifAvailable(Prelude::play);
                if (!dayHasBegun()) {
                    dailyRun.requestNow();
                }
                atRest = rest.await(PATIENCE);
            }
            System.out.print(summary.read(atRest).text());
            System.out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (runner.isRunning()) {
                throw e;
            }
            log.debug("Stopped before the summary was ready", e);
        }
    }

    /** Whether the daily run of today was made, or is due and comes by itself. */
    private boolean dayHasBegun() {
        boolean due = management
                        .createJobQuery()
                        .processDefinitionKey(DailyRunProcess.KEY)
                        .timers()
                        .executable()
                        .count()
                > 0;
        Instant morning = clock.instant()
                .atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
        return due
                || history.createHistoricProcessInstanceQuery()
                                .processDefinitionKey(DailyRunProcess.KEY)
                                .startedAfter(Date.from(morning))
                                .count()
                        > 0;
    }
}
