package org.dunlin.contact.post;

/** Whoever prints and posts letters for us. */
interface PostalService {

    /**
     * Hands a run over. From then on its letters count as posted and cannot be taken out any more; so whatever must not go is taken out
     * first, under the locks under which payments are booked. Safe to call again after a crash: a run is handed over once.
     *
     * @return false when the mail room posts it by hand, and will say so in a task
     * @throws RuntimeException when it could not be handed over; it is tried again
     */
    boolean submit(long runId);
}
