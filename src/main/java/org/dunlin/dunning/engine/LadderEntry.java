package org.dunlin.dunning.engine;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.bpmn.behavior.NoneStartEventActivityBehavior;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;

/**
 * The start of a ladder: a case that has climbed already goes on above its highest rung, at the wait before the first step that is
 * higher, and nowhere else for a moment, so that no wait below can end meanwhile. A case that has climbed everything gets the
 * last wait of the ladder, and then what comes at its end.
 */
final class LadderEntry extends NoneStartEventActivityBehavior {

    private final ToIntFunction<DelegateExecution> climbed;
    private final NavigableMap<Integer, TransitionImpl> toRung = new TreeMap<>();
    private final TransitionImpl toEnd;

    /**
     * @param climbed highest rung climbed by the case of that execution, 0 before the first contact
     * @param line    what the ladder consists of
     * @param start   the event that gets this behaviour
     */
    LadderEntry(ToIntFunction<DelegateExecution> climbed, LadderLine line, ActivityImpl start) {
        this.climbed = climbed;
        line.waitByRung().forEach((rung, at) -> toRung.put(rung, shortCut(start, at)));
        this.toEnd = shortCut(start, line.end());
    }

    @Override
    public void doLeave(ActivityExecution execution) {
        int rung = climbed.applyAsInt(execution);
        if (rung == 0) {
            super.doLeave(execution);
            return;
        }
        var above = toRung.higherEntry(rung);
        execution.leaveActivityViaTransition(above == null ? toEnd : above.getValue());
    }

    /** Known to the start by its id only: the flow that is drawn stays the only one that the engine would take by itself. */
    private static TransitionImpl shortCut(ActivityImpl start, ActivityImpl to) {
        String id = start.getId() + "Straight" + to.getId();
        TransitionImpl known = start.findOutgoingTransition(id);
        if (known != null) {
            return known;
        }
        TransitionImpl shortCut = start.createOutgoingTransition(id);
        shortCut.setDestination(to);
        start.getOutgoingTransitions().remove(shortCut);
        to.getIncomingTransitions().remove(shortCut);
        return shortCut;
    }
}
