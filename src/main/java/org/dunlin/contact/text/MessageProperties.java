package org.dunlin.contact.text;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What messages promise.
 *
 * @param termDays working days a message leaves for paying; shorter than the wait of the ladder, so that a transfer on the last
 *                 day arrives before the next step
 */
@ConfigurationProperties("dunlin.messages")
record MessageProperties(@DefaultValue("5") int termDays) {

    MessageProperties {
        if (termDays < 1) {
            throw new IllegalArgumentException("dunlin.messages.term-days is at least 1");
        }
    }
}
