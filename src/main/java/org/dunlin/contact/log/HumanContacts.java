package org.dunlin.contact.log;

import java.util.Set;
import org.dunlin.contact.Channel;
import org.dunlin.dunning.ContactMade;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.NoticePosted;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Puts what people say to customers into the log, in the transaction in which they record it. */
@Component
class HumanContacts {

    /** What names invoices; a conversation is about everything. */
    private static final Set<String> ON_PAPER = Set.of(Channel.LETTER.name(), Channel.REGISTERED_LETTER.name());

    private final ContactLog log;
    private final LetterArchive archive;
    private final DunningCases cases;

    HumanContacts(ContactLog log, LetterArchive archive, DunningCases cases) {
        this.log = log;
        this.archive = archive;
        this.cases = cases;
    }

    @EventListener
    void on(ContactMade made) {
        log.madeByPerson(made);
        archive.posted(Occurrence.parse(made.occurrence()), made.text());
        if (ON_PAPER.contains(made.channel())) {
            log.named(made, cases.statementForAll(made.dunningCase().id()).lines());
        }
    }

    @EventListener
    void on(NoticePosted posted) {
        log.posted(posted);
        archive.posted(Occurrence.parse(posted.occurrence()), posted.text());
    }
}
