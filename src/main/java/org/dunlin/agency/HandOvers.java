package org.dunlin.agency;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.dunlin.agency.AgencyMessage.Kind;
import org.dunlin.agency.AgencyMessage.State;
import org.dunlin.agency.AgencyWording.Occasion;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.FollowUp;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.StepReport;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.Experience;
import org.dunlin.scoring.Experiences;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives cases to agencies, and keeps what became of what was sent to them. */
@Service
class HandOvers {

    /** The rung of a hand-over on the scale of all ladders. */
    static final int RUNG = 70;

    private final Agencies agencies;
    private final AgencyFiles files;
    private final AgencyMessages messages;
    private final DunningCases cases;
    private final FollowUp followUp;
    private final Receivables receivables;
    private final Experiences experiences;
    private final Clock clock;

    HandOvers(
            Agencies agencies,
            AgencyFiles files,
            AgencyMessages messages,
            DunningCases cases,
            FollowUp followUp,
            Receivables receivables,
            Experiences experiences,
            Clock clock) {
        this.agencies = agencies;
        this.files = files;
        this.messages = messages;
        this.cases = cases;
        this.followUp = followUp;
        this.receivables = receivables;
        this.experiences = experiences;
        this.clock = clock;
    }

    /**
     * A senior collector has confirmed: the dossier may go.
     *
     * @param agency   id of the one they chose
     * @param instance the step that waits for what the agency reports
     * @return id of the message to be sent
     * @throws InvalidOutcomeException when there is no such agency
     */
    @Transactional
    public long confirm(long caseId, String agency, @Nullable String note, @Nullable String by, String instance) {
        Agency chosen = agencies.find(agency)
                .orElseThrow(() -> new InvalidOutcomeException(
                        AgencyStep.AGENCY, "There is no agency '" + agency + "'; choose one of the list"));
        Instant now = clock.instant();
        cases.lock(caseId);
        long file = files.prepare(caseId, chosen, note, by, instance, now);
        return messages.want(file, Kind.HAND_OVER, note, now).orElseThrow();
    }

    /** The senior collector does not want the case to go to an agency now. */
    @Transactional
    public void putOff(long caseId, String occurrence, int rung, @Nullable String note, @Nullable String by) {
        followUp.step(caseId, occurrence, rung, report(AgencyStep.NOT_YET, clock.instant(), null, note), by);
    }

    /** What follows from a message that the agency has got, in the transaction that marks it as sent. */
    void sent(Occasion about, Wording wording, List<OpenInvoice> claimed, List<AgencyFiles.Line> lines, Instant at) {
        AgencyFile file = about.file();
        switch (about.message().kind()) {
            case HAND_OVER -> {
                files.handedOver(file.id(), claimed, at);
                learn(file, at);
                followUp.step(
                        file.caseId(),
                        occurrence(about.message()),
                        RUNG,
                        report(AgencyStep.HANDED_OVER, at, wording.body(), toWhom(file)),
                        file.preparedBy());
            }
            case PAYMENT -> files.told(file.id(), lines);
            case ANSWER, RECALL -> {
                // The message itself is all there is.
            }
        }
    }

    /** A hand-over is a fact about the customer, and costs something. */
    private void learn(AgencyFile file, Instant at) {
        DunningCase dunningCase = cases.get(file.caseId());
        LocalDate day = at.atZone(receivables.creditor(dunningCase.creditorId()).timeZone())
                .toLocalDate();
        experiences.record(List.of(new Experience(
                dunningCase.customerId(),
                Experience.Kind.AGENCY_HAND_OVER,
                day,
                file.reference(),
                dunningCase.creditorId(),
                null)));
    }

    private static String toWhom(AgencyFile file) {
        return "%s, file %s%s"
                .formatted(file.agencyName(), file.reference(), file.note() == null ? "" : ": " + file.note());
    }

    private static StepReport report(String outcome, Instant at, @Nullable String text, @Nullable String note) {
        return new StepReport(StepReport.Channel.AGENCY, outcome, at, null, null, text, note, null, null);
    }

    private static String occurrence(AgencyMessage message) {
        return "agencyMessage:" + message.id();
    }

    /**
     * A person found out about a message of unknown result.
     *
     * @param outcome {@link AgencyStep#WAS_SENT} or {@link AgencyStep#SEND_AGAIN}
     * @throws InvalidOutcomeException for another outcome
     */
    @Transactional
    public void resolve(long messageId, String outcome, @Nullable String note, @Nullable String by) {
        AgencyMessage message = messages.get(messageId);
        AgencyFile file = files.get(message.fileId());
        cases.lock(file.caseId());
        String who = by == null ? "unknown" : by;
        Instant now = clock.instant();
        switch (outcome) {
            case AgencyStep.SEND_AGAIN -> messages.resolved(messageId, State.FAILED, who, note, now);
            case AgencyStep.WAS_SENT -> {
                if (messages.resolved(messageId, State.SENT, who, note, now)) {
                    hasGot(message, file);
                }
            }
            default -> throw new InvalidOutcomeException(AgencyStep.OUTCOME, "Say what you found");
        }
    }

    private void hasGot(AgencyMessage message, AgencyFile file) {
        Instant at = Objects.requireNonNull(message.claimedAt());
        if (message.kind() == Kind.HAND_OVER && file.state() == AgencyFile.State.PREPARED) {
            files.handedOver(file.id(), cases.statement(file.caseId()).lines(), at);
            learn(file, at);
            // The amounts in the message may have been others.
            files.toldIsUnsure(file.id());
            followUp.step(
                    file.caseId(),
                    occurrence(message),
                    RUNG,
                    report(AgencyStep.HANDED_OVER, at, message.body(), toWhom(file)),
                    file.preparedBy());
        }
    }
}
