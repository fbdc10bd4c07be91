package org.dunlin.contact.text;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.OpenInvoice;
import org.springframework.stereotype.Component;

/** What an agency must know to take a case over: who owes what to whom since when, and what was done about it. */
@Component
class Dossier {

    /** The text must fit into a form; the complete statement and every message stand in the contact log. */
    private static final int LINES = 15;

    private final Contacts contacts;

    Dossier(Contacts contacts) {
        this.contacts = contacts;
    }

    String of(CaseStatement statement, Customer customer, Creditor creditor, LocalDate today) {
        return Stream.of(
                        "Case %s of %s".formatted(statement.dunningCase().number(), creditor.name()),
                        "Debtor\n" + debtor(customer),
                        "Open on %s: %s\n%s"
                                .formatted(
                                        today, statement.total().format(Locale.UK), invoices(statement.lines(), today)),
                        "What was done\n" + history(statement.dunningCase().id()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String debtor(Customer customer) {
        return Stream.of(
                        "%s (customer %s)".formatted(customer.name(), customer.number()),
                        customer.vatNumber() == null ? null : "VAT " + customer.vatNumber(),
                        customer.street(),
                        joined(customer.postalCode(), customer.city(), customer.country()),
                        customer.byPhone().map(Customer.ContactPerson::phone).orElse(null),
                        customer.byEmail().map(Customer.ContactPerson::email).orElse(null))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n"));
    }

    private static String joined(@org.jspecify.annotations.Nullable String... parts) {
        return Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(" "));
    }

    private static String invoices(List<OpenInvoice> lines, LocalDate today) {
        String shown = lines.stream()
                .limit(LINES)
                .map(line -> "%s of %s, due %s (%d days overdue): %s open of %s"
                        .formatted(
                                line.number(),
                                line.issuedOn(),
                                line.dueOn(),
                                line.daysOverdue(today),
                                line.open().format(Locale.UK),
                                line.gross().format(Locale.UK)))
                .collect(Collectors.joining("\n"));
        return shown + (lines.size() <= LINES ? "" : "\nand %d more".formatted(lines.size() - LINES));
    }

    private String history(long caseId) {
        return contacts.latest(ContactFilter.ofCase(caseId), LINES).stream()
                .filter(contact -> contact.state() == ContactState.SENT)
                .sorted(Comparator.comparing(Contact.Summary::at))
                .map(contact -> "%s %s".formatted(contact.at().toString().substring(0, 10), contact.kind()))
                .collect(Collectors.joining("\n"));
    }
}
