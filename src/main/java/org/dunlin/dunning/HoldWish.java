package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dunlin.dunning.Hold.Instalment;
import org.dunlin.dunning.Hold.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The hold that a program wants to begin; see {@link NewHold}. What a kind does not have must not be given: whoever sends it
 * means something else than would happen.
 *
 * @param customer    number in the source system
 * @param source      that system; null for the default
 * @param amount      of a promise; null for everything that is open of the invoices
 * @param until       promised date, or last day of a block
 * @param reason      of a dispute one of {@link DisputeReasons}; of a block or insolvency in words
 * @param instalments of a plan
 */
record HoldWish(
        @Nullable Kind kind,
        @Nullable String customer,
        @Nullable String source,
        @Nullable List<@Nullable String> invoices,
        @Nullable BigDecimal amount,
        @Nullable LocalDate until,
        @Nullable String reason,
        @Nullable String note,
        @Nullable List<@Nullable Instalment> instalments) {

    /** What the fields of forms are called here. */
    private static final Map<String, String> BY_FORM =
            Map.of("promiseDate", "until", "promiseAmount", "amount", "customerNumber", "customer");

    /** @throws InvalidOutcomeException when something is missing, or does not belong there */
    NewHold wanted(long customerId, String by) {
        Kind wanted = kind;
        if (wanted == null) {
            throw new InvalidOutcomeException("kind", howToWrite("kind"));
        }
        checkFields(wanted);
        return new NewHold(
                wanted,
                customerId,
                numbers(),
                null,
                null,
                amount,
                reason(wanted),
                note,
                until,
                wanted == Kind.PLAN ? PlanTerms.of(parts()) : null,
                by);
    }

    private void checkFields(Kind wanted) {
        refuse(wanted, "amount", amount, Kind.PROMISE);
        refuse(wanted, "until", until, Kind.PROMISE, Kind.BLOCK);
        refuse(wanted, "reason", reason, Kind.DISPUTE, Kind.BLOCK, Kind.INSOLVENCY);
        refuse(wanted, "instalments", instalments, Kind.PLAN);
        refuse(wanted, "invoices", invoices, Kind.PROMISE, Kind.DISPUTE, Kind.PLAN, Kind.BLOCK);
    }

    private static void refuse(Kind wanted, String field, @Nullable Object given, Kind... having) {
        if (given != null && !Arrays.asList(having).contains(wanted)) {
            throw new InvalidOutcomeException(
                    field, "A hold of the kind %s has no %s; leave it out".formatted(wanted, field));
        }
    }

    private String reason(Kind wanted) {
        return switch (wanted) {
            case PROMISE, PLAN -> wanted.name().toLowerCase(Locale.ROOT);
            case DISPUTE -> {
                if (reason == null || !DisputeReasons.keys().contains(reason)) {
                    throw new InvalidOutcomeException(
                            "reason", "Say what is wrong: one of " + String.join(", ", DisputeReasons.keys()));
                }
                yield reason;
            }
            case BLOCK, INSOLVENCY -> reason == null ? "" : reason;
        };
    }

    private List<String> numbers() {
        if (invoices == null) {
            return List.of();
        }
        return invoices.stream()
                .map(number -> {
                    if (number == null || number.isBlank()) {
                        throw new InvalidOutcomeException("invoices", howToWrite("invoices"));
                    }
                    return number;
                })
                .toList();
    }

    private List<Instalment> parts() {
        if (instalments == null) {
            return List.of();
        }
        return instalments.stream().map(HoldWish::complete).toList();
    }

    /** What comes as JSON may lack anything. */
    private static Instalment complete(@Nullable Instalment part) {
        if (part == null || part.dueOn() == null || part.amount() == null) {
            throw new InvalidOutcomeException("instalments", howToWrite("instalments"));
        }
        return part;
    }

    /** The field of a program by the name that forms have for it. */
    static String field(String ofForm) {
        return BY_FORM.getOrDefault(ofForm, ofForm);
    }

    /** What belongs into a field. */
    static String howToWrite(String field) {
        return switch (field) {
            case "kind" ->
                "The kind is one of " + Arrays.toString(Kind.values()).replaceAll("[\\[\\]]", "");
            case "until" -> "Write the date like 2026-01-31";
            case "amount" -> "Write the amount like 250.00, without currency";
            case "invoices" ->
                "Write the numbers of invoices as a list of texts, or leave it out for everything that is due";
            case "instalments" -> "Write each instalment like {\"dueOn\": \"2026-01-31\", \"amount\": 250.00}";
            default -> "Write a text";
        };
    }
}
