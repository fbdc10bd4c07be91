package org.dunlin;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Clock;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.portal.MollieDouble;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** What the shared test context has beside the product: a mail server, a telephone company and a payment service that keep what they receive. */
@TestConfiguration(proxyBeanMethods = false)
public class TestSupport {

    @Bean(initMethod = "start", destroyMethod = "stop")
    GreenMail mailServer() {
        return new GreenMail(new ServerSetup[] {ServerSetup.SMTP.dynamicPort(), ServerSetup.IMAP.dynamicPort()});
    }

    @Bean(destroyMethod = "close")
    TwilioDouble twilioDouble(ObjectProvider<Clock> clock) {
        return new TwilioDouble(clock::getObject);
    }

    @Bean
    DynamicPropertyRegistrar twilioAccount(TwilioDouble twilio) {
        return registry -> {
            registry.add("dunlin.twilio.base-url", twilio::address);
            registry.add("dunlin.twilio.account-sid", () -> TwilioDouble.ACCOUNT);
            registry.add("dunlin.twilio.auth-token", () -> TwilioDouble.TOKEN);
            registry.add("dunlin.twilio.timeout", () -> "2s");
            registry.add("dunlin.twilio.sender.number", () -> TwilioDouble.NUMBER);
            registry.add("dunlin.twilio.sender.voice-number", () -> TwilioDouble.NUMBER);
        };
    }

    @Bean
    DynamicPropertyRegistrar mailServerPort(GreenMail mailServer) {
        return registry ->
                registry.add("spring.mail.port", () -> mailServer.getSmtp().getPort());
    }

    @Bean(destroyMethod = "stop")
    MollieDouble paymentService() {
        return MollieDouble.start();
    }

    @Bean
    DynamicPropertyRegistrar paymentServiceAddress(MollieDouble paymentService) {
        return registry -> {
            registry.add("dunlin.portal.mollie.url", paymentService::url);
            registry.add("dunlin.portal.mollie.api-key", () -> MollieDouble.KEY);
        };
    }
}
