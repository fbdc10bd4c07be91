package org.dunlin.contact.call;

import java.util.Map;
import org.dunlin.contact.template.TextBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The family of texts that calls of collectors are worded with. */
@Configuration(proxyBeanMethods = false)
class CallTexts {

    @Bean
    TextBundle wordsOfCalls() {
        return TextBundle.inJar(CallScripts.BUNDLE, Map.of(), CallScripts.PLACES, Map.of());
    }
}
