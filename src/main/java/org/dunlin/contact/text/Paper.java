package org.dunlin.contact.text;

import java.time.Clock;
import java.time.LocalDate;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatements;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Component;

/** Letters as PDF, with what is open at this moment. */
@Component
public class Paper {

    private final DunningCases cases;
    private final HoldStatements holds;
    private final Receivables receivables;
    private final MessageComposer composer;
    private final Clock clock;

    Paper(DunningCases cases, HoldStatements holds, Receivables receivables, MessageComposer composer, Clock clock) {
        this.cases = cases;
        this.holds = holds;
        this.receivables = receivables;
        this.composer = composer;
        this.clock = clock;
    }

    /**
     * A rung of the ladder as a letter.
     *
     * @throws IllegalArgumentException when there is no such template
     */
    public byte[] letter(long caseId, String template) {
        CaseStatement statement = cases.statementForAll(caseId);
        return composer.letterOnPaper(
                template,
                statement,
                receivables.customer(statement.dunningCase().customerId()),
                receivables.creditor(statement.dunningCase().creditorId()),
                cases.today(statement.dunningCase()));
    }

    /**
     * A notice about a hold as a letter.
     *
     * @throws IllegalArgumentException when there is no such notice
     */
    public byte[] notice(long holdId, String template) {
        Hold hold = holds.hold(holdId);
        Creditor creditor = receivables.creditor(hold.creditorId());
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        return composer.noticeOnPaper(
                template, holds.of(holdId, today), receivables.customer(hold.customerId()), creditor, today);
    }
}
