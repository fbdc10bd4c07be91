package org.dunlin.contact.clarify;

import java.util.Set;
import org.dunlin.contact.Channel;
import org.dunlin.contact.clarify.UnknownContacts.Trace;
import org.dunlin.contact.log.NewContact;

/** Tells what it takes to look a message up that was lost with its worker; provided by whoever sends the messages. */
public interface MessageTraces {

    /** Channels whose messages are sent without a human, and can be lost with their worker. */
    Set<Channel> channels();

    /**
     * As far as it can be told; never fails.
     *
     * @param claim of the worker that had it
     */
    Trace trace(NewContact contact, long contactId, String claim);
}
