package org.dunlin.contact.log;

import org.dunlin.dunning.ContactMade;
import org.dunlin.dunning.NoticePosted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Puts what people say to customers into the log, in the transaction in which they record it. */
@Component
class HumanContacts {

    private final ContactLog log;

    HumanContacts(ContactLog log) {
        this.log = log;
    }

    @EventListener
    void on(ContactMade made) {
        log.madeByPerson(made);
    }

    @EventListener
    void on(NoticePosted posted) {
        log.posted(posted);
    }
}
