package org.dunlin.contact.conversation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.dunlin.contact.Channel;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.NewContact;
import org.dunlin.contact.log.Occurrence;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.Receivables;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A customer is called about everything at once, by one person at a time. */
@Service
class CallTurns {

    private final OneConversation conversations;
    private final DunningCases cases;
    private final Receivables receivables;
    private final ContactLog log;
    private final Clock clock;

    CallTurns(OneConversation conversations, DunningCases cases, Receivables receivables, ContactLog log, Clock clock) {
        this.conversations = conversations;
        this.cases = cases;
        this.receivables = receivables;
        this.log = log;
        this.clock = clock;
    }

    /** Takes part in the conversation with the customer; where another contact covers the call, its rung counts as climbed. */
    @Transactional
    Turn join(long caseId, int rung, Occurrence step) {
        CaseStatement statement = cases.statement(caseId);
        DunningCase dunningCase = statement.dunningCase();
        List<Long> asked = statement.lines().stream().map(OpenInvoice::id).toList();
        Instant now = clock.instant();
        Turn turn = conversations.call(
                dunningCase,
                rung,
                step.processInstanceId(),
                receivables.creditor(dunningCase.creditorId()),
                asked,
                now);
        if (turn instanceof Turn.Covered covered) {
            cases.contacted(caseId, rung, covered.at());
            log.coveredCall(NewContact.rung(caseId, step, rung, Channel.CALL, null), covered.contactId(), now);
        }
        return turn;
    }
}
