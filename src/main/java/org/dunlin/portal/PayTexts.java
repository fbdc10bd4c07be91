package org.dunlin.portal;

import java.util.List;
import java.util.Map;
import org.dunlin.contact.template.TextBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The family of texts that the page of a link is worded with. */
@Configuration(proxyBeanMethods = false)
class PayTexts {

    static final String BUNDLE = "portal";

    @Bean
    TextBundle portalTexts() {
        return TextBundle.inJar(
                BUNDLE,
                Map.of(
                        "open", List.of("amount"),
                        "openOfPlan", List.of("amount"),
                        "asOf", List.of("date"),
                        "payNow", List.of("amount"),
                        "invoices", List.of("count"),
                        "examined", List.of("count"),
                        "dates", List.of("issued", "due"),
                        "of", List.of("amount")),
                List.of(),
                Map.of());
    }
}
