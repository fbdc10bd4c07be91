package org.dunlin.agency.dossier;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dossier.json} says; its fields are explained in {@code dossier-1.schema.json} and in the guide for integrators. Amounts are
 * in {@code currency}. A change that an agency's program could stumble over gets another version.
 */
public record Dossier(
        int version,
        String reference,
        @Nullable String note,
        Instant createdAt,
        LocalDate asOf,
        String caseNumber,
        String currency,
        Recipient agency,
        Creditor creditor,
        Debtor debtor,
        Claim claim,
        List<Invoice> invoices,
        List<Booking> payments,
        List<Message> contacts,
        List<Promise> promises,
        List<Dispute> disputes,
        List<Plan> plans,
        List<Hold> holds,
        @Nullable Score score) {

    /** Of the form described here. */
    public static final int VERSION = 1;

    public record Recipient(String id, String name, String kind) {}

    public record Creditor(
            String number,
            String name,
            @Nullable String street,
            @Nullable String postalCode,
            @Nullable String city,
            String country,
            String timeZone,
            @Nullable String vatNumber,
            @Nullable String iban,
            @Nullable String bic,
            String contactName,
            String contactEmail,
            @Nullable String contactPhone) {}

    public record Debtor(
            String number,
            String kind,
            String name,
            @Nullable String vatNumber,
            @Nullable String street,
            @Nullable String postalCode,
            @Nullable String city,
            String country,
            String language,
            List<Person> persons) {}

    public record Person(String name, @Nullable String role, @Nullable String email, @Nullable String phone) {}

    /**
     * @param open             what the agency is asked to collect
     * @param paymentReference what the debtor writes on a payment to the creditor
     */
    public record Claim(BigDecimal open, int invoices, LocalDate oldestDue, String paymentReference) {}

    /** @param claimed whether the agency is asked to collect it; not what is contested or otherwise held on that day */
    public record Invoice(
            String number,
            LocalDate issuedOn,
            LocalDate dueOn,
            long daysOverdue,
            BigDecimal gross,
            BigDecimal paid,
            BigDecimal credited,
            BigDecimal open,
            boolean claimed,
            @Nullable String description) {}

    /** A payment or credit note, as far as it settled an invoice; a negative amount went back. */
    public record Booking(LocalDate on, String kind, String number, String invoice, BigDecimal amount) {}

    /**
     * A message or conversation with the debtor.
     *
     * @param text  what was written, or what a person of the creditor noted
     * @param files names of the same in the archive
     */
    public record Message(
            Instant at,
            String channel,
            String kind,
            @Nullable String recipient,
            @Nullable String subject,
            @Nullable String outcome,
            @Nullable String by,
            @Nullable String text,
            List<String> invoices,
            List<String> files) {}

    public record Promise(
            String number,
            LocalDate madeOn,
            @Nullable LocalDate promisedFor,
            @Nullable BigDecimal amount,
            @Nullable String outcome,
            @Nullable LocalDate endedOn,
            List<String> invoices) {}

    /** @param answer what the creditor found, in the words for the debtor */
    public record Dispute(
            String number,
            LocalDate raisedOn,
            String reason,
            @Nullable String note,
            @Nullable String outcome,
            @Nullable LocalDate endedOn,
            @Nullable String answer,
            List<String> invoices) {}

    public record Plan(
            String number,
            LocalDate agreedOn,
            List<Instalment> instalments,
            @Nullable String outcome,
            @Nullable LocalDate endedOn,
            List<String> invoices) {}

    public record Instalment(LocalDate dueOn, BigDecimal amount) {}

    /** A block or an insolvency. */
    public record Hold(
            String number,
            String kind,
            String reason,
            LocalDate startsOn,
            @Nullable LocalDate endsOn,
            @Nullable String outcome,
            @Nullable LocalDate endedOn) {}

    public record Score(int score, String segment, LocalDate since) {}
}
