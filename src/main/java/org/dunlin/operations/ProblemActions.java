package org.dunlin.operations;

import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.dunlin.contact.clarify.LostContacts;
import org.dunlin.dunning.CaseRescue;
import org.dunlin.operations.Problem.Action;
import org.dunlin.operations.Problem.Kind;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.platform.security.CurrentUser;
import org.dunlin.scoring.DailyRun;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Does what a person chose. What comes back after it is a new problem, and says how often it has been one. */
@Service
class ProblemActions {

    /** Tries that a step gets once more: its cause is said to be gone. */
    private static final int TRIES = 3;

    private final ProblemList list;
    private final CaseRescue rescue;
    private final LostContacts lostContacts;
    private final DailyRun dailyRun;
    private final ManagementService management;
    private final ExternalTaskService externalTasks;
    private final OperatorsDay day;
    private final CurrentUser user;

    ProblemActions(
            ProblemList list,
            CaseRescue rescue,
            LostContacts lostContacts,
            DailyRun dailyRun,
            ManagementService management,
            ExternalTaskService externalTasks,
            OperatorsDay day,
            CurrentUser user) {
        this.list = list;
        this.rescue = rescue;
        this.lostContacts = lostContacts;
        this.dailyRun = dailyRun;
        this.management = management;
        this.externalTasks = externalTasks;
        this.day = day;
        this.user = user;
    }

    /**
     * Does it in the name of whoever is logged in.
     *
     * @param key of the action
     * @return whether the problem stays on the list, to be looked at again tomorrow
     * @throws RefusedException when the action does not fit the problem, or the person may not do it
     * @throws CaseRescue.NotPossibleException when the case does not allow it
     */
    @Transactional
    boolean perform(Problem problem, @Nullable String key, @Nullable String note) {
        if (!user.isAdmin()) {
            throw new RefusedException("Only an administrator may do this");
        }
        Action action = Action.of(key)
                .filter(problem.kind().actions::contains)
                .orElseThrow(() -> new RefusedException("Choose what to do: " + key + " does not help here"));
        if (action == Action.TOMORROW) {
            list.putOff(problem.id(), day.tomorrow());
            return true;
        }
        if (!list.solved(problem.id(), action.name(), user.id(), note)) {
            throw new RefusedException("Somebody has solved this meanwhile");
        }
        perform(problem, action, note);
        return false;
    }

    private void perform(Problem problem, Action action, @Nullable String note) {
        switch (action) {
            case TRY_AGAIN -> tryAgain(problem);
            case RUN_NOW -> dailyRun.requestNow();
            case START_AGAIN -> rescue.startAgain(caseOf(problem));
            case CLOSE_RECORD -> rescue.closeRecord(caseOf(problem));
            case END_PROCESS -> rescue.endProcess(problem.subject());
            case ACTIVATE -> rescue.activate(caseOf(problem));
            case WAS_SENT -> settle(problem, true, note);
            case NOT_SENT -> settle(problem, false, note);
            case TOMORROW -> throw new IllegalStateException("Nothing is done today");
        }
    }

    private void settle(Problem problem, boolean sent, @Nullable String note) {
        if (!lostContacts.settle(Long.parseLong(problem.subject()), sent, user.id(), note)) {
            throw new RefusedException("What became of this message is known meanwhile");
        }
    }

    private void tryAgain(Problem problem) {
        if (management.createJobQuery().jobId(problem.subject()).count() > 0) {
            management.setJobRetries(problem.subject(), TRIES);
        } else if (externalTasks
                        .createExternalTaskQuery()
                        .externalTaskId(problem.subject())
                        .count()
                > 0) {
            externalTasks.setRetries(problem.subject(), TRIES);
        } else {
            throw new RefusedException("This step is not waiting any more");
        }
    }

    private static long caseOf(Problem problem) {
        Long caseId = problem.caseId();
        if (caseId == null) {
            throw new IllegalStateException(Kind.class.getSimpleName() + " " + problem.kind() + " concerns a case");
        }
        return caseId;
    }
}
