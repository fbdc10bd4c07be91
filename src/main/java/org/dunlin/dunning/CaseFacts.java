package org.dunlin.dunning;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Customer.ContactPerson;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.CustomerScore;
import org.dunlin.scoring.PaymentTerms;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a person needs to see beside a task: display copies, true at the moment the task was created. */
@Service
public class CaseFacts {

    /** The engine keeps texts of up to 4,000 characters; a form is for reading, the statement for completeness. */
    private static final int SHOWN_INVOICES = 20;

    private final DunningCases cases;
    private final Receivables receivables;
    private final CustomerStanding standing;
    private final ContactTexts texts;
    private final PayDays payDays;

    CaseFacts(
            DunningCases cases,
            Receivables receivables,
            CustomerStanding standing,
            ContactTexts texts,
            PayDays payDays) {
        this.texts = texts;
        this.payDays = payDays;
        this.cases = cases;
        this.receivables = receivables;
        this.standing = standing;
    }

    /**
     * Texts by the names the forms use.
     *
     * @param rung the rung of the task, 0 when it belongs to none
     */
    public Map<String, Object> forTask(long caseId, int rung) {
        DunningCase dunningCase = cases.get(caseId);
        LocalDate today = cases.today(dunningCase);
        Customer customer = receivables.customer(dunningCase.customerId());
        List<OpenInvoice> open = receivables.open(
                Rungs.speaksForAll(rung) ? cases.spokenOfTogether(caseId) : cases.invoices(caseId), today);
        CustomerScore score = standing.current(customer.id(), today);
        Optional<ContactPerson> person =
                customer.byPhone().or(() -> customer.persons().stream().findFirst());

        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("customerName", DisplayText.plain(customer.name()));
        facts.put("customerNumber", DisplayText.plain(customer.number()));
        facts.put(CustomerPath.VARIABLE, CustomerPath.of(customer.id()));
        facts.put("caseNumber", dunningCase.number());
        facts.put(
                "contactName", DisplayText.plain(person.map(ContactPerson::name).orElse(null)));
        facts.put("phone", DisplayText.plain(person.map(ContactPerson::phone).orElse(null)));
        facts.put(
                "email",
                DisplayText.plain(customer.byEmail().map(ContactPerson::email).orElse(null)));
        facts.put("language", Locale.forLanguageTag(customer.language()).getDisplayLanguage(Locale.ENGLISH));
        facts.put("segment", Optional.ofNullable(dunningCase.segment()).orElse(DisplayText.NONE));
        facts.put("score", score.score());
        facts.put("scoreReasons", reasons(score));
        facts.put("termsText", terms(score));
        facts.put("overdueText", total(open, dunningCase).format(Locale.UK));
        facts.put("daysOverdue", (int) open.stream()
                .mapToLong(invoice -> invoice.daysOverdue(today))
                .max()
                .orElse(0));
        facts.put("invoicesText", invoices(open, today));
        facts.put("lastContactText", lastContact(dunningCase));
        facts.put(
                "storyText",
                Stream.concat(payDays.reason(caseId).stream(), texts.story(caseId).stream())
                        .map(line -> "- " + DisplayText.plain(line))
                        .reduce((above, below) -> above + "\n" + below)
                        .orElse(null));
        facts.put("rungName", Rungs.name(rung > 0 ? rung : dunningCase.rung()));
        return facts;
    }

    private static Money total(List<OpenInvoice> open, DunningCase dunningCase) {
        return open.stream()
                .map(OpenInvoice::open)
                .reduce(Money.zero(Currency.getInstance(dunningCase.currency())), Money::plus);
    }

    private static String terms(CustomerScore score) {
        PaymentTerms terms = score.terms();
        if (terms == null || terms.payment() == null) {
            return DisplayText.NONE;
        }
        return "%s, %s days, delivery %s. %s"
                .formatted(
                        DisplayText.plain(inWords(terms.payment())),
                        terms.days(),
                        DisplayText.plain(inWords(terms.delivery())),
                        terms.text());
    }

    /** {@code cashOnDelivery} as a person reads it. */
    private static String inWords(@Nullable String key) {
        return key == null ? "" : key.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String reasons(CustomerScore score) {
        return score.reasons().stream().map(reason -> "- " + reason.text()).collect(Collectors.joining("\n"));
    }

    private static String invoices(List<OpenInvoice> open, LocalDate today) {
        String rows = open.stream()
                .sorted(Comparator.comparing(OpenInvoice::dueOn))
                .limit(SHOWN_INVOICES)
                .map(invoice -> "| %s | %s | %d | %s%s |"
                        .formatted(
                                DisplayText.plain(invoice.number()),
                                invoice.dueOn(),
                                Math.max(0, invoice.daysOverdue(today)),
                                invoice.open().format(Locale.UK),
                                invoice.disputed() ? " (disputed)" : ""))
                .collect(Collectors.joining("\n"));
        return "| Invoice | Due | Days overdue | Open |\n|---|---|---:|---:|\n" + rows + more(open.size());
    }

    private static String more(int invoices) {
        return invoices <= SHOWN_INVOICES ? "" : "\n\nand %d more".formatted(invoices - SHOWN_INVOICES);
    }

    private static String lastContact(DunningCase dunningCase) {
        return dunningCase.lastContactAt() == null
                ? "Nobody has contacted this customer about these invoices yet."
                : "%s on %s"
                        .formatted(
                                Rungs.name(dunningCase.rung()),
                                dunningCase.lastContactAt().toString().substring(0, 10));
    }
}
