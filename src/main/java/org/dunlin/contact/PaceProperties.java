package org.dunlin.contact;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast messages leave that nobody sends by hand.
 *
 * @param perHour most messages in an hour of the clock, by channel, over all creditors; a channel that is not named has no limit
 */
@ConfigurationProperties("dunlin.contact")
record PaceProperties(@DefaultValue Map<Channel, Integer> perHour) {

    PaceProperties {
        perHour.forEach((channel, limit) -> {
            if (limit < 1) {
                throw new IllegalArgumentException("dunlin.contact.per-hour." + channel + " is at least 1");
            }
        });
    }
}
