package org.dunlin.desk.customer;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dunlin.dunning.InvalidOutcomeException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What somebody entered in a form of the page; blank is nothing. What cannot be read says which field and what to do. */
final class Entered {

    private static final int LONGEST = 2000;

    private final MultiValueMap<String, String> fields;

    Entered(MultiValueMap<String, String> fields) {
        this.fields = fields;
    }

    /** @throws InvalidOutcomeException for more than 2,000 characters, and for what cannot be kept */
    @Nullable
    String text(String field) {
        String value = fields.getFirst(field);
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST) {
            throw new InvalidOutcomeException(
                    field, "%d characters are too many; say it in %d".formatted(value.length(), LONGEST));
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidOutcomeException(field, "There is a character in it that cannot be kept (NUL)");
        }
        return value.strip();
    }

    /** @param missing what to do when there is nothing */
    String required(String field, String missing) {
        String value = text(field);
        if (value == null) {
            throw new InvalidOutcomeException(field, missing);
        }
        return value;
    }

    @Nullable
    LocalDate date(String field) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw new InvalidOutcomeException(field, "Write the date like 2026-01-31");
        }
    }

    LocalDate requiredDate(String field) {
        LocalDate date = date(field);
        if (date == null) {
            throw new InvalidOutcomeException(field, "Enter the date");
        }
        return date;
    }

    /** With a point or a comma before the cents; signs between thousands could be either, and are refused. */
    @Nullable
    BigDecimal amount(String field) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        if (!value.matches("[0-9]{1,13}([.,][0-9]{1,4})?")) {
            throw new InvalidOutcomeException(field, "Write the amount like 1250.00, without currency");
        }
        return new BigDecimal(value.replace(',', '.'));
    }

    int number(String field, String missing) {
        String value = required(field, missing);
        if (!value.matches("[0-9]{1,4}")) {
            throw new InvalidOutcomeException(field, missing);
        }
        return Integer.parseInt(value);
    }

    /** Numbers as a person writes them: with commas, semicolons or blanks between. */
    List<String> numbers(String field) {
        String value = text(field);
        return value == null
                ? List.of()
                : Arrays.stream(value.split("[,;\\s]+"))
                        .filter(number -> !number.isEmpty())
                        .toList();
    }

    Set<String> set(String field) {
        return new TreeSet<>(numbers(field));
    }
}
