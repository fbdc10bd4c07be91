package org.dunlin.contact.delivery;

import org.jspecify.annotations.Nullable;

/** Where a customer is reached by a channel. */
public sealed interface Address {

    /**
     * @param text in the form in which the channel takes it
     * @param name of the person there; empty if unknown
     */
    record Usable(String text, String name) implements Address {}

    /**
     * @param given what the master data say; null when they say nothing
     * @param why   for people
     */
    record Unusable(@Nullable String given, String why) implements Address {}

    /** The customer is not to be reached by this channel, and nobody needs to look for a better address. */
    record Closed(String why) implements Address {}
}
