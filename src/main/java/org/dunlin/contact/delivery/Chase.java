package org.dunlin.contact.delivery;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dunlin.contact.conversation.OneConversation;
import org.dunlin.contact.conversation.Turn;
import org.dunlin.contact.delivery.SpeakingRule.Postponement;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.log.NewContact;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.DunningCases.Located;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.OpenInvoice;
import org.jspecify.annotations.Nullable;

/** A rung of a ladder: it asks for what is open, only while that is worth asking for, and counts as climbed. */
final class Chase implements Occasion {

    private final NewContact contact;
    private final long caseId;
    private final DunningCases cases;
    private final Carrier carrier;
    private final List<ChasingRule> rules;
    private final OneConversation conversations;
    private @Nullable Located located;
    private @Nullable CaseStatement statement;
    private @Nullable Boolean forAll;

    Chase(
            NewContact contact,
            DunningCases cases,
            Carrier carrier,
            List<ChasingRule> rules,
            OneConversation conversations) {
        this.contact = contact;
        this.caseId = Objects.requireNonNull(contact.caseId());
        this.cases = cases;
        this.carrier = carrier;
        this.rules = rules;
        this.conversations = conversations;
    }

    @Override
    public long customerId() {
        return dunningCase().customerId();
    }

    @Override
    public long creditorId() {
        return dunningCase().creditorId();
    }

    @Override
    public void lock() {
        located = cases.lock(caseId);
    }

    @Override
    public Optional<Postponement> objection(Customer customer, Creditor creditor, Instant now) {
        CaseStatement open = statement();
        if (!open.worthwhile()) {
            return Optional.of(
                    new Postponement(now.plus(carrier.terms().waiting()), "Nothing worth asking for is open any more"));
        }
        return rules.stream()
                .flatMap(rule -> rule.objection(open, customer, creditor, now).stream())
                .findFirst();
    }

    @Override
    public Turn turn(Creditor creditor, Instant now) {
        List<Long> asked = statement().lines().stream().map(OpenInvoice::id).toList();
        Turn turn = conversations.message(dunningCase(), contact.rung(), carrier.channel(), creditor, asked, now);
        if (turn instanceof Turn.Speak speak) {
            forAll = speak.forAll();
        }
        return turn;
    }

    @Override
    public MessageContent words(Customer customer, Creditor creditor, String recipient, LocalDate today) {
        return carrier.rung(
                Objects.requireNonNull(contact.template()),
                speaksForAll() ? cases.forAll(located(), statement()) : statement(),
                customer,
                creditor,
                recipient,
                today);
    }

    @Override
    public void said(Instant at) {
        cases.contacted(caseId, contact.rung(), at);
    }

    private boolean speaksForAll() {
        Boolean known = forAll;
        return known == null ? conversations.speaksForAll(dunningCase(), contact.rung()) : known;
    }

    /** As it is under the lock; as it was when it was first asked for, where there is none. */
    private Located located() {
        Located known = located;
        if (known == null) {
            known = cases.locate(caseId);
            located = known;
        }
        return known;
    }

    private DunningCase dunningCase() {
        return located().dunningCase();
    }

    private CaseStatement statement() {
        CaseStatement known = statement;
        if (known == null) {
            known = cases.statement(located());
            statement = known;
        }
        return known;
    }
}
