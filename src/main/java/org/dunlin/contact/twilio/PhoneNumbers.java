package org.dunlin.contact.twilio;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dunlin.contact.Channel;
import org.dunlin.contact.delivery.Address;
import org.dunlin.contact.twilio.NumberRefusals.Reason;
import org.dunlin.contact.twilio.NumberRefusals.Refusal;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Customer.ContactPerson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Under which number a customer is reached by text or voice: the first person in line who has one that can be used. */
@Component
public class PhoneNumbers {

    /** In some countries a number does not show which of the two it is. */
    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

    private final NumberRefusals refusals;

    PhoneNumbers(NumberRefusals refusals) {
        this.refusals = refusals;
    }

    /** For text messages. */
    public Address mobile(Customer customer) {
        return find(customer, Channel.SMS, number -> MOBILE.contains(PHONES.getNumberType(number)), "mobile number");
    }

    /** For calls. */
    public Address any(Customer customer) {
        return find(customer, Channel.VOICE, number -> true, "phone number");
    }

    private record Line(ContactPerson person, String e164) {}

    private Address find(Customer customer, Channel channel, Predicate<PhoneNumber> suits, String wanted) {
        List<Line> lines = customer.persons().stream()
                .flatMap(person -> parse(person, customer.country())
                        .filter(suits)
                        .map(number -> new Line(person, PHONES.format(number, PhoneNumberFormat.E164)))
                        .stream())
                .toList();
        if (lines.isEmpty()) {
            return new Address.Unusable(null, "No " + wanted);
        }
        Map<String, Refusal> refused =
                refusals.of(lines.stream().map(Line::e164).toList(), channel);
        return lines.stream()
                .filter(line -> !refused.containsKey(line.e164()))
                .findFirst()
                .<Address>map(
                        line -> new Address.Usable(line.e164(), line.person().name()))
                .orElseGet(() -> refused(refused.get(lines.get(0).e164()), channel));
    }

    /** Who has opted out need not be asked for another number. */
    private static Address refused(@Nullable Refusal refusal, Channel channel) {
        String by = channel == Channel.SMS ? "text messages" : "automated calls";
        return refusal != null && refusal.reason() == Reason.OPTED_OUT
                ? new Address.Closed("Wants no " + by + ": " + refusal.number() + " opted out")
                : new Address.Unusable(
                        refusal == null ? null : refusal.number(), "No " + by + " arrive at this number");
    }

    private static Optional<PhoneNumber> parse(ContactPerson person, String country) {
        if (person.phone() == null) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = PHONES.parse(person.phone(), country);
            return PHONES.isValidNumber(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
