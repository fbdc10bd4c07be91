package org.dunlin.contact.delivery;

import java.util.List;
import org.dunlin.contact.conversation.OneConversation;
import org.dunlin.contact.log.NewContact;
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
    private final List<ChasingRule> chasingRules;
    private final OneConversation conversations;

    Occasions(
            DunningCases cases,
            HoldStatements statements,
            Holds holds,
            List<ChasingRule> chasingRules,
            OneConversation conversations) {
        this.cases = cases;
        this.statements = statements;
        this.holds = holds;
        this.chasingRules = chasingRules;
        this.conversations = conversations;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such case or hold */
    Occasion of(NewContact contact, Carrier carrier) {
        return contact.holdId() == null
                ? new Chase(contact, cases, carrier, chasingRules, conversations)
                : new Notice(contact, statements, holds, carrier);
    }
}
