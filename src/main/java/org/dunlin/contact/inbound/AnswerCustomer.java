package org.dunlin.contact.inbound;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.contact.Contact;
import org.dunlin.contact.Contacts;
import org.dunlin.dunning.CollectorLevel;
import org.dunlin.dunning.CustomerPath;
import org.dunlin.dunning.DisplayText;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.platform.security.Groups;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;

/** Who answers a customer, until when, and what they need to know for it. */
@ModelBean("answerCustomer")
public class AnswerCustomer implements TaskListener {

    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

    private final CustomerWords words;
    private final Contacts contacts;
    private final Receivables receivables;
    private final CollectorLevel levels;
    private final WorkCalendar calendar;
    private final Clock clock;

    AnswerCustomer(
            CustomerWords words,
            Contacts contacts,
            Receivables receivables,
            CollectorLevel levels,
            WorkCalendar calendar,
            Clock clock) {
        this.words = words;
        this.contacts = contacts;
        this.receivables = receivables;
        this.levels = levels;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** The collectors of the case; seniors where none is known. */
    public String group(VariableScope execution) {
        CustomerWord word = word(execution);
        return word.caseId() == null ? Groups.SENIOR_COLLECTORS : levels.group(word.caseId());
    }

    /** Closing time of the n-th working day from today where the creditor is. */
    public Date due(VariableScope execution, int workingDays) {
        Creditor creditor = creditor(word(execution));
        ZoneId zone = creditor == null ? ZoneOffset.UTC : creditor.timeZone();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate day =
                creditor == null ? today.plusDays(workingDays) : calendar.after(creditor.country(), today, workingDays);
        return Date.from(calendar.closing(day, zone));
    }

    @Override
    public void notify(DelegateTask task) {
        CustomerWord word = word(task);
        Creditor creditor = creditor(word);
        Customer customer = word.customerId() == null ? null : receivables.customer(word.customerId());
        Contact about = word.contactId() == null
                ? null
                : contacts.find(word.contactId()).orElse(null);
        Map<String, Object> facts = new HashMap<>();
        facts.put(AnswerCustomerProcess.WORDS, DisplayText.plain(word.body()));
        facts.put(AnswerCustomerProcess.NUMBER, DisplayText.plain(word.number()));
        facts.put(
                AnswerCustomerProcess.RECEIVED_AT,
                AT.format(word.receivedAt().atZone(creditor == null ? ZoneOffset.UTC : creditor.timeZone())));
        facts.put(
                AnswerCustomerProcess.ABOUT,
                about == null || about.bodyText() == null
                        ? DisplayText.plain(null)
                        : DisplayText.plain(about.bodyText()));
        facts.put(AnswerCustomerProcess.CUSTOMER_NAME, DisplayText.plain(customer == null ? null : customer.name()));
        facts.put(
                AnswerCustomerProcess.CUSTOMER_NUMBER, DisplayText.plain(customer == null ? null : customer.number()));
        facts.put(CustomerPath.VARIABLE, customer == null ? null : CustomerPath.of(customer.id()));
        task.setVariablesLocal(facts);
        task.setName(task.getName() + ": " + (customer == null ? word.number() : customer.name()));
    }

    private @Nullable Creditor creditor(CustomerWord word) {
        return word.contactId() == null
                ? null
                : contacts.find(word.contactId())
                        .map(contact -> receivables.creditor(contact.creditorId()))
                        .orElse(null);
    }

    private CustomerWord word(VariableScope scope) {
        return words.get(TypedVariables.of(scope).requireLong(AnswerCustomerProcess.WORD_ID));
    }
}
