package org.dunlin.contact.details;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.dunlin.contact.Channel;
import org.dunlin.dunning.CustomerPath;
import org.dunlin.dunning.DisplayText;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;

/** Puts beside a new task what did not work and what is known of the customer, and the customer into its name. */
@ModelBean("wrongDetailFacts")
class WrongDetailFacts implements TaskListener {

    private final ContactDetails details;
    private final Receivables receivables;

    WrongDetailFacts(ContactDetails details, Receivables receivables) {
        this.details = details;
        this.receivables = receivables;
    }

    @Override
    public void notify(DelegateTask task) {
        ContactDetails.Wrong wrong = details.find(TypedVariables.of(task).requireLong(CorrectDetailsProcess.DETAIL_ID));
        Customer customer = receivables.customer(wrong.customerId());
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("customerName", DisplayText.plain(customer.name()));
        shown.put("customerNumber", DisplayText.plain(customer.number()));
        shown.put(CustomerPath.VARIABLE, CustomerPath.of(customer.id()));
        shown.put("wrongWhat", what(wrong.channel()));
        shown.put("wrongAddress", DisplayText.plain(wrong.address()));
        shown.put("wrongReason", DisplayText.plain(wrong.reason()));
        shown.put("wrongSince", wrong.noticedAt().toString().substring(0, 10));
        shown.put("personsText", persons(customer));
        shown.put(
                "addressText",
                DisplayText.plain(Stream.of(customer.street(), customer.postalCode(), customer.city())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "))));
        shown.put("language", Locale.forLanguageTag(customer.language()).getDisplayLanguage(Locale.ENGLISH));
        task.setVariablesLocal(shown);
        task.setName(task.getName() + ": " + shown.get("customerName"));
    }

    private static String what(Channel channel) {
        return switch (channel) {
            case EMAIL -> "E-mail address";
            case SMS, VOICE, CALL -> "Phone number";
            default -> "Postal address";
        };
    }

    private static String persons(Customer customer) {
        return customer.persons().isEmpty()
                ? "Nobody is known there."
                : customer.persons().stream()
                        .map(person -> "- " + DisplayText.plain(person.name()) + ": "
                                + DisplayText.plain(person.email()) + ", " + DisplayText.plain(person.phone()))
                        .collect(Collectors.joining("\n"));
    }
}
