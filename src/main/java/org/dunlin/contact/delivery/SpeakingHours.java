package org.dunlin.contact.delivery;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Map;
import org.dunlin.contact.Channel;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the phone of a customer may ring or buzz, by their own clock.
 *
 * @param hours by channel, for example {@code 09:00-20:00}; a channel that is not named has the usual ones, which only SMS and voice
 *              restrict
 */
@ConfigurationProperties("dunlin.contact")
record SpeakingHours(@DefaultValue Map<Channel, String> hours) {

    private static final Map<Channel, Span> USUAL = Map.of(
            Channel.SMS, new Span(LocalTime.of(9, 0), LocalTime.of(20, 0)),
            Channel.VOICE, new Span(LocalTime.of(9, 0), LocalTime.of(18, 0)));

    static final Span ALWAYS = new Span(LocalTime.MIN, LocalTime.MAX);

    SpeakingHours {
        hours.values().forEach(SpeakingHours::parse);
    }

    /** From a time on, until right before another. */
    record Span(LocalTime from, LocalTime until) {

        Span {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException(
                        "Hours must end after they begin, on the same day: " + from + "-" + until);
            }
        }

        boolean contains(LocalTime time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }

    Span of(Channel channel) {
        String configured = hours.get(channel);
        return configured == null ? USUAL.getOrDefault(channel, ALWAYS) : parse(configured);
    }

    private static Span parse(String text) {
        String[] parts = text.split("-", 2);
        try {
            return new Span(LocalTime.parse(parts[0].strip()), LocalTime.parse(parts[1].strip()));
        } catch (DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("dunlin.contact.hours is written like 09:00-20:00, not " + text, e);
        }
    }
}
