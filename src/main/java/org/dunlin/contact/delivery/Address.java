package org.dunlin.contact.delivery;

import org.jspecify.annotations.Nullable;

/** Where a customer is reached by a channel. */
public sealed interface Address {

    /** Why it cannot be used, for people; empty if it can. */
    String problem();

    /**
     * @param text in the form in which the channel takes it
     * @param name of the person there; empty if unknown
     */
    record Usable(String text, String name) implements Address {

        @Override
        public String problem() {
            return "";
        }
    }

    /** @param given what the master data say; null when they say nothing */
    record Unusable(@Nullable String given, String problem) implements Address {}

    /** The customer is not to be reached by this channel, and nobody needs to look for a better address. */
    record Closed(String problem) implements Address {}
}
