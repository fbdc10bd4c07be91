package org.dunlin.contact.email;

import java.util.List;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.HoldStatements;
import org.dunlin.dunning.Holds;
import org.springframework.stereotype.Component;

/** Finds out why a claimed message is to be sent. */
@Component
class Occasions {

    private final DunningCases cases;
    private final HoldStatements statements;
    private final Holds holds;
    private final MessageComposer composer;
    private final List<ChasingRule> chasingRules;
    private final EmailProperties properties;

    Occasions(
            DunningCases cases,
            HoldStatements statements,
            Holds holds,
            MessageComposer composer,
            List<ChasingRule> chasingRules,
            EmailProperties properties) {
        this.cases = cases;
        this.statements = statements;
        this.holds = holds;
        this.composer = composer;
        this.chasingRules = chasingRules;
        this.properties = properties;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such case or hold */
    Occasion of(NewContact contact) {
        return contact.holdId() == null
                ? new Chase(contact, cases, composer, chasingRules, properties.waiting())
                : new Notice(contact, statements, holds, composer, properties.waiting());
    }
}
