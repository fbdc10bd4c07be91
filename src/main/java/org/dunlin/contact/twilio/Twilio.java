package org.dunlin.contact.twilio;

import com.twilio.base.Page;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpClient;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.rest.api.v2010.account.CallReader;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.type.PhoneNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.dunlin.contact.Channel;
import org.dunlin.contact.delivery.FailureText;
import org.dunlin.contact.delivery.Finding;
import org.dunlin.contact.delivery.Handover;
import org.dunlin.contact.delivery.LostMessage;
import org.dunlin.receivables.Creditor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Twilio's API, as far as messages and calls need it. */
@Component
@EnableConfigurationProperties(TwilioProperties.class)
public class Twilio {

    private static final Logger log = LoggerFactory.getLogger(Twilio.class);

    /** As many a number gets in a few days, at most; a list that is longer is not searched to its end. */
    private static final int SEARCHED = 100;

    /** Clocks differ. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final TwilioProperties properties;
    private final TwilioWebhooks webhooks;
    private final NumberRefusals refusals;
    private final KnownIds known;
    private final @Nullable TwilioRestClient client;
    private final Clock clock;

    Twilio(
            TwilioProperties properties,
            TwilioWebhooks webhooks,
            ObjectProvider<HttpClient> http,
            NumberRefusals refusals,
            KnownIds known,
            Clock clock) {
        this.properties = properties;
        this.webhooks = webhooks;
        this.refusals = refusals;
        this.known = known;
        // Another client, for example one that leads nowhere, takes the place of ours.
        this.client = client(properties, http.getIfAvailable(() -> new OnePostClient(properties)));
        this.clock = clock;
    }

    private static @Nullable TwilioRestClient client(TwilioProperties properties, HttpClient http) {
        if (!properties.isConfigured()) {
            return null;
        }
        String account = Objects.requireNonNull(properties.accountSid());
        boolean byKey = TwilioProperties.isGiven(properties.apiKey());
        TwilioRestClient.Builder builder = new TwilioRestClient.Builder(
                        byKey ? properties.apiKey() : account, byKey ? properties.apiSecret() : properties.authToken())
                .accountSid(account)
                .httpClient(http);
        if (TwilioProperties.isGiven(properties.edge())) {
            builder.edge(properties.edge());
        }
        if (TwilioProperties.isGiven(properties.region())) {
            builder.region(properties.region());
        }
        return builder.build();
    }

    public boolean isConfigured() {
        return client != null && webhooks.isConfigured();
    }

    /** Whether the creditor has a sender for the channel. */
    public boolean serves(Channel channel, Creditor creditor) {
        TwilioProperties.Sender sender = properties.senderOf(creditor.number());
        return isConfigured() && (channel == Channel.VOICE ? sender.hasVoice() : sender.hasText());
    }

    /**
     * Offers a text message, in one request.
     *
     * @param reference comes back with everything Twilio tells about the message
     */
    public Handover text(Creditor creditor, String to, String body, String reference) {
        TwilioProperties.Sender sender = properties.senderOf(creditor.number());
        PhoneNumber recipient = new PhoneNumber(to);
        MessageCreator message = TwilioProperties.isGiven(sender.messagingService())
                ? Message.creator(recipient, Objects.requireNonNull(sender.messagingService()), body)
                : Message.creator(recipient, new PhoneNumber(Objects.requireNonNull(sender.number())), body);
        message.setStatusCallback(webhooks.status(reference));
        return offer(Channel.SMS, to, () -> message.create(required()).getSid());
    }

    /**
     * Places a call, in one request. What is said is asked for when somebody answers.
     *
     * @param reference as for a text message
     */
    public Handover call(Creditor creditor, String to, String reference) {
        TwilioProperties.Sender sender = properties.senderOf(creditor.number());
        var call = Call.creator(
                new PhoneNumber(to),
                new PhoneNumber(Objects.requireNonNull(sender.voiceNumber())),
                webhooks.answer(reference));
        call.setStatusCallback(webhooks.status(reference));
        call.setStatusCallbackEvent(List.of("initiated", "ringing", "answered", "completed"));
        call.setMachineDetection("DetectMessageEnd");
        return offer(Channel.VOICE, to, () -> call.create(required()).getSid());
    }

    private Handover offer(Channel channel, String to, Supplier<String> request) {
        try {
            return new Handover.Accepted(request.get());
        } catch (OnePostClient.NotReachedException e) {
            return new Handover.NotSent(FailureText.of(e), true);
        } catch (ApiException e) {
            return judge(e, channel, to);
        } catch (RuntimeException e) {
            return new Handover.InDoubt("Twilio's answer cannot be read: " + FailureText.of(e));
        }
    }

    private Handover judge(ApiException failure, Channel channel, String to) {
        Integer status = failure.getStatusCode();
        if (status == null || status < 400 || status > 499) {
            return new Handover.InDoubt(FailureText.of(failure));
        }
        String said =
                "Twilio %s: %s".formatted(failure.getCode() == null ? "" : failure.getCode(), FailureText.of(failure));
        NumberErrors error = NumberErrors.of(failure.getCode());
        if (error == null) {
            // Too many requests, or a login that is not accepted: the next one fares no better.
            return new Handover.NotSent(said, status == 429 || status == 401 || status == 403);
        }
        if (error.reason() != null) {
            refusals.refused(to, channel, error.reason(), clock.instant());
        }
        return new Handover.AddressRefused(said);
    }

    /** Whether Twilio has the text message that contains these words. */
    public Finding findText(LostMessage lost, String words) {
        return find(
                lost,
                to -> {
                    MessageReader reader = Message.reader().setTo(new PhoneNumber(to));
                    return page(reader.pageSize(SEARCHED).firstPage(required()), Message::getDateCreated, lost);
                },
                message -> message.getBody() != null && message.getBody().contains(words),
                Message::getSid);
    }

    /** Whether Twilio has a call to that number which no other contact knows as its own. */
    public Finding findCall(LostMessage lost) {
        TwilioProperties.Sender sender = properties.senderOf(lost.creditor().number());
        return find(
                lost,
                to -> {
                    CallReader reader = Call.reader()
                            .setTo(new PhoneNumber(to))
                            .setFrom(new PhoneNumber(Objects.requireNonNull(sender.voiceNumber())));
                    return page(reader.pageSize(SEARCHED).firstPage(required()), Call::getDateCreated, lost);
                },
                call -> !known.byOthers(call.getSid(), lost.contactId()),
                Call::getSid);
    }

    /**
     * What may be it, newest first.
     *
     * @param whole whether nothing more can be
     */
    private record Candidates<T>(List<T> some, boolean whole) {}

    private interface Search<T> {
        Candidates<T> to(String number);
    }

    private interface Created<T> {
        @Nullable
        ZonedDateTime of(T resource);
    }

    private static <T extends com.twilio.base.Resource> Candidates<T> page(
            Page<T> page, Created<T> created, LostMessage lost) {
        Instant since = lost.claimedAt().minus(SKEW);
        List<T> records = page.getRecords();
        List<T> sinceThen = records.stream()
                .filter(one -> {
                    ZonedDateTime at = created.of(one);
                    return at == null || !at.toInstant().isBefore(since);
                })
                .toList();
        return new Candidates<>(sinceThen, records.size() < SEARCHED || sinceThen.size() < records.size());
    }

    private <T> Finding find(LostMessage lost, Search<T> search, Predicate<T> isIt, Function<T, String> sid) {
        String to = lost.recipient();
        if (to == null) {
            return Finding.CANNOT_TELL;
        }
        Instant now = clock.instant();
        try {
            Candidates<T> candidates = search.to(to);
            List<T> found = candidates.some().stream().filter(isIt).toList();
            if (!found.isEmpty()) {
                return new Finding.Theirs(sid.apply(found.get(found.size() - 1)));
            }
            if (!lost.kept() || !candidates.whole()) {
                return Finding.CANNOT_TELL;
            }
            Instant settled = lost.claimedAt().plus(properties.settling());
            return now.isBefore(settled)
                    ? new Finding.AskAgain(
                            Duration.between(now, settled),
                            "Twilio does not have it; asked again when it cannot come any more")
                    : new Finding.NotTheirs();
        } catch (RuntimeException e) {
            log.warn("Twilio cannot say what became of the message of contact {}", lost.contactId(), e);
            return now.isBefore(lost.claimedAt().plus(properties.askingFor()))
                    ? new Finding.AskAgain(AGAIN, "Twilio could not say what became of it: " + FailureText.of(e))
                    : Finding.CANNOT_TELL;
        }
    }

    private TwilioRestClient required() {
        return Objects.requireNonNull(client, "Twilio is not configured");
    }
}
