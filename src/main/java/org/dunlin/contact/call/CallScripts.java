package org.dunlin.contact.call;

import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.dunlin.contact.template.Wording;
import org.dunlin.dunning.DunningCase;
import org.dunlin.platform.models.Decisions;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Customer.ContactPerson;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a collector can say: decision table {@code callScript} chooses the words by rung and tone, the texts have them per language. */
@Component
public class CallScripts {

    static final String BUNDLE = "call";

    /** What may stand in the words, in the order of the numbers. */
    static final List<String> PLACES = List.of("name", "creditor", "count", "total", "invoice", "customer");

    private static final String TABLE = "callScript";

    private final Decisions decisions;
    private final Receivables receivables;
    private final Supplier<Wording> wording;

    CallScripts(Decisions decisions, Receivables receivables, Supplier<Wording> wording) {
        this.decisions = decisions;
        this.receivables = receivables;
        this.wording = wording;
    }

    /**
     * Words for a call.
     *
     * @param language in which they are
     * @param subject  what the call is for, in a few words
     * @param opening  how it begins
     * @param ask      what is asked
     * @param closing  when the customer hesitates, and how it ends
     */
    public record Script(String language, String subject, String opening, String ask, String closing) {}

    /** Those in the customer's language, else in English; empty where the table names words that nobody has written. */
    public Optional<Script> of(DunningCase dunningCase, int rung, int attempt, List<OpenInvoice> asked) {
        Customer customer = receivables.customer(dunningCase.customerId());
        Creditor creditor = receivables.creditor(dunningCase.creditorId());
        Map<String, @Nullable Object> facts = new HashMap<>();
        facts.put("rung", rung);
        facts.put("ladder", dunningCase.ladder());
        facts.put("segment", dunningCase.segment());
        facts.put("kind", customer.kind().name());
        facts.put("attempt", attempt);
        String template = decisions.evaluate(TABLE, facts).text("script");
        Money total = asked.stream()
                .map(OpenInvoice::open)
                .reduce(Money.zero(Currency.getInstance(dunningCase.currency())), Money::plus);
        Wording words = wording.get();
        return List.of(customer.language(), Locale.ENGLISH.getLanguage()).stream()
                .map(Locale::forLanguageTag)
                .filter(locale -> words.has(BUNDLE, template + ".subject", locale))
                .findFirst()
                .map(locale -> {
                    Object[] arguments = {
                        customer.byPhone().map(ContactPerson::name).orElse(customer.name()),
                        creditor.name(),
                        asked.size(),
                        total.format(locale),
                        asked.isEmpty() ? "" : asked.get(0).number(),
                        customer.name()
                    };
                    return new Script(
                            locale.getLanguage(),
                            words.text(BUNDLE, template + ".subject", locale, arguments),
                            words.text(BUNDLE, template + ".opening", locale, arguments),
                            words.text(BUNDLE, template + ".ask", locale, arguments),
                            words.text(BUNDLE, template + ".closing", locale, arguments));
                });
    }
}
