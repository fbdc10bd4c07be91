package org.dunlin.agency;

import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.Collision;
import org.dunlin.platform.engine.EngineBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.retry.support.RetryTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Tells the processes of cases what agencies reported: right after it was written, and later what was missed. */
@Component
class ReportSignals {

    private static final Logger log = LoggerFactory.getLogger(ReportSignals.class);

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final AgencyReports reports;
    private final AgencyProcesses processes;
    private final EngineBatch engine;
    private final Clock clock;
    private final RetryTemplate retry = RetryTemplate.builder()
            .maxAttempts(5)
            .exponentialBackoff(20, 2, 500)
            .retryOn(Collision::caused)
            .build();

    ReportSignals(
            JdbcClient jdbc,
            DunningCases cases,
            AgencyReports reports,
            AgencyProcesses processes,
            EngineBatch engine,
            Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.reports = reports;
        this.processes = processes;
        this.engine = engine;
        this.clock = clock;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void on(AgencyReported event) {
        tell(event.reportId());
    }

    /** What a signal missed, for example because the node died in between. */
    void makeUp() {
        untold().forEach(this::tell);
    }

    private List<Long> untold() {
        return jdbc.sql(
                        """
                        select r.id from agency_report r join agency_file f on f.id = r.file_id
                        where r.told_case_at is null and f.state = 'HANDED_OVER' order by r.id
                        """)
                .query(Long.class)
                .list();
    }

    private void tell(long reportId) {
        try {
            retry.execute(context -> {
                engine.runInNewTransaction(() -> tellOnce(reportId));
                return true;
            });
        } catch (MismatchingMessageCorrelationException e) {
            log.debug("The case does not wait for the report {} at this moment", reportId, e);
        } catch (RuntimeException e) {
            // The report is written; whoever brought it in must not be told otherwise.
            log.error("The case could not be told of the report {}; it is tried again", reportId, e);
        }
    }

    private record Waiting(long caseId, String instance) {}

    private void tellOnce(long reportId) {
        jdbc.sql(
                        """
                        select f.case_id, f.process_instance_id as instance
                        from agency_report r join agency_file f on f.id = r.file_id where r.id = :id
                        """)
                .param("id", reportId)
                .query(Waiting.class)
                .optional()
                .ifPresent(waiting -> {
                    cases.lock(waiting.caseId());
                    if (markTold(reportId)) {
                        processes.reported(waiting.instance(), reports.get(reportId));
                    }
                });
    }

    /** False when another was quicker, or the file is no longer with the agency. */
    private boolean markTold(long reportId) {
        return jdbc.sql(
                                """
                        update agency_report r set told_case_at = :at from agency_file f
                        where r.id = :id and r.told_case_at is null and f.id = r.file_id and f.state = 'HANDED_OVER'
                        """)
                        .param("at", AgencyFiles.utc(clock.instant()))
                        .param("id", reportId)
                        .update()
                == 1;
    }
}
