package org.dunlin.intake;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.validator.routines.IBANValidator;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.RowProblem.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one record from a row. A value that is not what the field needs is a problem of the row, and reads as
 * {@code null}; so one pass names everything that is wrong.
 */
final class FieldReader {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> LANGUAGES = Set.of("nl", "fr", "en", "de");
    private static final Pattern BIC = Pattern.compile("[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?");
    private static final Pattern DOMAIN = Pattern.compile("(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}[\\p{L}\\p{N}-]+");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u2007\\u202F]+");
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_NUMBER = 100;
    private static final int MOST_DIGITS = 15;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    private final Mapping mapping;
    private final Binding binding;
    private final AmountFormat amounts;
    private CsvSource.Row row = new CsvSource.Row(0, List.of(), null);
    private List<IntakeProblem> problems = new ArrayList<>();
    private boolean rejected;

    /**
     * The fields of one rule, bound to the columns of one file.
     *
     * @param columns index of the column, by field; a field without a column is not there
     */
    record Binding(
            RecordType type, List<Integer> when, Map<String, Mapping.Field> fields, Map<String, Integer> columns) {}

    FieldReader(Mapping mapping, Binding binding) {
        this.mapping = mapping;
        this.binding = binding;
        this.amounts = new AmountFormat(mapping.decimal(), mapping.grouping());
    }

    RecordType type() {
        return binding.type();
    }

    /** Names of the columns it reads. */
    Set<String> columnsUsed() {
        return binding.fields().values().stream()
                .map(Mapping.Field::column)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Turns to a row. @return whether it makes such a record */
    boolean turnTo(CsvSource.Row next, List<IntakeProblem> sink) {
        row = next;
        problems = sink;
        rejected = false;
        return binding.when().stream().noneMatch(i -> next.fields().get(i).isBlank());
    }

    /** Whether a problem so far keeps the row out of the ledger. */
    boolean isRejected() {
        return rejected;
    }

    // ---- values by what they are

    @Nullable
    String text(String field) {
        return text(field, LONGEST_TEXT);
    }

    /** A key of the source. */
    @Nullable
    String number(String field) {
        int before = problems.size();
        String value = text(field, LONGEST_NUMBER);
        if (value == null && binding.type().required().contains(field) && problems.size() == before) {
            reject(field, "", "is empty", "give a value");
        }
        return value;
    }

    @Nullable
    String longText(String field) {
        return text(field, 4 * LONGEST_TEXT);
    }

    @Nullable
    LocalDate date(String field) {
        return date(field, required(field));
    }

    @Nullable
    LocalDate optionalDate(String field) {
        return date(field, text(field));
    }

    private @Nullable LocalDate date(String field, @Nullable String value) {
        if (value == null) {
            return null;
        }
        for (Mapping.DateFormat format : mapping.dateFormats()) {
            try {
                LocalDate date = LocalDate.parse(value, format.formatter());
                if (date.getYear() < 1970 || date.getYear() > 2199) {
                    reject(field, value, "is a day in the year " + date.getYear(), "write the year in full");
                    return null;
                }
                return date;
            } catch (DateTimeParseException e) {
                // the next format may fit
            }
        }
        String formats =
                mapping.dateFormats().stream().map(Mapping.DateFormat::pattern).collect(Collectors.joining(" or "));
        reject(
                field,
                value,
                "is not a day in the form " + formats,
                "correct the day, or set formats.date in the mapping");
        return null;
    }

    @Nullable
    Currency currency(String field) {
        String value = required(field);
        return value == null ? null : currency(field, value);
    }

    private @Nullable Currency currency(String field, String value) {
        try {
            return Currency.getInstance(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            reject(field, value, "is not a currency", "use the code of ISO 4217, for example EUR");
            return null;
        }
    }

    /** An amount above zero. */
    @Nullable
    Money amount(String field, @Nullable Currency currency) {
        String value = required(field);
        Money amount = value == null || currency == null ? null : money(field, value, currency);
        if (amount != null && !amount.isPositive()) {
            reject(
                    field,
                    String.valueOf(value),
                    "is not above zero",
                    "bring in what lowers a debt as a credit note or payment, with its amount above zero");
            return null;
        }
        return amount;
    }

    /** An amount with its currency in another field; nothing when the amount is empty. */
    @Nullable
    Money optionalAmount(String field, String currencyField) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        String code = text(currencyField);
        if (code == null) {
            reject(currencyField, "", "is empty, but there is an amount", "give the currency of the amount");
            return null;
        }
        Currency currency = currency(currencyField, code);
        Money amount = currency == null ? null : money(field, value, currency);
        if (amount != null && amount.amount().signum() < 0) {
            reject(field, value, "is below zero", "give an amount of zero or more");
            return null;
        }
        return amount;
    }

    @Nullable
    Money money(String field, String value, Currency currency) {
        BigDecimal amount = amounts.parse(value);
        if (amount == null) {
            reject(
                    field,
                    value,
                    "is not an amount in the form " + amounts.example(),
                    "correct the amount, or set formats.decimal and formats.grouping in the mapping");
            return null;
        }
        int decimals = Math.max(0, currency.getDefaultFractionDigits());
        if (amount.stripTrailingZeros().scale() > decimals) {
            reject(
                    field,
                    value,
                    "has more than the " + decimals + " decimals of " + currency,
                    "round the amount where it comes from");
            return null;
        }
        if (amount.precision() - amount.scale() > MOST_DIGITS) {
            reject(field, value, "is too large", "correct the amount");
            return null;
        }
        return new Money(amount, currency);
    }

    /** From -100 to 100, with two decimals at most. */
    @Nullable
    BigDecimal percent(String field) {
        String value = required(field);
        if (value == null) {
            return null;
        }
        BigDecimal percent = amounts.parse(value);
        if (percent == null
                || percent.abs().compareTo(HUNDRED) > 0
                || percent.stripTrailingZeros().scale() > 2) {
            reject(
                    field,
                    value,
                    "is not a percentage from -100 to 100 with two decimals at most",
                    "correct it, or set formats.decimal in the mapping");
            return null;
        }
        return percent;
    }

    @Nullable
    Integer integer(String field, int most) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        reject(field, value, "is not a whole number from 0 to " + most, "correct the number or leave it empty");
        return null;
    }

    @Nullable
    String country(String field) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        String code = value.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(code)) {
            reject(
                    field,
                    value,
                    "is not a country",
                    "use the two letters of ISO 3166, for example NL; the mapping can translate values");
            return null;
        }
        return code;
    }

    @Nullable
    String language(String field) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        String code = value.toLowerCase(Locale.ROOT);
        String language = code.matches("[a-z]{2}[-_].*") ? code.substring(0, 2) : code;
        return oneOf(field, value, language, LANGUAGES);
    }

    /** One of the names of an enum, in any case. */
    @Nullable
    String oneOf(String field, Set<String> names) {
        String value = text(field);
        return value == null ? null : oneOf(field, value, value.toUpperCase(Locale.ROOT), names);
    }

    private @Nullable String oneOf(String field, String value, String code, Set<String> names) {
        if (names.contains(code)) {
            return code;
        }
        reject(
                field,
                value,
                "is not one of " + names.stream().sorted().collect(Collectors.joining(", ")),
                "use one of these; the mapping can translate values");
        return null;
    }

    @Nullable
    String timeZone(String field) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        try {
            return ZoneId.of(value).getId();
        } catch (DateTimeException e) {
            reject(field, value, "is not a time zone", "use a name such as Europe/Amsterdam");
            return null;
        }
    }

    @Nullable
    String iban(String field) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        String iban = SPACES.matcher(value).replaceAll("").toUpperCase(Locale.ROOT);
        if (!IBANValidator.getInstance().isValid(iban)) {
            reject(field, value, "is not a valid IBAN", "check the number against the bank's papers");
            return null;
        }
        return iban;
    }

    @Nullable
    String bic(String field) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        String bic = SPACES.matcher(value).replaceAll("").toUpperCase(Locale.ROOT);
        if (!BIC.matcher(bic).matches()) {
            reject(field, value, "is not a BIC", "give 8 or 11 letters and digits, or leave it empty");
            return null;
        }
        return bic;
    }

    /** One bad way to reach somebody does not keep the others and all their invoices out: it is left out with a warning. */
    @Nullable
    String email(String field) {
        String value = text(field);
        if (value == null || isEmail(value)) {
            return value;
        }
        warn(field, value, "is not an e-mail address; left out", "correct it where it comes from and import it again");
        return null;
    }

    /** A sender without an address would keep every message from leaving, so here it is needed. */
    @Nullable
    String senderEmail(String field) {
        String value = text(field);
        if (value == null || isEmail(value)) {
            return value;
        }
        reject(field, value, "is not an e-mail address", "correct it");
        return null;
    }

    /** What the mail library will take, with a domain that can be on the internet. */
    private static boolean isEmail(String value) {
        try {
            new InternetAddress(value, true).validate();
            return DOMAIN.matcher(value.substring(value.lastIndexOf('@') + 1)).matches();
        } catch (AddressException e) {
            return false;
        }
    }

    /** @return as E.164 */
    @Nullable
    String phone(String field, @Nullable String country) {
        String value = text(field);
        if (value == null) {
            return null;
        }
        try {
            var phone = PHONES.parse(value, country);
            if (PHONES.isValidNumber(phone)) {
                return PHONES.format(phone, PhoneNumberUtil.PhoneNumberFormat.E164);
            }
        } catch (NumberParseException e) {
            // said below
        }
        warn(
                field,
                value,
                "is not a phone number" + (country == null ? "" : " of " + country) + "; left out",
                "write it with its country, for example +31 20 123 4567, and import it again");
        return null;
    }

    // ---- problems

    void reject(String field, String value, String reason, String advice) {
        rejected = true;
        problems.add(new IntakeProblem(
                row.line(), Severity.REJECTED, binding.type().key(), label(field), value, reason, advice));
    }

    private void warn(String field, String value, String reason, String advice) {
        problems.add(new IntakeProblem(
                row.line(), Severity.WARNING, binding.type().key(), label(field), value, reason, advice));
    }

    /** The field, and the column where it has another name. */
    String label(String field) {
        Mapping.Field source = binding.fields().get(field);
        String column = source == null ? null : source.column();
        return column == null || column.equalsIgnoreCase(field) ? field : field + " (" + column + ")";
    }

    /** What was read of a field that needs a value: says so when it is empty. */
    <T> @Nullable T needed(String field, @Nullable T value) {
        if (value == null) {
            required(field);
        }
        return value;
    }

    private @Nullable String required(String field) {
        int before = problems.size();
        String value = text(field);
        if (value == null && problems.size() == before) {
            reject(field, "", "is empty", "give a value");
        }
        return value;
    }

    /** {@code null} when it is empty, not in the file, or not text at all. */
    private @Nullable String text(String field, int longest) {
        Mapping.Field source = binding.fields().get(field);
        if (source == null) {
            return null;
        }
        Integer column = binding.columns().get(field);
        String value = column == null ? "" : strip(row.fields().get(column));
        value = source.values().getOrDefault(value, value);
        if (value.isEmpty()) {
            return source.otherwise();
        }
        if (value.length() > longest) {
            reject(
                    field,
                    value,
                    "is longer than " + longest + " characters",
                    "shorten it; or is a quotation mark missing in this row?");
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == CsvSource.MALFORMED || c == '\uFFFD') {
                reject(
                        field,
                        value,
                        "has bytes that mean nothing in "
                                + mapping.csv().encoding().name(),
                        "set csv.encoding in the mapping to the encoding of the file, or save the file as UTF-8");
                return null;
            }
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                reject(field, value, "has a control character", "remove it");
                return null;
            }
        }
        return value;
    }

    /** Without space at both ends, no-break spaces included. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
