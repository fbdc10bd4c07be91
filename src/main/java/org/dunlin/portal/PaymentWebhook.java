package org.dunlin.portal;

import org.dunlin.platform.security.Roles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where Mollie says that something happened to a payment. It is not signed, and need not be. Whoever calls learns nothing: the answer is
 * the same for an id that we know and one that we do not.
 */
@RestController
class PaymentWebhook {

    static final String PATH = "/webhooks/mollie";

    private static final Logger log = LoggerFactory.getLogger(PaymentWebhook.class);

    private final PaymentNews news;

    PaymentWebhook(PaymentNews news) {
        this.news = news;
    }

    /** @return 503 when the payment could not be looked up: then it is called again */
    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    @Roles.Anonymous
    ResponseEntity<Void> news(@RequestParam(defaultValue = "") String id) {
        try {
            news.about(id);
            return ResponseEntity.ok().build();
        } catch (CheckoutUnavailableException e) {
            log.warn("News of a payment will come again: {}", e.getMessage());
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build();
        }
    }
}
