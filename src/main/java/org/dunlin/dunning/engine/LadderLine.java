package org.dunlin.dunning.engine;

import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;

/**
 * The line of waits and steps that a ladder is, followed from its start along the drawn flows. What leaves a step by a boundary
 * event, such as the letter in place of a mail, is another way over the same rung and no part of the line.
 */
final class LadderLine {

    private final Map<String, Integer> rungs;
    private final Set<ActivityImpl> passed = new HashSet<>();
    private final NavigableMap<Integer, ActivityImpl> waitByRung = new TreeMap<>();
    private @Nullable ActivityImpl highest;

    /**
     * @param start where the ladder begins
     * @param rungs rung by id of the step
     */
    LadderLine(ActivityImpl start, Map<String, Integer> rungs) {
        this.rungs = rungs;
        follow(start, null);
    }

    boolean hasSteps() {
        return highest != null;
    }

    /** Where to enter for each rung: the wait before its step, or the step itself where no wait comes before it. */
    NavigableMap<Integer, ActivityImpl> waitByRung() {
        return waitByRung;
    }

    /** Where to enter when all rungs have been climbed: what follows the highest step, or the wait before the hand-over. */
    ActivityImpl end() {
        if (highest == null) {
            throw new IllegalStateException("A ladder has steps");
        }
        return highest.getOutgoingTransitions().isEmpty()
                ? waitByRung.lastEntry().getValue()
                : (ActivityImpl) highest.getOutgoingTransitions().get(0).getDestination();
    }

    /** @param wait the first wait since the last step, if there was one */
    private void follow(ActivityImpl here, @Nullable ActivityImpl wait) {
        if (!passed.add(here)) {
            return;
        }
        Integer rung = rungs.get(here.getId());
        ActivityImpl before = wait;
        if (rung != null) {
            if (waitByRung.isEmpty() || rung > waitByRung.lastKey()) {
                highest = here;
            }
            waitByRung.putIfAbsent(rung, wait == null ? here : wait);
            before = null;
        } else if (wait == null && isWait(here)) {
            before = here;
        }
        for (PvmTransition next : here.getOutgoingTransitions()) {
            follow((ActivityImpl) next.getDestination(), before);
        }
    }

    private static boolean isWait(ActivityImpl activity) {
        return ActivityTypes.INTERMEDIATE_EVENT_TIMER.equals(
                activity.getProperties().get(BpmnProperties.TYPE));
    }
}
