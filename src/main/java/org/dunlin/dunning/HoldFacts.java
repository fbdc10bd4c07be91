package org.dunlin.dunning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Customer.ContactPerson;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Service;
import org.springframework.util.StringUtils;

/** What a person needs to see beside the task of a hold: display copies, true at the moment the task was created. */
@Service
public class HoldFacts {

    private static final int SHOWN_INVOICES = 20;

    private final Holds holds;
    private final HoldDays days;
    private final Receivables receivables;
    private final Stakes stakes;

    HoldFacts(Holds holds, HoldDays days, Receivables receivables, Stakes stakes) {
        this.stakes = stakes;
        this.holds = holds;
        this.days = days;
        this.receivables = receivables;
    }

    /** Texts by the names the forms use. */
    public Map<String, Object> forTask(long holdId) {
        Hold hold = holds.get(holdId);
        Customer customer = receivables.customer(hold.customerId());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("customerName", DisplayText.plain(customer.name()));
        facts.put("customerNumber", DisplayText.plain(customer.number()));
        facts.put(CustomerPath.VARIABLE, CustomerPath.of(customer.id()));
        facts.put("holdTitle", HoldWords.kind(hold));
        facts.put("holdNumber", hold.number());
        facts.put("language", Locale.forLanguageTag(customer.language()).getDisplayLanguage(Locale.ENGLISH));
        facts.put("raisedText", HoldWords.raised(hold));
        facts.put("reasonText", HoldWords.reason(hold));
        facts.put("noteText", DisplayText.plain(hold.note()));
        facts.put("invoicesText", invoices(hold));
        facts.put(
                "amountText",
                hold.amount() == null ? DisplayText.NONE : hold.amount().format(Locale.UK));
        Optional<ContactPerson> person =
                customer.byPhone().or(() -> customer.persons().stream().findFirst());
        facts.put(
                "contactName", DisplayText.plain(person.map(ContactPerson::name).orElse(null)));
        facts.put("phone", DisplayText.plain(person.map(ContactPerson::phone).orElse(null)));
        facts.put("promisedOn", hold.endsOn() == null ? DisplayText.NONE : String.valueOf(hold.endsOn()));
        onTheCard(hold, facts);
        return facts;
    }

    /** What the cards of a list show, as those of the tasks of a case do. */
    private void onTheCard(Hold hold, Map<String, Object> facts) {
        facts.put("rungName", StringUtils.capitalize(HoldWords.kind(hold)));
        Stake stake = stakes.ofHolds(List.of(hold.id())).get(hold.id());
        if (stake != null) {
            facts.put("overdueText", stake.open().format(Locale.UK));
            facts.put("daysOverdue", stake.daysOverdue());
            facts.put("segment", stake.segment() == null ? DisplayText.NONE : stake.segment());
        }
    }

    private String invoices(Hold hold) {
        if (hold.coversAll()) {
            return "Everything the customer owes, also what falls due later";
        }
        Map<Long, OpenInvoice> open =
                receivables
                        .open(
                                hold.invoices().stream()
                                        .map(Hold.Covered::invoiceId)
                                        .toList(),
                                days.today(hold))
                        .stream()
                        .collect(Collectors.toMap(OpenInvoice::id, invoice -> invoice));
        String rows = hold.invoices().stream()
                .limit(SHOWN_INVOICES)
                .map(covered -> {
                    OpenInvoice now = open.get(covered.invoiceId());
                    return "| %s | %s | %s | %s |"
                            .formatted(
                                    DisplayText.plain(covered.number()),
                                    now == null ? DisplayText.NONE : now.dueOn(),
                                    covered.openAtStart().format(Locale.UK),
                                    now == null ? "paid" : now.open().format(Locale.UK));
                })
                .collect(Collectors.joining("\n"));
        int more = hold.invoices().size() - SHOWN_INVOICES;
        return "| Invoice | Due | Open then | Open now |\n|---|---|---:|---:|\n" + rows
                + (more > 0 ? "\n\nand %d more".formatted(more) : "");
    }
}
