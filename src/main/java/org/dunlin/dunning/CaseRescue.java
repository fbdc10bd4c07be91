package org.dunlin.dunning;

import java.util.Map;
import org.dunlin.dunning.CaseClosing.Reason;
import org.dunlin.platform.engine.RefusedException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a person can do where a case and its process have lost each other, or stand still. */
@Service
public class CaseRescue {

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final DunningPolicy policy;
    private final DunningProcesses processes;
    private final CaseClosing closing;

    CaseRescue(
            JdbcClient jdbc,
            DunningCases cases,
            DunningPolicy policy,
            DunningProcesses processes,
            CaseClosing closing) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.policy = policy;
        this.processes = processes;
        this.closing = closing;
    }

    /** What the present state of a case does not allow; nothing was changed. The message is for people. */
    public static class NotPossibleException extends RefusedException {

        private static final long serialVersionUID = 1L;

        NotPossibleException(String message) {
            super(message);
        }
    }

    /**
     * Starts the process of an open case anew, above the rungs that were climbed; what is left of the old one ends.
     *
     * @throws NotPossibleException when the case has been closed
     */
    @Transactional
    public void startAgain(long caseId) {
        cases.lock(caseId);
        DunningCase dunningCase = cases.get(caseId);
        if (!dunningCase.isOpen()) {
            throw new NotPossibleException("Case " + dunningCase.number() + " has been closed meanwhile");
        }
        if (dunningCase.processInstanceId() != null) {
            processes.end(dunningCase.processInstanceId(), "Started again by an operator");
        }
        String instance =
                processes.startCases(Map.of(caseId, dunningCase.number())).get(caseId);
        // Whether it is on hold is found out again from its holds.
        jdbc.sql("update dunning_case set process_instance_id = :instance, held_since = null where id = :id")
                .param("instance", instance)
                .param("id", caseId)
                .update();
    }

    /**
     * Closes the record of a case whose process is gone.
     *
     * @throws NotPossibleException while more than the minimum is open: that would give the debt up in silence
     */
    @Transactional
    public void closeRecord(long caseId) {
        cases.lock(caseId);
        DunningCase dunningCase = cases.get(caseId);
        if (cases.openAmount(caseId).compareTo(policy.minimum(dunningCase.currency())) >= 0) {
            throw new NotPossibleException("Case " + dunningCase.number()
                    + " still has something to collect; start it again, or let a senior collector write it off");
        }
        closing.close(caseId, Reason.settled);
    }

    /**
     * Ends a process that no case needs, with everything it has called.
     *
     * @throws NotPossibleException when an open case needs it
     */
    @Transactional
    public void endProcess(String instanceId) {
        boolean needed = jdbc.sql(
                        """
                        select exists (
                            select 1 from dunning_case where process_instance_id = :instance and state = 'OPEN')
                        """)
                .param("instance", instanceId)
                .query(Boolean.class)
                .single();
        if (needed) {
            throw new NotPossibleException("This process belongs to a case that is open");
        }
        processes.end(instanceId, "Ended by an operator: its case is closed");
    }

    /**
     * Lets everything run in a case that was suspended.
     *
     * @throws NotPossibleException when the case is on hold, or nothing in it is suspended
     */
    @Transactional
    public void activate(long caseId) {
        DunningCase dunningCase = cases.get(caseId);
        if (dunningCase.heldSince() != null) {
            throw new NotPossibleException("Case " + dunningCase.number() + " is on hold");
        }
        String frame = dunningCase.processInstanceId();
        if (frame == null || !processes.activate(frame)) {
            throw new NotPossibleException("Nothing in case " + dunningCase.number() + " is suspended");
        }
    }
}
