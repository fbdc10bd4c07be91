package org.dunlin.contact.voice;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Say;
import java.util.Map;
import org.dunlin.contact.twilio.Reference;
import org.dunlin.contact.twilio.TwilioWebhooks;
import org.springframework.stereotype.Component;

/** What Twilio is told to do in a call. */
@Component
class SpokenAnswer {

    /** Seconds that somebody has to find the key. */
    private static final int TIME_FOR_A_KEY = 7;

    private final TwilioWebhooks webhooks;

    SpokenAnswer(TwilioWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    /** Says that and waits for one key, which comes back with the number of the turn; no key does too. */
    String ask(String language, String words, Reference reference, int turn) {
        Gather gather = new Gather.Builder()
                .numDigits(1)
                .timeout(TIME_FOR_A_KEY)
                .actionOnEmptyResult(true)
                .method(HttpMethod.POST)
                .action(webhooks.address(
                        VoiceController.KEY,
                        Map.of(
                                VoiceController.REFERENCE,
                                reference.toString(),
                                VoiceController.TURN,
                                Integer.toString(turn))))
                .say(say(language, words))
                .build();
        return new VoiceResponse.Builder().gather(gather).build().toXml();
    }

    String sayAndHangUp(String language, String words) {
        return new VoiceResponse.Builder()
                .say(say(language, words))
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    String hangUp() {
        return new VoiceResponse.Builder()
                .hangup(new Hangup.Builder().build())
                .build()
                .toXml();
    }

    private static Say say(String language, String words) {
        return new Say.Builder(words)
                .language(
                        switch (language) {
                            case "nl" -> Say.Language.NL_NL;
                            case "fr" -> Say.Language.FR_FR;
                            case "de" -> Say.Language.DE_DE;
                            default -> Say.Language.EN_GB;
                        })
                .build();
    }
}
