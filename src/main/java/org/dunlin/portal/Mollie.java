package org.dunlin.portal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Mollie's Payments API, version 2: a payment is made with {@code POST /payments}, and what became of it is asked with
 * {@code GET /payments/{id}}. Its webhooks are not signed and say no more than an id, so only what this answers counts.
 */
@Component
@Order(1)
class Mollie implements Checkout {

    static final String SOURCE = "mollie";

    private static final Pattern ID = Pattern.compile("tr_[A-Za-z0-9]{1,60}");

    /** Languages of its pages that we speak. */
    private static final Set<String> LOCALES =
            Set.of("nl_NL", "nl_BE", "fr_FR", "fr_BE", "de_DE", "de_AT", "de_CH", "en_GB", "en_US");

    private final MollieProperties properties;
    private final RestClient api;

    Mollie(MollieProperties properties, RestClient.Builder builder) {
        this.properties = properties;
        var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(properties.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        requests.setReadTimeout(properties.answer());
        this.api = builder.baseUrl(properties.url().toString())
                .requestFactory(requests)
                .build();
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public Optional<Offer> offer(Debt debt) {
        boolean possible =
                debt.amount() != null && properties.key(debt.creditor().number()) != null;
        return possible ? Optional.of(new Offer.AtOnce()) : Optional.empty();
    }

    @Override
    public Begun begin(Order order) {
        Payment payment = call("make a payment", () -> api.post()
                .uri("/payments")
                .header(HttpHeaders.AUTHORIZATION, bearer(order.creditor()))
                .header("Idempotency-Key", order.key())
                .contentType(MediaType.APPLICATION_JSON)
                .body(body(order))
                .retrieve()
                .body(Payment.class));
        Links links = payment.links();
        String page = links == null || links.checkout() == null
                ? null
                : links.checkout().href();
        if (!ID.matcher(String.valueOf(payment.id())).matches() || page == null || !leadsToMollie(page)) {
            throw new CheckoutUnavailableException("Mollie answered with a payment that nobody can pay", null);
        }
        return new Begun(Objects.requireNonNull(payment.id()), URI.create(page));
    }

    private static Map<String, Object> body(Order order) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(
                "amount",
                Map.of(
                        "currency", order.amount().currency().getCurrencyCode(),
                        "value", order.amount().amount().toPlainString()));
        body.put("description", order.description());
        body.put("redirectUrl", order.back().toString());
        if (order.webhook() != null) {
            body.put("webhookUrl", order.webhook().toString());
        }
        String locale = order.locale().getLanguage() + "_" + order.locale().getCountry();
        if (LOCALES.contains(locale)) {
            body.put("locale", locale);
        }
        body.put("metadata", Map.of("link", Long.toString(order.linkId())));
        return body;
    }

    /** Customers are sent nowhere else than the API's own kind of place: a page with https, or on this machine as the API itself. */
    private boolean leadsToMollie(String page) {
        try {
            URI uri = new URI(page);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                            || Objects.equals(uri.getScheme(), properties.url().getScheme()));
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }

    @Override
    public Standing standing(String creditor, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Not the id of a payment");
        }
        Payment payment = call("tell how a payment stands", () -> api.get()
                .uri("/payments/{id}", id)
                .header(HttpHeaders.AUTHORIZATION, bearer(creditor))
                .retrieve()
                .body(Payment.class));
        if (!id.equals(payment.id()) || payment.amount() == null) {
            throw new CheckoutUnavailableException("Mollie answered with another payment than the one asked for", null);
        }
        Money amount = payment.amount().money();
        return new Standing(
                state(payment.status()),
                amount,
                payment.paidAt() == null ? null : payment.paidAt().toInstant(),
                amount(payment.amountRefunded(), amount).plus(amount(payment.amountChargedBack(), amount)));
    }

    /** A word that is new to us is not yet a decision. */
    private static State state(@Nullable String status) {
        return switch (String.valueOf(status)) {
            case "paid" -> State.PAID;
            case "canceled", "expired", "failed" -> State.ENDED;
            case "open" -> State.OPEN;
            default -> State.PENDING;
        };
    }

    private static Money amount(@Nullable Amount given, Money like) {
        return given == null ? Money.zero(like.currency()) : given.money();
    }

    private String bearer(String creditor) {
        String key = properties.key(creditor);
        if (key == null) {
            throw new CheckoutUnavailableException("No key of Mollie for creditor " + creditor, null);
        }
        return "Bearer " + key;
    }

    private static Payment call(String purpose, Call call) {
        try {
            Payment payment = call.payment();
            if (payment == null) {
                throw new CheckoutUnavailableException("Mollie did not " + purpose + ": empty answer", null);
            }
            return payment;
        } catch (RestClientResponseException e) {
            throw new CheckoutUnavailableException(
                    "Mollie did not " + purpose + ": status "
                            + e.getStatusCode().value(),
                    e);
        } catch (RestClientException | IllegalArgumentException | ArithmeticException e) {
            throw new CheckoutUnavailableException("Mollie did not " + purpose + ": " + e.getMessage(), e);
        }
    }

    private interface Call {
        @Nullable
        Payment payment();
    }

    private record Payment(
            @Nullable String id,
            @Nullable String status,
            @Nullable Amount amount,
            @Nullable Amount amountRefunded,
            @Nullable Amount amountChargedBack,
            @Nullable OffsetDateTime paidAt,
            @JsonProperty("_links") @Nullable Links links) {}

    private record Amount(String currency, BigDecimal value) {
        Money money() {
            return Money.of(value, currency);
        }
    }

    private record Links(@Nullable Link checkout) {}

    private record Link(@Nullable String href) {}
}
