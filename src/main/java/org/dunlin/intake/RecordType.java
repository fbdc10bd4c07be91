package org.dunlin.intake;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a row of a file can be made into, in the order in which they build on each other. */
enum RecordType {
    CREDITOR(
            "creditor",
            Set.of("number"),
            "name",
            "street",
            "postalCode",
            "city",
            "country",
            "language",
            "timeZone",
            "iban",
            "bic",
            "vatNumber",
            "senderName",
            "senderEmail",
            "phone"),
    CUSTOMER(
            "customer",
            Set.of("number"),
            "kind",
            "name",
            "vatNumber",
            "street",
            "postalCode",
            "city",
            "country",
            "region",
            "language",
            "sector",
            "employees",
            "accountManager",
            "preferredChannel",
            "externalRating",
            "creditLimit",
            "creditCurrency",
            "contactName",
            "contactRole",
            "contactEmail",
            "contactPhone",
            "contact2Name",
            "contact2Role",
            "contact2Email",
            "contact2Phone",
            "contact3Name",
            "contact3Role",
            "contact3Email",
            "contact3Phone"),
    /** After the customers, and before everything that is then booked for the one who stays. */
    CUSTOMER_MERGE("customerMerge", Set.of("from", "into")),
    INVOICE(
            "invoice",
            Set.of("creditor", "customer", "number", "issuedOn", "dueOn", "amount", "currency"),
            "disputed",
            "description"),
    /** Before money comes that would settle them. */
    INVOICE_WITHDRAWAL("invoiceWithdrawal", Set.of("creditor", "number", "withdrawnOn"), "reason"),
    CREDIT_NOTE("creditNote", Set.of("creditor", "customer", "number", "issuedOn", "amount", "currency"), "invoice"),
    PAYMENT(
            "payment",
            Set.of("number", "receivedOn", "amount", "currency"),
            "creditor",
            "customer",
            "invoices",
            "reference",
            "remittance"),
    PAYMENT_RETURN("paymentReturn", Set.of("creditor", "number", "returnedOn"), "amount", "currency", "reason"),
    REFUSED_ORDER("refusedOrder", Set.of("customer", "number", "refusedOn"), "amount", "currency", "reason"),
    COMPLAINT("complaint", Set.of("customer", "number", "raisedOn"), "subject"),
    OPPORTUNITY("opportunity", Set.of("customer", "number", "since", "stage"), "amount", "currency"),
    CREDIT_INSURANCE(
            "creditInsurance",
            Set.of("customer", "number", "since", "limit", "currency"),
            "covered",
            "until",
            "insurer"),
    REGION_RISK("regionRisk", Set.of("country", "since", "risk"), "region"),
    SECTOR_RISK("sectorRisk", Set.of("sector", "since", "risk")),
    GROSS_MARGIN("grossMargin", Set.of("creditor", "since", "percent"), "customer"),
    COLLECTION_COST("collectionCost", Set.of("kind", "since", "amount", "currency"));

    private final String key;
    private final Set<String> required;
    private final List<String> fields;

    RecordType(String key, Set<String> required, String... optional) {
        this.key = key;
        this.required = required;
        this.fields = Stream.concat(required.stream().sorted(), Arrays.stream(optional))
                .toList();
    }

    /** As mapping files call it. */
    String key() {
        return key;
    }

    Set<String> required() {
        return required;
    }

    List<String> fields() {
        return fields;
    }

    static Optional<RecordType> of(String key) {
        return Arrays.stream(values()).filter(type -> type.key.equals(key)).findFirst();
    }

    static String keys() {
        return Arrays.stream(values()).map(RecordType::key).collect(Collectors.joining(", "));
    }
}
