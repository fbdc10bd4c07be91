package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import org.dunlin.platform.DunlinProperties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.boot.autoconfigure.mail.MailSenderAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

class DemoMailTest {

    private final ApplicationContextRunner start = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MailSenderAutoConfiguration.class))
            .withUserConfiguration(Settings.class, DemoMailConfiguration.class);

    @Test
    void in_the_demo_a_message_is_accepted_by_a_server_on_this_machine() {
        start.withPropertyValues("spring.mail.host=", "spring.mail.port=25", "spring.mail.username=")
                .run(context -> {
                    MailProperties mail = context.getBean(MailProperties.class);
                    assertThat(mail.getHost()).isEqualTo("127.0.0.1");
                    assertThat(mail.getPort())
                            .isEqualTo(context.getBean(DemoMailServer.class).port())
                            .isNotEqualTo(25);

                    JavaMailSender sender = context.getBean(JavaMailSender.class);
                    MimeMessage message = sender.createMimeMessage();
                    var helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
                    helper.setFrom("ar@creditor.example");
                    helper.setTo("sam@customer.example");
                    helper.setSubject("Herinnering · rappel");
                    helper.setText("plain", "<p>html</p>");
                    assertThatCode(() -> sender.send(message, sender.createMimeMessage(in(message))))
                            .doesNotThrowAnyException();
                });
    }

    @Test
    void a_configured_mail_server_is_used_in_the_demo_too() {
        start.withPropertyValues("spring.mail.host=mailpit", "spring.mail.port=1025")
                .run(context -> {
                    assertThat(context.getBean(MailProperties.class).getHost()).isEqualTo("mailpit");
                    assertThat(context.getBean(MailProperties.class).getPort()).isEqualTo(1025);
                    assertThat(context).doesNotHaveBean(DemoMailServer.class);
                });
    }

    @Test
    void without_demo_no_mail_is_swallowed() {
        start.withPropertyValues("spring.mail.host=", "spring.mail.port=25", "dunlin.demo=false")
                .run(context -> assertThat(context.getBean(MailProperties.class).getPort())
                        .isEqualTo(25));
    }

    private static java.io.InputStream in(MimeMessage message) throws Exception {
        var copy = new java.io.ByteArrayOutputStream();
        message.writeTo(copy);
        return new java.io.ByteArrayInputStream(copy.toByteArray());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(DunlinProperties.class)
    static class Settings {}
}
