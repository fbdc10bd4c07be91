package org.dunlin.receivables;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.checkdigit.CheckDigitException;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;

/**
 * The structured reference that a customer writes on a payment, in the form that the creditor's country uses: the Belgian
 * {@code +++ddd/dddd/ddddd+++} or an ISO 11649 creditor reference ({@code RF}). Both carry check digits around the same ten
 * digits, which stand for one customer of one creditor.
 *
 * @param base what the check digits protect, ten digits
 */
public record PaymentReference(Form form, String base) {

    private static final IBANCheckDigit MOD_97_10 = new IBANCheckDigit();
    private static final Pattern TEN_DIGITS = Pattern.compile("[0-9]{10}");
    private static final Pattern ISO = Pattern.compile("RF([0-9]{2})([0-9A-Z]{1,21})");
    private static final Pattern ISO_IN_TEXT = Pattern.compile("\\bRF[0-9]{2}(?: ?[0-9]){10}\\b");
    private static final Pattern BELGIAN_IN_TEXT = Pattern.compile(
            "(?:\\+\\+\\+|\\*\\*\\*) ?([0-9]{3})[ /]?([0-9]{4})[ /]?([0-9]{5}) ?(?:\\+\\+\\+|\\*\\*\\*)");

    /** How it is written. */
    public enum Form {
        ISO_11649,
        BELGIAN;

        /** The form that payers and banks of that country expect; Belgian for {@code BE}, ISO elsewhere. */
        public static Form of(String country) {
            return country.equals("BE") ? BELGIAN : ISO_11649;
        }
    }

    public PaymentReference {
        Rows.require(TEN_DIGITS.matcher(base).matches(), "a payment reference stands for ten digits");
    }

    /** Without spaces and signs, as a payment file or QR code carries it: {@code RF711000000001}, {@code 100000000135}. */
    public String electronic() {
        return form == Form.BELGIAN ? base + belgianCheckDigits(base) : "RF" + isoCheckDigits(base) + base;
    }

    /** As it is printed for people: {@code RF71 1000 0000 01}, {@code +++100/0000/00135+++}. */
    public String formatted() {
        String digits = electronic();
        return form == Form.BELGIAN
                ? "+++" + digits.substring(0, 3) + "/" + digits.substring(3, 7) + "/" + digits.substring(7) + "+++"
                : digits.replaceAll("(.{4})(?=.)", "$1 ");
    }

    /**
     * Reads either form, with or without spaces and signs.
     *
     * @return empty when it is not a reference in one of our forms, or a check digit is wrong
     */
    public static Optional<PaymentReference> parse(String text) {
        String plain = text.replaceAll("[\\s+*/.-]", "").toUpperCase(Locale.ROOT);
        Matcher iso = ISO.matcher(plain);
        if (iso.matches()) {
            String base = iso.group(2);
            return TEN_DIGITS.matcher(base).matches() && isoCheckDigits(base).equals(iso.group(1))
                    ? Optional.of(new PaymentReference(Form.ISO_11649, base))
                    : Optional.empty();
        }
        if (plain.matches("[0-9]{12}")) {
            String base = plain.substring(0, 10);
            return belgianCheckDigits(base).equals(plain.substring(10))
                    ? Optional.of(new PaymentReference(Form.BELGIAN, base))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    /** The first valid reference within free text, for example the payer's words on a bank statement. */
    public static Optional<PaymentReference> find(String text) {
        for (Pattern pattern : new Pattern[] {BELGIAN_IN_TEXT, ISO_IN_TEXT}) {
            Matcher matcher = pattern.matcher(text.toUpperCase(Locale.ROOT));
            while (matcher.find()) {
                Optional<PaymentReference> reference = parse(matcher.group());
                if (reference.isPresent()) {
                    return reference;
                }
            }
        }
        return Optional.empty();
    }

    private static String isoCheckDigits(String base) {
        try {
            return MOD_97_10.calculate("RF00" + base);
        } catch (CheckDigitException e) {
            throw new IllegalArgumentException("no check digits for " + base, e);
        }
    }

    /** The remainder of the ten digits by 97, where 97 stands for 0. */
    private static String belgianCheckDigits(String base) {
        long remainder = Long.parseLong(base) % 97;
        return String.format(Locale.ROOT, "%02d", remainder == 0 ? 97 : remainder);
    }
}
