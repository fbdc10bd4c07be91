package org.dunlin.demo;

import com.twilio.http.HttpClient;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.dunlin.contact.twilio.TwilioProperties;
import org.dunlin.contact.twilio.TwilioProperties.Sender;
import org.dunlin.platform.clock.DunlinClock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * In the demo text messages and calls end in this process, whatever account is configured: its customers are made up, and somebody
 * real may have their numbers.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(DemoCondition.class)
class DemoPhoneConfiguration {

    /** Reserved for films, so nobody's. */
    private static final String NUMBER = "+447700900100";

    @Bean
    DemoPhones demoPhones(DunlinClock clock) {
        return new DemoPhones(clock);
    }

    @Bean
    HttpClient demoTwilio(DemoPhones phones) {
        return new DemoTwilio(phones);
    }

    @Bean
    static BeanPostProcessor accountOfTheDemo() {
        return new BeanPostProcessor() {
            @Override
            public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof TwilioProperties configured ? demo(configured) : bean;
            }
        };
    }

    private static TwilioProperties demo(TwilioProperties configured) {
        return new TwilioProperties(
                "ACdemo",
                null,
                null,
                UUID.randomUUID().toString(),
                null,
                null,
                null,
                URI.create("http://demo.invalid"),
                configured.connectTimeout(),
                configured.timeout(),
                configured.settling(),
                configured.askingFor(),
                new Sender(NUMBER, null, NUMBER),
                Map.of());
    }
}
