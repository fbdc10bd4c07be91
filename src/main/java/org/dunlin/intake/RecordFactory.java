package org.dunlin.intake;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.dunlin.receivables.CollectionCostRow;
import org.dunlin.receivables.CreditInsuranceRow;
import org.dunlin.receivables.CreditNoteRow;
import org.dunlin.receivables.CreditorRow;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.CustomerRow.PersonRow;
import org.dunlin.receivables.GrossMarginRow;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.InvoiceRow.Dispute;
import org.dunlin.receivables.InvoiceWithdrawalRow;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpportunityRow;
import org.dunlin.receivables.OpportunityRow.Stage;
import org.dunlin.receivables.PaymentReturnRow;
import org.dunlin.receivables.PaymentRow;
import org.dunlin.receivables.RegionRiskRow;
import org.dunlin.receivables.SectorRiskRow;
import org.dunlin.receivables.SignalRow;
import org.dunlin.receivables.SignalRow.Kind;
import org.jspecify.annotations.Nullable;

/** Makes records of the ledger from the fields of a row. A record that is not complete and right is {@code null}, and its problems are named. */
final class RecordFactory {

    private static final Set<String> KINDS = Set.of("COMPANY", "CONSUMER");
    private static final Set<String> CHANNELS = Set.of("EMAIL", "SMS", "VOICE", "LETTER");

    private static final Set<String> STAGES = names(Stage.values());
    private static final Set<String> COSTS = names(CollectionCostRow.Kind.values());

    private final String source;

    /** @param source the system that the keys of customers and payments belong to */
    RecordFactory(String source) {
        this.source = source;
    }

    /** The record that the rule makes from the row it was turned to. */
    @Nullable
    Object make(FieldReader in) {
        return switch (in.type()) {
            case CREDITOR -> creditor(in);
            case CUSTOMER -> customer(in);
            case INVOICE -> invoice(in);
            case CREDIT_NOTE -> creditNote(in);
            case PAYMENT -> payment(in);
            case PAYMENT_RETURN -> paymentReturn(in);
            case INVOICE_WITHDRAWAL -> withdrawal(in);
            case CUSTOMER_MERGE -> merge(in);
            case REFUSED_ORDER -> refusedOrder(in);
            case COMPLAINT -> complaint(in);
            case OPPORTUNITY -> opportunity(in);
            case CREDIT_INSURANCE -> creditInsurance(in);
            case REGION_RISK -> regionRisk(in);
            case SECTOR_RISK -> sectorRisk(in);
            case GROSS_MARGIN -> grossMargin(in);
            case COLLECTION_COST -> collectionCost(in);
        };
    }

    private @Nullable CreditorRow creditor(FieldReader in) {
        String number = in.number("number");
        String country = in.country("country");
        String name = in.text("name");
        String street = in.text("street");
        String postalCode = in.text("postalCode");
        String city = in.text("city");
        String language = in.language("language");
        String timeZone = in.timeZone("timeZone");
        String iban = in.iban("iban");
        String bic = in.bic("bic");
        String vatNumber = in.text("vatNumber");
        String senderName = in.text("senderName");
        String senderEmail = in.senderEmail("senderEmail");
        String phone = in.phone("phone", country);
        return number == null || in.isRejected()
                ? null
                : new CreditorRow(
                        number,
                        name,
                        street,
                        postalCode,
                        city,
                        country,
                        language,
                        timeZone,
                        iban,
                        bic,
                        vatNumber,
                        senderName,
                        senderEmail,
                        phone);
    }

    private @Nullable CustomerRow customer(FieldReader in) {
        String number = in.number("number");
        String country = in.country("country");
        String kind = in.oneOf("kind", KINDS);
        String name = in.text("name");
        String vatNumber = in.text("vatNumber");
        String street = in.text("street");
        String postalCode = in.text("postalCode");
        String city = in.text("city");
        String region = in.text("region");
        String language = in.language("language");
        String sector = in.text("sector");
        Integer employees = in.integer("employees", 10_000_000);
        String accountManager = in.text("accountManager");
        String channel = in.oneOf("preferredChannel", CHANNELS);
        Integer rating = in.integer("externalRating", 100);
        Money limit = in.optionalAmount("creditLimit", "creditCurrency");
        List<PersonRow> persons = persons(in, country, name);
        return number == null || in.isRejected()
                ? null
                : new CustomerRow(
                        new CustomerKey(source, number),
                        kind == null ? null : Customer.Kind.valueOf(kind),
                        name,
                        vatNumber,
                        street,
                        postalCode,
                        city,
                        country,
                        region,
                        language,
                        sector,
                        employees,
                        accountManager,
                        channel,
                        rating,
                        limit,
                        persons);
    }

    /** {@code null} when the file says nothing about persons, so that those who are known stay. */
    private static @Nullable List<PersonRow> persons(
            FieldReader in, @Nullable String country, @Nullable String company) {
        List<PersonRow> persons = new ArrayList<>();
        for (String prefix : List.of("contact", "contact2", "contact3")) {
            String name = in.text(prefix + "Name");
            String role = in.text(prefix + "Role");
            String email = in.email(prefix + "Email");
            String phone = in.phone(prefix + "Phone", country);
            String shown = name != null ? name : role != null ? role : company;
            if (shown != null && (name != null || email != null || phone != null)) {
                persons.add(new PersonRow(shown, role, email, phone));
            }
        }
        return persons.isEmpty() ? null : persons;
    }

    private @Nullable InvoiceRow invoice(FieldReader in) {
        String creditor = in.number("creditor");
        String customer = in.number("customer");
        String number = in.number("number");
        LocalDate issuedOn = in.date("issuedOn");
        LocalDate dueOn = in.date("dueOn");
        Money amount = in.amount("amount", in.currency("currency"));
        Dispute dispute = dispute(in);
        String description = in.longText("description");
        if (issuedOn != null && dueOn != null && dueOn.isBefore(issuedOn)) {
            in.reject(
                    "dueOn",
                    dueOn.toString(),
                    "is before the invoice was issued on " + issuedOn,
                    "correct one of the two days");
        }
        if (in.isRejected()
                || creditor == null
                || customer == null
                || number == null
                || issuedOn == null
                || dueOn == null
                || amount == null) {
            return null;
        }
        return new InvoiceRow(
                creditor, new CustomerKey(source, customer), number, issuedOn, dueOn, amount, dispute, description);
    }

    private static @Nullable Dispute dispute(FieldReader in) {
        String value = in.text("disputed");
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "yes", "true", "1" -> Dispute.OPEN;
            case "no", "false", "0" -> Dispute.NONE;
            case "resolved" -> Dispute.RESOLVED;
            default -> {
                in.reject(
                        "disputed",
                        value,
                        "is not one of yes, no, resolved",
                        "use one of these; the mapping can translate values");
                yield null;
            }
        };
    }

    private @Nullable CreditNoteRow creditNote(FieldReader in) {
        String creditor = in.number("creditor");
        String customer = in.number("customer");
        String number = in.number("number");
        LocalDate issuedOn = in.date("issuedOn");
        Money amount = in.amount("amount", in.currency("currency"));
        String invoice = in.number("invoice");
        if (in.isRejected()
                || creditor == null
                || customer == null
                || number == null
                || issuedOn == null
                || amount == null) {
            return null;
        }
        return new CreditNoteRow(creditor, new CustomerKey(source, customer), number, issuedOn, amount, invoice);
    }

    private @Nullable PaymentRow payment(FieldReader in) {
        String creditor = in.number("creditor");
        String customer = in.number("customer");
        String number = in.number("number");
        LocalDate receivedOn = in.date("receivedOn");
        Money amount = in.amount("amount", in.currency("currency"));
        String reference = in.text("reference");
        String remittance = in.longText("remittance");
        List<PaymentRow.Part> parts = amount == null ? List.of() : parts(in, amount);
        if (in.isRejected() || number == null || receivedOn == null || amount == null) {
            return null;
        }
        return new PaymentRow(
                creditor,
                customer == null ? null : new CustomerKey(source, customer),
                source,
                number,
                receivedOn,
                amount,
                reference,
                remittance,
                parts);
    }

    private @Nullable PaymentReturnRow paymentReturn(FieldReader in) {
        String creditor = in.number("creditor");
        String number = in.number("number");
        LocalDate returnedOn = in.date("returnedOn");
        Money amount = in.optionalAmount("amount", "currency");
        String reason = in.longText("reason");
        if (amount != null && !amount.isPositive()) {
            in.reject(
                    "amount",
                    amount.amount().toPlainString(),
                    "is not above zero",
                    "give the part that went back, or leave it empty when all of it did");
        }
        if (in.isRejected() || creditor == null || number == null || returnedOn == null) {
            return null;
        }
        return new PaymentReturnRow(creditor, source, number, returnedOn, amount, reason);
    }

    private static @Nullable InvoiceWithdrawalRow withdrawal(FieldReader in) {
        String creditor = in.number("creditor");
        String number = in.number("number");
        LocalDate withdrawnOn = in.date("withdrawnOn");
        String reason = in.longText("reason");
        if (in.isRejected() || creditor == null || number == null || withdrawnOn == null) {
            return null;
        }
        return new InvoiceWithdrawalRow(creditor, number, withdrawnOn, reason);
    }

    private @Nullable CustomerMergeRow merge(FieldReader in) {
        String from = in.number("from");
        String into = in.number("into");
        return in.isRejected() || from == null || into == null
                ? null
                : new CustomerMergeRow(new CustomerKey(source, from), new CustomerKey(source, into));
    }

    private @Nullable SignalRow refusedOrder(FieldReader in) {
        String customer = in.number("customer");
        String number = in.number("number");
        LocalDate refusedOn = in.date("refusedOn");
        Money amount = in.optionalAmount("amount", "currency");
        String reason = in.longText("reason");
        return in.isRejected() || customer == null || number == null || refusedOn == null
                ? null
                : new SignalRow(Kind.ORDER_REFUSED, key(customer), number, refusedOn, amount, reason);
    }

    private @Nullable SignalRow complaint(FieldReader in) {
        String customer = in.number("customer");
        String number = in.number("number");
        LocalDate raisedOn = in.date("raisedOn");
        String subject = in.longText("subject");
        return in.isRejected() || customer == null || number == null || raisedOn == null
                ? null
                : new SignalRow(Kind.COMPLAINT, key(customer), number, raisedOn, null, subject);
    }

    private @Nullable OpportunityRow opportunity(FieldReader in) {
        String customer = in.number("customer");
        String number = in.number("number");
        LocalDate since = in.date("since");
        String stage = in.needed("stage", in.oneOf("stage", STAGES));
        Money amount = in.optionalAmount("amount", "currency");
        return in.isRejected() || customer == null || number == null || since == null || stage == null
                ? null
                : new OpportunityRow(key(customer), number, since, Stage.valueOf(stage), amount);
    }

    private @Nullable CreditInsuranceRow creditInsurance(FieldReader in) {
        String customer = in.number("customer");
        String number = in.number("number");
        LocalDate since = in.date("since");
        Money limit = in.needed("limit", in.optionalAmount("limit", "currency"));
        Money covered = in.optionalAmount("covered", "currency");
        LocalDate until = in.optionalDate("until");
        String insurer = in.text("insurer");
        if (covered != null && limit != null && covered.amount().compareTo(limit.amount()) > 0) {
            in.reject(
                    "covered",
                    covered.amount().toPlainString(),
                    "is more than the limit of " + limit,
                    "give what the insurer pays at most, or leave it empty when that is all of the limit");
        }
        if (since != null && until != null && until.isBefore(since)) {
            in.reject(
                    "until", until.toString(), "is before the cover begins on " + since, "correct one of the two days");
        }
        return in.isRejected() || customer == null || number == null || since == null || limit == null
                ? null
                : new CreditInsuranceRow(
                        key(customer), number, since, limit, covered == null ? limit : covered, until, insurer);
    }

    private static @Nullable RegionRiskRow regionRisk(FieldReader in) {
        String country = in.needed("country", in.country("country"));
        String region = in.text("region");
        LocalDate since = in.date("since");
        Integer risk = in.needed("risk", in.integer("risk", 100));
        return in.isRejected() || country == null || since == null || risk == null
                ? null
                : new RegionRiskRow(country, region, since, risk);
    }

    private static @Nullable SectorRiskRow sectorRisk(FieldReader in) {
        String sector = in.needed("sector", in.text("sector"));
        LocalDate since = in.date("since");
        Integer risk = in.needed("risk", in.integer("risk", 100));
        return in.isRejected() || sector == null || since == null || risk == null
                ? null
                : new SectorRiskRow(sector, since, risk);
    }

    private @Nullable GrossMarginRow grossMargin(FieldReader in) {
        String creditor = in.number("creditor");
        String customer = in.number("customer");
        LocalDate since = in.date("since");
        BigDecimal percent = in.percent("percent");
        return in.isRejected() || creditor == null || since == null || percent == null
                ? null
                : new GrossMarginRow(creditor, customer == null ? null : key(customer), since, percent);
    }

    private static @Nullable CollectionCostRow collectionCost(FieldReader in) {
        String kind = in.needed("kind", in.oneOf("kind", COSTS));
        LocalDate since = in.date("since");
        Money amount = in.needed("amount", in.optionalAmount("amount", "currency"));
        return in.isRejected() || kind == null || since == null || amount == null
                ? null
                : new CollectionCostRow(CollectionCostRow.Kind.valueOf(kind), since, amount);
    }

    private CustomerKey key(String customer) {
        return new CustomerKey(source, customer);
    }

    private static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toSet());
    }

    /** {@code F1; F2=10.50}: invoices, each with or without an amount. */
    private static List<PaymentRow.Part> parts(FieldReader in, Money payment) {
        String value = in.longText("invoices");
        List<PaymentRow.Part> parts = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (String part : value == null ? new String[0] : value.split("[;|]")) {
            int equals = part.indexOf('=');
            String invoice = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (invoice.isEmpty()) {
                continue;
            }
            BigDecimal amount = null;
            if (equals >= 0) {
                Money money = in.money("invoices", part.substring(equals + 1).strip(), payment.currency());
                if (money == null) {
                    continue;
                }
                if (!money.isPositive()) {
                    in.reject("invoices", part, "the amount for an invoice is not above zero", "correct the amount");
                    continue;
                }
                amount = money.amount();
                sum = sum.add(amount);
            }
            parts.add(new PaymentRow.Part(invoice, amount));
        }
        if (sum.compareTo(payment.amount()) > 0) {
            in.reject(
                    "invoices",
                    String.valueOf(value),
                    "the amounts per invoice add up to more than the payment of " + payment,
                    "correct the amounts");
        }
        return parts;
    }
}
