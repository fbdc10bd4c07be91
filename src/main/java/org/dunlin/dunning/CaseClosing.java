package org.dunlin.dunning;

import org.dunlin.dunning.DunningCase.Outcome;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Ends the record of a case, together with its process. */
@Service
public class CaseClosing {

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final ApplicationEventPublisher events;

    CaseClosing(JdbcClient jdbc, DunningCases cases, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.events = events;
    }

    /** What ended the case, by the word the model uses for it. */
    public enum Reason {
        settled,
        writtenOff,
        agencyConcluded
    }

    /**
     * Closes the case. Invoices of a settled case are free to be followed up again, should they be reopened; those written off
     * or left with the agency stay with their case, so that no new one is opened for them.
     */
    @Transactional
    public void close(long caseId, Reason reason) {
        DunningCase dunningCase = cases.get(caseId);
        if (!dunningCase.isOpen()) {
            return;
        }
        Outcome outcome =
                switch (reason) {
                    case settled -> cases.openAmount(caseId).signum() > 0 ? Outcome.BELOW_MINIMUM : Outcome.SETTLED;
                    case writtenOff -> Outcome.WRITTEN_OFF;
                    case agencyConcluded -> Outcome.AGENCY_CONCLUDED;
                };
        jdbc.sql("update dunning_case set state = 'CLOSED', outcome = :outcome, closed_on = :on where id = :id")
                .param("outcome", outcome.name())
                .param("on", cases.today(dunningCase))
                .param("id", caseId)
                .update();
        if (reason == Reason.settled) {
            jdbc.sql("update dunning_case_invoice set left_on = :on where case_id = :id and left_on is null")
                    .param("on", cases.today(dunningCase))
                    .param("id", caseId)
                    .update();
        }
        events.publishEvent(new CaseClosed(caseId, outcome));
    }
}
