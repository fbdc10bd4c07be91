package org.dunlin.contact.conversation;

import java.util.Map;
import org.dunlin.contact.Channel;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much a customer hears.
 *
 * @param perWeek          most messages that ask for money, to one customer in seven days, by channel; a channel that is not
 *                         named has no limit
 * @param coversDays       for so many working days, its own included, a message or call of one case speaks for the steps of
 *                         the customer's other cases
 */
@ConfigurationProperties("dunlin.contact.conversation")
record ConversationProperties(@DefaultValue Map<Channel, Integer> perWeek, @DefaultValue("2") int coversDays) {

    ConversationProperties {
        perWeek.forEach((channel, limit) -> {
            if (limit < 1) {
                throw new IllegalArgumentException(
                        "dunlin.contact.conversation.per-week." + channel + " is at least 1");
            }
        });
        if (coversDays < 1) {
            throw new IllegalArgumentException("dunlin.contact.conversation.covers-days is at least 1");
        }
    }
}
