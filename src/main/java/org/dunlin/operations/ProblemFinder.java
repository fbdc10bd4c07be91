package org.dunlin.operations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.engine.EngineBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Keeps the work list true: one task for each problem there is, none for what has solved itself. Safe when two nodes do it at
 * the same time. Each change is a transaction of its own, so that one bad entry stops only itself.
 */
@Service
class ProblemFinder {

    private static final Logger log = LoggerFactory.getLogger(ProblemFinder.class);

    private final ProblemSources sources;
    private final ProblemList list;
    private final DunningCases cases;
    private final RuntimeService runtime;
    private final EngineBatch engine;

    ProblemFinder(
            ProblemSources sources, ProblemList list, DunningCases cases, RuntimeService runtime, EngineBatch engine) {
        this.sources = sources;
        this.list = list;
        this.cases = cases;
        this.runtime = runtime;
        this.engine = engine;
    }

    /**
     * Looks everywhere.
     *
     * @return how many problems there are now
     */
    int look() {
        // The list before the problems: what is found meanwhile by others is then not taken for gone.
        List<Problem> known = list.open();
        Map<Found.Key, Found> found = sources.look().stream()
                .collect(Collectors.toMap(Found::key, Function.identity(), (first, second) -> first));
        Set<Found.Key> listed = known.stream().map(ProblemFinder::key).collect(Collectors.toSet());
        known.stream()
                .filter(problem -> !found.containsKey(key(problem)))
                .forEach(problem -> apart(() -> gone(problem)));
        found.values().stream().filter(one -> !listed.contains(one.key())).forEach(one -> apart(() -> add(one)));
        list.unattended().forEach(problem -> apart(() -> attend(problem.id(), problem.caseId())));
        return found.size();
    }

    private void add(Found found) {
        list.add(found).ifPresent(id -> {
            attend(id, found.caseId());
            log.warn(
                    "Problem {}: {} (case {}, step {}): {}",
                    id,
                    found.kind().title,
                    found.caseId(),
                    found.activityId(),
                    found.error());
        });
    }

    private void attend(long id, @Nullable Long caseId) {
        VariableMap variables = Variables.putValue(AttendToProblemProcess.PROBLEM_ID, id);
        String number = null;
        if (caseId != null) {
            variables.putValue(AttendToProblemProcess.CASE_ID, caseId);
            number = cases.find(caseId).map(DunningCase::number).orElse(null);
        }
        String instance = runtime.startProcessInstanceByKey(AttendToProblemProcess.KEY, number, variables)
                .getId();
        list.attendedBy(id, instance);
    }

    private void gone(Problem problem) {
        if (list.solved(problem.id(), ProblemList.BY_ITSELF, null, null)) {
            tellSolved(problem);
        }
    }

    /** The task of a solved problem leaves the list; whoever had it open is told by Tasklist. */
    void tellSolved(Problem problem) {
        if (problem.attendInstanceId() == null) {
            return;
        }
        try {
            runtime.createMessageCorrelation(AttendToProblemProcess.MESSAGE_SOLVED)
                    .processInstanceId(problem.attendInstanceId())
                    .correlate();
        } catch (MismatchingMessageCorrelationException e) {
            log.debug("Nobody was asked about problem {} any more", problem.id(), e);
        }
    }

    private void apart(Runnable change) {
        try {
            engine.runInNewTransaction(change);
        } catch (OptimisticLockingException e) {
            log.debug("Somebody is just attending to it; the next look sees what came of it", e);
        } catch (RuntimeException e) {
            log.error("An entry of the operators' work list could not be changed; the next look tries again", e);
        }
    }

    private static Found.Key key(Problem problem) {
        return new Found.Key(problem.kind(), problem.subject());
    }
}
