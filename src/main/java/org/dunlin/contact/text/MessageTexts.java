package org.dunlin.contact.text;

import org.dunlin.contact.template.TextBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The family of texts that messages are worded with. */
@Configuration(proxyBeanMethods = false)
class MessageTexts {

    @Bean
    TextBundle customerTexts() {
        return MessageModel.customerTexts();
    }
}
