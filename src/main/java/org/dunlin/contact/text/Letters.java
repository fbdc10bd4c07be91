package org.dunlin.contact.text;

import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.ContactTexts;
import org.dunlin.dunning.DunningCases;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Component;

/** Letters for the people who post them: the words of the e-mail, on paper. */
@Component
class Letters implements ContactTexts {

    private final DunningCases cases;
    private final Receivables receivables;
    private final MessageComposer composer;

    Letters(DunningCases cases, Receivables receivables, MessageComposer composer) {
        this.cases = cases;
        this.receivables = receivables;
        this.composer = composer;
    }

    @Override
    public String letter(long caseId, String template) {
        CaseStatement statement = cases.statement(caseId);
        return composer.letter(
                template,
                statement,
                receivables.customer(statement.dunningCase().customerId()),
                receivables.creditor(statement.dunningCase().creditorId()),
                cases.today(statement.dunningCase()));
    }
}
