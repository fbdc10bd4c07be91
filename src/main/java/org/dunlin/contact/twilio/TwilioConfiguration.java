package org.dunlin.contact.twilio;

import com.twilio.http.HttpClient;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to Twilio. Another client, for example one that leads nowhere, takes the place of this one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TwilioProperties.class)
class TwilioConfiguration {

    @Bean
    @ConditionalOnMissingBean(HttpClient.class)
    HttpClient twilioHttpClient(TwilioProperties properties) {
        return new OnePostClient(properties);
    }
}
