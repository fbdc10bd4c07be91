package org.dunlin.contact.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.dunlin.contact.delivery.SpeakingRule.Postponement;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.springframework.stereotype.Component;

/** After a hold a customer is left in peace until the day that the case says, counted by the creditor's clock. */
@Component
class AfterHold implements ChasingRule {

    private final WorkCalendar calendar;

    AfterHold(WorkCalendar calendar) {
        this.calendar = calendar;
    }

    @Override
    public Optional<Postponement> objection(
            CaseStatement statement, Customer customer, Creditor creditor, Instant now) {
        LocalDate from = statement.dunningCase().speakFrom();
        if (from == null || !LocalDate.ofInstant(now, creditor.timeZone()).isBefore(from)) {
            return Optional.empty();
        }
        return Optional.of(new Postponement(
                calendar.opening(from, creditor.timeZone()), "After a hold nobody is asked before " + from));
    }
}
