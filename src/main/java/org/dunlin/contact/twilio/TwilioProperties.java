package org.dunlin.contact.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The account at Twilio. Without one the channels are off, and ladders take their other ways.
 *
 * @param accountSid     AC…
 * @param apiKey         SK…; with {@code apiSecret} what requests are made with. Where it is missing the auth token is used
 * @param authToken      of the account: webhooks are signed with it, whatever requests are made with
 * @param edge           where requests enter Twilio's network, for example {@code dublin}
 * @param region         where Twilio processes them, for example {@code ie1}
 * @param baseUrl        another server in place of Twilio's, for tests
 * @param webhookUrl     where Twilio reaches us, if it is another address than {@code dunlin.public-url}
 * @param connectTimeout until a connection stands
 * @param timeout        until the whole answer is there, connection included
 * @param settling       for so long a request without an answer may still be carried out
 * @param askingFor      when Twilio has not said for so long what became of a message, a person is asked
 * @param sender         of creditors that are not named under {@code senders}
 * @param senders        by number of the creditor
 */
@ConfigurationProperties("dunlin.twilio")
public record TwilioProperties(
        @Nullable String accountSid,
        @Nullable String apiKey,
        @Nullable String apiSecret,
        @Nullable String authToken,
        @Nullable String edge,
        @Nullable String region,
        @Nullable URI baseUrl,
        @Nullable URI webhookUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("10m") Duration settling,
        @DefaultValue("2h") Duration askingFor,
        @DefaultValue Sender sender,
        @DefaultValue Map<String, Sender> senders) {

    public TwilioProperties {
        if (isGiven(accountSid) && !isGiven(authToken)) {
            throw new IllegalArgumentException(
                    "dunlin.twilio.auth-token is missing: without it nobody can tell whether a webhook comes from Twilio");
        }
        if (isGiven(apiKey) != isGiven(apiSecret)) {
            throw new IllegalArgumentException("dunlin.twilio.api-key and api-secret go together");
        }
    }

    /**
     * From where customers are contacted; what is missing the creditor does not have.
     *
     * @param number           for text messages, E.164, or a name of up to 11 characters
     * @param messagingService MG…, in place of a number
     * @param voiceNumber      for calls, E.164
     */
    public record Sender(@Nullable String number, @Nullable String messagingService, @Nullable String voiceNumber) {

        boolean hasText() {
            return isGiven(number) || isGiven(messagingService);
        }

        boolean hasVoice() {
            return isGiven(voiceNumber);
        }
    }

    public boolean isConfigured() {
        return isGiven(accountSid);
    }

    Sender senderOf(String creditor) {
        return senders.getOrDefault(creditor, sender);
    }

    static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
