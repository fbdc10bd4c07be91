package org.dunlin.desk.customer;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dunlin.desk.customer.CustomerPicture.Invoice;
import org.dunlin.dunning.CaseOpening;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.NewHold;
import org.dunlin.platform.engine.RefusedException;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is done from the page of a customer: the same as forms and programs do, and a question before something is made twice. */
@Service
class CustomerDeeds {

    private final Holds holds;
    private final Receivables receivables;
    private final CaseOpening opening;
    private final CaseRows rows;

    CustomerDeeds(Holds holds, Receivables receivables, CaseOpening opening, CaseRows rows) {
        this.holds = holds;
        this.receivables = receivables;
        this.opening = opening;
        this.rows = rows;
    }

    /**
     * Begins a hold.
     *
     * @param agreed of a plan: nobody needs to look it over any more
     * @param known  numbers of holds of this kind beside which it is wanted
     * @throws AnotherOneException when there is one that is not among them
     * @throws org.dunlin.dunning.InvalidOutcomeException when something about it cannot be; nothing was changed
     */
    @Transactional
    public Hold raise(NewHold wanted, boolean agreed, Set<String> known) {
        // Whoever presses twice is the second one the second time.
        receivables.lockCustomers(List.of(wanted.customerId()));
        List<Hold> existing = holds.ofCustomer(wanted.customerId()).stream()
                .filter(hold -> hold.isActive() && hold.kind() == wanted.kind())
                .toList();
        if (!existing.stream().allMatch(hold -> known.contains(hold.number()))) {
            throw new AnotherOneException(existing, question(existing));
        }
        return holds.raise(wanted, agreed);
    }

    private static String question(List<Hold> existing) {
        return existing.stream()
                        .map(CustomerDeeds::inShort)
                        .collect(Collectors.joining("; ", "There is already ", ". "))
                + "Is this another one beside it?";
    }

    /** For example {@code promise H100001 of €300.00 until 2026-01-27, by anna}. */
    private static String inShort(Hold hold) {
        return PageWords.kind(hold.kind()).toLowerCase(Locale.ROOT) + " " + hold.number()
                + (hold.amount() == null ? "" : " of " + hold.amount().format(Locale.UK))
                + (hold.endsOn() == null ? "" : " until " + hold.endsOn())
                + (hold.raisedBy() == null ? "" : ", by " + hold.raisedBy());
    }

    /**
     * Takes a hold of the customer back.
     *
     * @throws RefusedException when it has ended before, or is none of theirs
     */
    @Transactional
    public void end(long customerId, String number, String by, @org.jspecify.annotations.Nullable String note) {
        boolean ended = holds.find(number)
                .filter(hold -> hold.customerId() == customerId)
                .map(hold -> holds.withdraw(hold.id(), by, note))
                .orElse(false);
        if (!ended) {
            throw new RefusedException("Hold " + number + " has ended before. Load this page again.");
        }
    }

    /**
     * Opens the case for what is overdue, now.
     *
     * @return numbers of the cases
     * @throws RefusedException when there is nothing to follow up; says why
     */
    public List<String> startFollowUp(long customerId) {
        List<String> cases = opening.openNow(customerId);
        if (cases.isEmpty()) {
            throw new RefusedException(whyNot(rows.openInvoices(customerId)));
        }
        return cases;
    }

    private static String whyNot(List<Invoice> open) {
        List<Invoice> overdue = open.stream().filter(Invoice::isOverdue).toList();
        if (overdue.isEmpty()) {
            return "Nothing is overdue, so there is nothing to follow up.";
        }
        List<Invoice> left =
                overdue.stream().filter(invoice -> invoice.caseNumber() == null).toList();
        if (left.isEmpty()) {
            Set<String> cases = overdue.stream()
                    .map(Invoice::caseNumber)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toCollection(TreeSet::new));
            return "Everything overdue is followed up already: case " + String.join(", ", cases) + ".";
        }
        Set<String> held = left.stream()
                .flatMap(invoice -> invoice.holds().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!held.isEmpty()) {
            return "What is overdue and not followed up is on hold: " + String.join(", ", held)
                    + ". Take the hold back first.";
        }
        return left.stream().allMatch(Invoice::disputed)
                ? "What is overdue and not followed up is contested."
                : "What is overdue and not followed up is less than a follow-up is worth.";
    }
}
