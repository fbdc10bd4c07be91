package org.dunlin.demo;

import org.dunlin.platform.DunlinProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** In the demo mails go to {@link DemoMailServer}, unless a mail server was configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${spring.mail.host:}'.isBlank()")
class DemoMailConfiguration {

    /** Closed after everything that sends, because the senders' settings depend on it. */
    @Bean
    @Lazy
    DemoMailServer demoMailServer() {
        return new DemoMailServer();
    }

    @Bean
    static BeanPostProcessor mailToDemoServer(
            ObjectProvider<DunlinProperties> properties, ObjectProvider<DemoMailServer> server) {
        return new BeanPostProcessor() {
            @Override
            public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof MailProperties mail
                        && properties.getObject().demoMode()) {
                    DemoMailServer demo = server.getObject();
                    mail.setHost(demo.host());
                    mail.setPort(demo.port());
                    mail.setUsername(null);
                    mail.setPassword(null);
                }
                return bean;
            }
        };
    }
}
