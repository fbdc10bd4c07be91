package org.dunlin.contact.delivery;

import org.jspecify.annotations.Nullable;

/** What became of a message that was offered to the other side: a mail server, a telephone company, the mail room. */
public sealed interface Handover {

    /**
     * They have taken responsibility for it.
     *
     * @param theirId under which they know it, where they say so
     */
    record Accepted(@Nullable String theirId) implements Handover {

        public Accepted() {
            this(null);
        }
    }

    /** It lies ready for them, and can still be taken back: it is sent only when they have taken it. */
    record Ready() implements Handover {}

    /**
     * They certainly do not have it: it may be tried again.
     *
     * @param ofAll whether the next message would fare no better now
     */
    record NotSent(String detail, boolean ofAll) implements Handover {

        public NotSent(String detail) {
            this(detail, false);
        }
    }

    /** They refuse this recipient for good. */
    record AddressRefused(String detail) implements Handover {}

    /** The connection broke after the content had begun: they may have it or not. */
    record InDoubt(String detail) implements Handover {}
}
