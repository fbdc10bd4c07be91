package org.dunlin.contact.text;

import java.time.LocalDate;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.ContactTexts;
import org.dunlin.dunning.DunningCases;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Component;

/** Texts for the people who post them: letters in the words of the e-mail, and the dossier for an agency. */
@Component
class Letters implements ContactTexts {

    private static final String DOSSIER = "dossier";

    private final DunningCases cases;
    private final Receivables receivables;
    private final MessageComposer composer;
    private final Dossier dossier;

    Letters(DunningCases cases, Receivables receivables, MessageComposer composer, Dossier dossier) {
        this.dossier = dossier;
        this.cases = cases;
        this.receivables = receivables;
        this.composer = composer;
    }

    @Override
    public String letter(long caseId, String template) {
        CaseStatement statement = cases.statement(caseId);
        Customer customer = receivables.customer(statement.dunningCase().customerId());
        Creditor creditor = receivables.creditor(statement.dunningCase().creditorId());
        LocalDate today = cases.today(statement.dunningCase());
        return DOSSIER.equals(template)
                ? dossier.of(statement, customer, creditor, today)
                : composer.letter(template, statement, customer, creditor, today);
    }
}
