package org.dunlin.contact.sms;

import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dunlin.contact.Channel;
import org.dunlin.contact.inbound.CustomerWord;
import org.dunlin.contact.inbound.CustomerWord.Meaning;
import org.dunlin.contact.inbound.CustomerWords;
import org.dunlin.contact.text.PhoneTexts;
import org.dunlin.contact.twilio.NumberRefusals;
import org.dunlin.contact.twilio.NumberRefusals.Reason;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Text messages that come in: STOP and START are obeyed, everything else is for a person. */
@Service
public class InboundTexts {

    /** Nothing that a person types, and some of it no database keeps. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\n]]+");

    private final CustomerWords words;
    private final NumberRefusals refusals;
    private final Receivables receivables;
    private final PhoneTexts texts;
    private final Clock clock;

    InboundTexts(CustomerWords words, NumberRefusals refusals, Receivables receivables, PhoneTexts texts, Clock clock) {
        this.words = words;
        this.refusals = refusals;
        this.receivables = receivables;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * @param optOut what Twilio took it for, where it says so
     * @return what to answer at once, if anything
     */
    @Transactional
    public Optional<String> arrived(String sid, String from, String body, @Nullable String optOut) {
        Meaning meaning = meaning(body, optOut);
        Optional<CustomerWord> word = words.heard(
                Channel.SMS, sid, from, meaning, CONTROLS.matcher(body).replaceAll(" "));
        if (word.isEmpty() || meaning == Meaning.TEXT) {
            return Optional.empty();
        }
        if (meaning == Meaning.STOP) {
            refusals.refused(from, Channel.SMS, Reason.OPTED_OUT, clock.instant());
        } else {
            refusals.welcome(from, Channel.SMS);
        }
        return optOut != null || Keyword.isConfirmedByTwilio(body)
                ? Optional.empty()
                : Optional.of(texts.confirmation(language(word.get()), meaning == Meaning.STOP));
    }

    private static Meaning meaning(String body, @Nullable String optOut) {
        if ("STOP".equals(optOut)) {
            return Meaning.STOP;
        }
        return "START".equals(optOut) ? Meaning.START : Keyword.of(body);
    }

    private String language(CustomerWord word) {
        return Optional.ofNullable(word.customerId())
                .map(receivables::customer)
                .map(Customer::language)
                .orElse("en");
    }
}
