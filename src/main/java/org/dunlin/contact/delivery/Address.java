package org.dunlin.contact.delivery;

/** Where a customer is reached by a channel. */
public sealed interface Address {

    /**
     * @param text in the form in which the channel takes it
     * @param name of the person there; empty if unknown
     */
    record Usable(String text, String name) implements Address {}

    /** @param why for people */
    record Unusable(String why) implements Address {}
}
