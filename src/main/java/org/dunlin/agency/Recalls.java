package org.dunlin.agency;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.dunlin.agency.AgencyMessage.Kind;
import org.dunlin.agency.AgencyMessage.State;
import org.dunlin.dunning.CaseClosed;
import org.dunlin.dunning.DunningCase.Outcome;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes cases back from agencies when they end on our side: paid, credited, given up. */
@Component
class Recalls {

    /** Why, by the texts there are for it. */
    private static final Set<Outcome> WORDED = Set.of(Outcome.SETTLED, Outcome.BELOW_MINIMUM, Outcome.WRITTEN_OFF);

    private static final String OTHER = "other";

    private final AgencyFiles files;
    private final AgencyMessages messages;
    private final AgencyProcesses processes;
    private final Clock clock;

    Recalls(AgencyFiles files, AgencyMessages messages, AgencyProcesses processes, Clock clock) {
        this.files = files;
        this.messages = messages;
        this.processes = processes;
        this.clock = clock;
    }

    /** Within the transaction that closes the case, so that none can be closed without it. */
    @EventListener
    void on(CaseClosed closed) {
        files.active(closed.caseId())
                .ifPresent(file -> takeBack(
                        file,
                        WORDED.contains(closed.outcome()) ? closed.outcome().name() : OTHER));
    }

    /** The case is to go another way, for example because an operator started it again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeBack(AgencyFile file) {
        takeBack(file, OTHER);
    }

    private void takeBack(AgencyFile file, String reason) {
        Instant now = clock.instant();
        if (file.state() == AgencyFile.State.PREPARED && isCertainlyNotSent(file)) {
            files.end(file.id(), AgencyFile.State.CANCELLED, now);
            messages.cancelWaiting(file.id(), "The case has ended before it was handed over");
            return;
        }
        files.end(file.id(), AgencyFile.State.RECALLED, now);
        messages.cancelWaiting(file.id(), "The file was recalled");
        messages.leaveUnknown(file.id(), "The case has ended while it was being sent");
        messages.want(file.id(), Kind.RECALL, reason, now).ifPresent(message -> processes.tell(file.caseId(), message));
    }

    private boolean isCertainlyNotSent(AgencyFile file) {
        return messages.of(file.id()).stream()
                .filter(message -> message.kind() == Kind.HAND_OVER)
                .noneMatch(message -> message.state() == State.SENDING
                        || message.state() == State.UNKNOWN
                        || message.state() == State.SENT);
    }
}
