package org.dunlin.contact.clarify;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.contact.Contact;
import org.dunlin.contact.Contacts;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Receivables;

/** Dates for tasks about a contact, in working days of its creditor's country. */
@ModelBean("contactDates")
public class ContactDates {

    private final Contacts contacts;
    private final Receivables receivables;
    private final WorkCalendar calendar;
    private final Clock clock;

    ContactDates(Contacts contacts, Receivables receivables, WorkCalendar calendar, Clock clock) {
        this.contacts = contacts;
        this.receivables = receivables;
        this.calendar = calendar;
        this.clock = clock;
    }

    /** Closing time of the n-th working day from today, for the due date of a task. */
    public Date due(VariableScope execution, int workingDays) {
        long contactId = TypedVariables.of(execution).requireLong(ClarifyContactProcess.CONTACT_ID);
        Contact contact = contacts.find(contactId).orElseThrow();
        Creditor creditor = receivables.creditor(contact.creditorId());
        LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
        LocalDate day = calendar.after(creditor.country(), today, workingDays);
        return Date.from(calendar.closing(day, creditor.timeZone()));
    }
}
