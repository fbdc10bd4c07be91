package org.dunlin.contact.twilio;

import com.twilio.security.RequestValidator;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where Twilio tells what became of messages and calls, and how to know that it is Twilio. It signs the address that it was given,
 * which behind a proxy is not the one that arrives here.
 */
@Component
public class TwilioWebhooks {

    static final String FOLDER = "/twilio";
    static final String STATUS = FOLDER + "/status";
    static final String ANSWER = FOLDER + "/voice/answer";
    static final String REFERENCE = "contact";

    private static final String SIGNATURE = "X-Twilio-Signature";

    private final String publicUrl;
    private final @Nullable RequestValidator validator;

    TwilioWebhooks(TwilioProperties properties, @Value("${dunlin.public-url:}") String publicUrl) {
        String url = properties.webhookUrl() == null
                ? publicUrl
                : properties.webhookUrl().toString();
        this.publicUrl = url.strip().replaceFirst("/+$", "");
        this.validator =
                properties.isConfigured() ? new RequestValidator(Objects.requireNonNull(properties.authToken())) : null;
    }

    /** Without an address of ours nobody would ever learn what became of a message. */
    boolean isConfigured() {
        return validator != null && !publicUrl.isBlank();
    }

    URI status(String reference) {
        return address(STATUS, Map.of(REFERENCE, reference));
    }

    URI answer(String reference) {
        return address(ANSWER, Map.of(REFERENCE, reference));
    }

    /** An address of ours as Twilio knows it. */
    public URI address(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(publicUrl + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    /** Whether Twilio sent this request, as it is, to us. It says nothing about when. */
    boolean isSigned(HttpServletRequest request) {
        String signature = request.getHeader(SIGNATURE);
        if (!isConfigured() || signature == null || validator == null) {
            return false;
        }
        if (request.getParameterMap().values().stream().anyMatch(values -> values.length > 1)) {
            // Twilio names nothing twice; a second value would be left out of what is signed.
            return false;
        }
        String query = request.getQueryString();
        String signed = publicUrl + request.getServletPath() + (query == null ? "" : "?" + query);
        return validator.validate(signed, body(request), signature);
    }

    /** Parameters of the body only: those of the address are signed as part of it. */
    private static Map<String, String> body(HttpServletRequest request) {
        Set<String> inAddress = inAddress(request.getQueryString());
        return request.getParameterMap().entrySet().stream()
                .filter(entry -> !inAddress.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()[0]));
    }

    private static Set<String> inAddress(@Nullable String query) {
        return query == null
                ? Set.of()
                : Arrays.stream(query.split("&"))
                        .map(part -> URLDecoder.decode(part.split("=", 2)[0], StandardCharsets.UTF_8))
                        .collect(Collectors.toSet());
    }
}
