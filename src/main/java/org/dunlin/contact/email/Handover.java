package org.dunlin.contact.email;

/** What became of a message that was offered to the mail server. */
public sealed interface Handover {

    /** The server has taken responsibility for it. */
    record Accepted() implements Handover {}

    /** The server certainly does not have it: it may be tried again. */
    record NotSent(String detail) implements Handover {}

    /** The server refuses this recipient for good. */
    record AddressRefused(String detail) implements Handover {}

    /** The connection broke after the content had begun: the server may have it or not. */
    record InDoubt(String detail) implements Handover {}
}
