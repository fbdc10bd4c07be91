package org.dunlin.demo;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** In the demo mails go to {@link DemoMailServer}, unless a mail server was configured. */
@Configuration(proxyBeanMethods = false)
@Conditional(DemoCondition.class)
@ConditionalOnExpression("'${spring.mail.host:}'.isBlank()")
class DemoMailConfiguration {

    /** Made when the settings of mail ask for it, so before everything that sends, and closed after it. */
    @Bean
    @Lazy
    DemoMailServer demoMailServer() {
        return new DemoMailServer();
    }

    @Bean
    static BeanPostProcessor mailToDemoServer(ObjectProvider<DemoMailServer> server) {
        return new BeanPostProcessor() {
            @Override
            public @Nullable Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof MailProperties mail) {
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
