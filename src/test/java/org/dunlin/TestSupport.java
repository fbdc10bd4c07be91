package org.dunlin;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistrar;

/** What the shared test context has beside the product: a mail server that keeps what it receives. */
@TestConfiguration(proxyBeanMethods = false)
public class TestSupport {

    @Bean(initMethod = "start", destroyMethod = "stop")
    GreenMail mailServer() {
        return new GreenMail(new ServerSetup[] {ServerSetup.SMTP.dynamicPort(), ServerSetup.IMAP.dynamicPort()});
    }

    @Bean
    DynamicPropertyRegistrar mailServerPort(GreenMail mailServer) {
        return registry ->
                registry.add("spring.mail.port", () -> mailServer.getSmtp().getPort());
    }
}
