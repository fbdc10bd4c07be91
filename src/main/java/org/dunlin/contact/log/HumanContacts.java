package org.dunlin.contact.log;

import org.dunlin.dunning.ContactMade;
import org.dunlin.dunning.NoticePosted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Puts what people say to customers into the log, in the transaction in which they record it. */
@Component
class HumanContacts {

    private final ContactLog log;
    private final LetterArchive archive;

    HumanContacts(ContactLog log, LetterArchive archive) {
        this.log = log;
        this.archive = archive;
    }

    @EventListener
    void on(ContactMade made) {
        log.madeByPerson(made);
        archive.posted(Occurrence.parse(made.occurrence()), made.text());
    }

    @EventListener
    void on(NoticePosted posted) {
        log.posted(posted);
        archive.posted(Occurrence.parse(posted.occurrence()), posted.text());
    }
}
