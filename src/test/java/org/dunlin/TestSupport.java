package org.dunlin;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.dunlin.portal.MollieDouble;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** What the shared test context has beside the product: a mail server that keeps what it receives, and a payment service. */
@TestConfiguration(proxyBeanMethods = false)
public class TestSupport {

    @Bean(initMethod = "start", destroyMethod = "stop")
    GreenMail mailServer() {
        return new GreenMail(ServerSetup.SMTP.dynamicPort());
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
