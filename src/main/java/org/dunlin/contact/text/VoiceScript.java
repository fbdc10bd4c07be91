package org.dunlin.contact.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.template.Wording;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What an automated call says, in the language of the customer. Until somebody has asked to hear the message, it tells who calls and
 * nothing of the customer: nobody knows who has taken the phone.
 */
@Component
public class VoiceScript {

    private final Supplier<Wording> wording;
    private final MessageComposer composer;

    VoiceScript(MessageComposer composer, Supplier<Wording> wording) {
        this.composer = composer;
        this.wording = wording;
    }

    /** All that the call has to say, for the contact log; errors as in {@link MessageComposer#email}. */
    public MessageContent content(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        MessageContent text = composer.sms(template, statement, customer, creditor, recipient, today);
        return text.saying(hello(customer.language(), creditor) + "\n\n"
                + message(customer.language(), template, statement, creditor));
    }

    public String hello(String language, Creditor creditor) {
        return text(language, "voiceHello", name(creditor));
    }

    /** What is open, in words. */
    public String message(String language, String template, CaseStatement statement, Creditor creditor) {
        return text(
                language,
                template + ".voice",
                statement.lines().size(),
                amount(language, statement.total()),
                name(creditor));
    }

    public String keys(String language, LocalDate promise) {
        return text(language, "voiceKeys", date(language, promise));
    }

    public String promise(String language, LocalDate promise, Money amount) {
        return text(language, "voicePromise", date(language, promise), amount(language, amount));
    }

    public String promised(String language, LocalDate promise) {
        return text(language, "voicePromised", date(language, promise));
    }

    public String callBack(String language) {
        return text(language, "voiceCallBack");
    }

    public String nothingOpen(String language) {
        return text(language, "voicePaid");
    }

    public String goodbye(String language) {
        return text(language, "voiceBye");
    }

    /** For a machine, which anybody may listen to. */
    public String machine(String language, Creditor creditor) {
        return creditor.phone() == null
                ? text(language, "voiceMachine", name(creditor))
                : text(language, "voiceMachineByPhone", name(creditor), spaced(creditor.phone()));
    }

    private String amount(String language, Money amount) {
        BigDecimal whole = amount.amount().setScale(0, RoundingMode.DOWN);
        int cents = amount.amount().subtract(whole).movePointRight(2).intValue();
        String currency = amount.currency().getCurrencyCode();
        if (!currency.equals("EUR")) {
            return amount.amount().stripTrailingZeros().toPlainString() + " "
                    + amount.currency().getDisplayName(Locale.forLanguageTag(language));
        }
        return cents == 0
                ? text(language, "voiceEuro", whole.toPlainString())
                : text(language, "voiceEuroCents", whole.toPlainString(), Integer.toString(cents));
    }

    private static String date(String language, LocalDate date) {
        String pattern = language.equals("de") ? "EEEE, d. MMMM" : "EEEE d MMMM";
        return DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(language))
                .format(date);
    }

    /** Figure by figure. */
    private static String spaced(String phone) {
        return MessageComposer.line(phone)
                .codePoints()
                .filter(sign -> !Character.isWhitespace(sign))
                .mapToObj(Character::toString)
                .collect(Collectors.joining(" "));
    }

    private static String name(Creditor creditor) {
        return MessageComposer.line(creditor.name());
    }

    private String text(String language, String key, @Nullable Object... arguments) {
        return wording.get().text(MessageModel.BUNDLE, key, Locale.forLanguageTag(language), arguments);
    }
}
