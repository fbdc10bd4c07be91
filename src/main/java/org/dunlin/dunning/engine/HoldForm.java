package org.dunlin.dunning.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Instalments;
import org.dunlin.dunning.Instalments.Rhythm;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.NewHold;
import org.dunlin.dunning.PlanTerms;
import org.dunlin.platform.engine.TypedVariables;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the forms with which people begin a hold. */
@Component
class HoldForm {

    private static final String CUSTOMER_NUMBER = "customerNumber";
    private static final String UNTIL = "until";
    private static final String REASON = "reason";

    private final Receivables receivables;

    HoldForm(Receivables receivables) {
        this.receivables = receivables;
    }

    /** @throws InvalidOutcomeException when something is missing or cannot be */
    NewHold wanted(String process, VariableScope scope, @Nullable String by) {
        TypedVariables form = TypedVariables.of(scope);
        String number = form.text(CUSTOMER_NUMBER);
        if (number == null) {
            throw new InvalidOutcomeException(CUSTOMER_NUMBER, "Enter the number of the customer");
        }
        long customer = receivables
                .customerId(CustomerKey.DEFAULT_SOURCE, number)
                .orElseThrow(() ->
                        new InvalidOutcomeException(CUSTOMER_NUMBER, "There is no customer with number " + number));
        String note = form.text(DunningCaseProcess.NOTE);
        List<String> invoices = invoices(form);
        NewHold wanted =
                switch (process) {
                    case "promise" ->
                        NewHold.promise(
                                customer,
                                date(form, StepProcesses.PROMISE_DATE),
                                form.decimal(StepProcesses.PROMISE_AMOUNT),
                                by);
                    case "dispute" ->
                        NewHold.dispute(customer, List.of(), required(form, StepProcesses.DISPUTE_REASON), note, by);
                    case "block" -> NewHold.block(customer, date(form, UNTIL), required(form, REASON), by);
                    case "insolvency" ->
                        new NewHold(
                                Hold.Kind.INSOLVENCY,
                                customer,
                                List.of(),
                                null,
                                null,
                                null,
                                required(form, REASON),
                                note,
                                null,
                                null,
                                by);
                    case "paymentPlan" -> NewHold.plan(customer, invoices, terms(form), by);
                    default -> throw new IllegalStateException("No hold has the process " + process);
                };
        return wanted.noting(note).naming(invoices);
    }

    /** How the fields of a form divide a plan: by the instalments that somebody went through, else by number and rhythm. */
    static PlanTerms terms(TypedVariables form) {
        String instalments = form.text(HoldProcesses.INSTALMENTS);
        if (instalments != null) {
            return PlanTerms.of(Instalments.parse(instalments));
        }
        Rhythm rhythm = Objects.equals(form.text(StepProcesses.PLAN_RHYTHM), "weekly") ? Rhythm.WEEKLY : Rhythm.MONTHLY;
        return PlanTerms.equalParts(parts(form), date(form, StepProcesses.PLAN_FIRST_DATE), rhythm);
    }

    /** The form delivers numbers as text. */
    private static int parts(TypedVariables form) {
        BigDecimal parts = form.decimal(StepProcesses.PLAN_PARTS);
        return parts == null ? 0 : parts.intValue();
    }

    /** Numbers of invoices, as a person writes them. */
    static List<String> invoices(TypedVariables form) {
        String lines = form.text(StepProcesses.INVOICE_LINES);
        if (lines != null) {
            return lines.lines()
                    .map(String::strip)
                    .filter(number -> !number.isEmpty())
                    .toList();
        }
        String text = form.text(StepProcesses.INVOICE_NUMBERS);
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[,;\\s]+"))
                        .filter(number -> !number.isBlank())
                        .toList();
    }

    private static LocalDate date(TypedVariables form, String field) {
        LocalDate date = form.date(field);
        if (date == null) {
            throw new InvalidOutcomeException(field, "Enter the date");
        }
        return date;
    }

    private static String required(TypedVariables form, String field) {
        String text = form.text(field);
        if (text == null) {
            throw new InvalidOutcomeException(field, "Say why");
        }
        return text;
    }
}
