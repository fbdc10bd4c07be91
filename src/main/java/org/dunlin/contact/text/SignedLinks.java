package org.dunlin.contact.text;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.dunlin.contact.link.PayLink;
import org.dunlin.contact.link.PayLinks;
import org.dunlin.receivables.Creditor;
import org.springframework.stereotype.Component;

/** Links that work: signed, and kept with what they are about. */
@Component
class SignedLinks implements MessageLinks {

    private final PayLinks pages;
    private final ExplanationProperties explanations;

    SignedLinks(PayLinks pages, ExplanationProperties explanations) {
        this.pages = pages;
        this.explanations = explanations;
    }

    @Override
    public Optional<String> page(PayLink.Occasion message) {
        return pages.make(message).map(URI::toString);
    }

    /** None where its address needs a link and there is none. */
    @Override
    public Optional<String> explanation(PayLink.Occasion message, Creditor creditor, String language) {
        String address = explanations.of(creditor.number(), language);
        if (address == null) {
            return Optional.empty();
        }
        String filled = address;
        if (address.contains("{" + ExplanationProperties.LINK + "}")) {
            Optional<String> token = pages.make(message).map(SignedLinks::token);
            if (token.isEmpty()) {
                return Optional.empty();
            }
            filled = fill(filled, ExplanationProperties.LINK, token.get());
        }
        Map<String, String> values = Map.of(
                "reference", message.reference(),
                "template", message.template(),
                "language", language,
                "creditor", creditor.number());
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = fill(filled, value.getKey(), value.getValue());
        }
        return Optional.of(filled);
    }

    private static String fill(String address, String place, String value) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        return address.replace("{" + place + "}", encoded);
    }

    private static String token(URI page) {
        String path = page.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
