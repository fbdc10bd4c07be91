package org.dunlin.receivables;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number that can be dialled. */
public record PhoneNumber(String e164) {

    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    /**
     * Empty when it cannot be one. Whether somebody has it only dialling tells.
     *
     * @param typed   as people write it in the country, or with + and country code
     * @param country ISO 3166; null: only numbers with their country code are understood
     */
    public static Optional<PhoneNumber> parse(@Nullable String typed, @Nullable String country) {
        try {
            Phonenumber.PhoneNumber number = PHONES.parse(typed, country);
            return PHONES.isPossibleNumber(number)
                    ? Optional.of(new PhoneNumber(PHONES.format(number, PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
