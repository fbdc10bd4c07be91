package org.dunlin.contact.text;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.Outcomes;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.ContactTexts;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.HoldStatements;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Component;

/** Texts for the people who post them: letters in the words of the e-mail, and the dossier for an agency. */
@Component
class Letters implements ContactTexts {

    /** A form is for reading; everything stands in the contact log. */
    private static final int TOLD = 12;

    private static final String DOSSIER = "dossier";

    private final DunningCases cases;
    private final HoldStatements holds;
    private final Receivables receivables;
    private final MessageComposer composer;
    private final Dossier dossier;
    private final Contacts contacts;
    private final Clock clock;

    Letters(
            DunningCases cases,
            HoldStatements holds,
            Receivables receivables,
            MessageComposer composer,
            Dossier dossier,
            Contacts contacts,
            Clock clock) {
        this.contacts = contacts;
        this.dossier = dossier;
        this.clock = clock;
        this.cases = cases;
        this.holds = holds;
        this.receivables = receivables;
        this.composer = composer;
    }

    @Override
    public String letter(long caseId, String template) {
        CaseStatement statement = DOSSIER.equals(template) ? cases.statement(caseId) : cases.statementForAll(caseId);
        Customer customer = receivables.customer(statement.dunningCase().customerId());
        Creditor creditor = receivables.creditor(statement.dunningCase().creditorId());
        LocalDate today = cases.today(statement.dunningCase());
        return DOSSIER.equals(template)
                ? dossier.of(statement, customer, creditor, today)
                : composer.letter(template, statement, customer, creditor, today);
    }

    @Override
    public List<String> story(long caseId) {
        return contacts.latest(ContactFilter.ofCase(caseId), TOLD).stream()
                .filter(contact -> contact.state() == ContactState.SENT)
                .sorted(Comparator.comparing(Contact.Summary::at).reversed())
                .map(Letters::line)
                .toList();
    }

    private static String line(Contact.Summary contact) {
        String outcome = Outcomes.words(contact.detail());
        return "%s: %s%s%s"
                .formatted(
                        contact.at().toString().substring(0, 10),
                        contact.kind(),
                        outcome == null ? "" : ", " + outcome,
                        contact.sentBy() == null ? "" : " (" + contact.sentBy() + ")");
    }

    @Override
    public String notice(long holdId, String template) {
        Hold hold = holds.hold(holdId);
        Creditor creditor = receivables.creditor(hold.creditorId());
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        return composer.noticeLetter(
                template, holds.of(holdId, today), receivables.customer(hold.customerId()), creditor, today);
    }
}
