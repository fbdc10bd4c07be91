package org.dunlin.contact;

/** What became of a contact. */
public enum ContactState {
    /** Claimed by a worker, which is sending it now; or that worker is gone, and nobody has noticed yet. */
    SENDING,
    /** Worded and kept, and it lies in the out-tray or in an envelope: a letter that is not posted yet. */
    READY,
    /** Handed over; the customer got it as it is kept. */
    SENT,
    /** Certainly not sent. */
    FAILED,
    /** Nobody can tell whether it went out: a person finds out. Never sent again by itself. */
    UNKNOWN,
    /** Nobody can tell, and nobody has to any more, because the case or hold has ended. */
    UNRESOLVED,
    /** Certainly not sent, because there was no need or it was not the moment. */
    CANCELLED,
    /** Not sent, because the customer had been told already: in another case of theirs, at this rung or a higher one. */
    COVERED
}
