package org.dunlin.contact.delivery;

/** What became of a message that was offered to the other side: a mail server, a telephone company, the mail room. */
public sealed interface Handover {

    /** They have taken responsibility for it. */
    record Accepted() implements Handover {}

    /** It lies ready for them, and can still be taken back: it is sent only when they have taken it. */
    record Ready() implements Handover {}

    /** They certainly do not have it: it may be tried again. */
    record NotSent(String detail) implements Handover {}

    /** They refuse this recipient for good. */
    record AddressRefused(String detail) implements Handover {}

    /** The connection broke after the content had begun: they may have it or not. */
    record InDoubt(String detail) implements Handover {}
}
