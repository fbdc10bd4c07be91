package org.dunlin.desk.customer;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactState;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.Hold;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Money;
import org.dunlin.scoring.CreditStop;
import org.dunlin.scoring.CustomerScore;
import org.jspecify.annotations.Nullable;

/**
 * Everything that somebody who talks to a customer needs to know, as it is at this moment.
 *
 * @param invoices    open ones, the oldest due date first
 * @param invoicesLeftOff how many open invoices are not among them
 * @param cases       running ones first, then those that ended, the latest first
 * @param holds       active ones first, then those that ended, the latest first
 * @param timeline    what was said and noted, newest first
 * @param timelineFull whether there is more of it than is here
 */
record CustomerPicture(
        Head head,
        List<Person> persons,
        List<Invoice> invoices,
        int invoicesLeftOff,
        List<Case> cases,
        List<HoldShown> holds,
        List<Entry> timeline,
        boolean timelineFull,
        List<OpenTask> tasks) {

    /**
     * Who it is and how they stand.
     *
     * @param number        number in the source system
     * @param formerNumbers numbers of customers who turned out to be this one
     * @param payDay        when they usually pay, in words; null while no habit is known
     * @param balances      one per currency; empty when nothing is open
     * @param creditUsePercent how much of the limit is used, in whole percent; null when not known
     * @param accountManager login
     * @param lastContact   what was said last; null when nothing was said yet
     * @param zone          where days and times are counted: that of the creditor who invoiced last
     */
    record Head(
            long id,
            String source,
            String number,
            List<String> formerNumbers,
            String name,
            Customer.Kind kind,
            @Nullable String vatNumber,
            @Nullable String street,
            @Nullable String postalCode,
            @Nullable String city,
            String country,
            String language,
            @Nullable Standing standing,
            @Nullable String payDay,
            List<Balance> balances,
            List<Stop> creditStops,
            @Nullable Money creditLimit,
            @Nullable Integer creditUsePercent,
            @Nullable String preferredChannel,
            @Nullable String accountManager,
            @Nullable Said lastContact,
            LocalDate today,
            ZoneId zone) {

        /** Whether new orders on credit are refused. */
        public boolean isStopped() {
            return !creditStops.isEmpty();
        }
    }

    /** Score and segment, and the rules that led there, in words; parts as in {@link CustomerScore}. */
    record Standing(
            int score,
            String segment,
            String cell,
            String behaviour,
            String size,
            LocalDate since,
            List<CustomerScore.Reason> reasons) {}

    /**
     * What is owed in a currency.
     *
     * @param oldestDaysOverdue calendar days since the oldest due date; 0 when nothing is overdue
     */
    record Balance(Money open, Money overdue, int invoices, int overdueInvoices, int oldestDaysOverdue) {}

    /** A credit stop in force; parts as in {@link CreditStop}. */
    record Stop(
            CreditStop.Origin origin,
            String reason,
            String text,
            String liftedWhen,
            LocalDate since,
            @Nullable LocalDate endsOn,
            @Nullable String setBy,
            @Nullable String note) {}

    /**
     * The latest contact that reached the customer.
     *
     * @param what subject of the message, or what came of the conversation
     * @param by   login of who spoke; null when it went out by itself
     */
    record Said(Instant at, Channel channel, @Nullable String what, @Nullable String by, String link) {}

    /**
     * Whom to contact.
     *
     * @param phoneLink  address that dials; null where the number cannot be dialled
     * @param emailLink  address that begins a mail; null where it cannot be written to
     * @param phoneWrong why nobody is reached by it, in words; null as far as is known they are
     * @param emailWrong the same of the address
     */
    record Person(
            String name,
            @Nullable String role,
            @Nullable String email,
            @Nullable String emailLink,
            @Nullable String emailWrong,
            @Nullable String phone,
            @Nullable String phoneLink,
            @Nullable String phoneWrong) {}

    /**
     * An open invoice.
     *
     * @param daysOverdue calendar days since the due date; 0 or below when not overdue
     * @param rung        how far its follow-up has come; 0 before the first contact
     * @param level       the same in words
     * @param caseNumber  case that follows it up; null while none does
     * @param disputed    whether the customer contests it
     * @param holds       numbers of the holds because of which it is not chased now
     * @param payLink     the latest link to pay it; null when the customer got none
     */
    record Invoice(
            String number,
            String creditor,
            LocalDate issuedOn,
            LocalDate dueOn,
            Money gross,
            Money open,
            int daysOverdue,
            int rung,
            String level,
            @Nullable String caseNumber,
            boolean disputed,
            List<String> holds,
            @Nullable PayLinkState payLink) {

        public boolean isOverdue() {
            return daysOverdue > 0;
        }
    }

    /**
     * How a link to pay stands.
     *
     * @param lastDay until when it can be opened
     * @param open    whether it still can
     * @param payment the last payment that was begun with it: UNDER_WAY, PAID or NOT_PAID; null when none was
     */
    record PayLinkState(LocalDate lastDay, boolean open, @Nullable String payment) {}

    /**
     * A case.
     *
     * @param ladder    name of the ladder, for people; null before one was chosen
     * @param why       why it is that one
     * @param rung      highest rung climbed
     * @param outcome   why it ended; null while it runs
     * @param openAmount what is open of its invoices
     * @param heldSince since when it stands still because of holds; null while it does not
     * @param handedOverOn since when an agency has it
     * @param next      what comes next; null when the case has ended, or nobody knows
     */
    record Case(
            String number,
            String creditor,
            DunningCase.State state,
            DunningCase.@Nullable Outcome outcome,
            LocalDate openedOn,
            @Nullable LocalDate closedOn,
            @Nullable String ladder,
            @Nullable String why,
            int rung,
            String level,
            int invoices,
            Money openAmount,
            @Nullable Instant heldSince,
            @Nullable LocalDate handedOverOn,
            @Nullable NextStep next) {}

    /**
     * What happens next in a case.
     *
     * @param step   name of the step in its model
     * @param at     when; null where it waits for somebody or something
     * @param person whether a person does it
     * @param stuck  whether something failed there, and operators see to it
     */
    record NextStep(String step, @Nullable Instant at, boolean person, boolean stuck) {}

    /** A hold; parts as in {@link Hold}, the reason in words. */
    record HoldShown(
            String number,
            Hold.Kind kind,
            String reason,
            @Nullable String note,
            @Nullable Money amount,
            boolean coversAll,
            List<String> invoices,
            LocalDate since,
            @Nullable LocalDate until,
            List<Hold.Instalment> instalments,
            @Nullable Instant agreedAt,
            @Nullable String raisedBy,
            Hold.@Nullable Outcome outcome,
            @Nullable Instant endedAt,
            @Nullable String endedBy,
            @Nullable String endNote) {

        public boolean isActive() {
            return outcome == null;
        }
    }

    /** What an entry of the time line is. */
    enum EntryKind {
        /** A message or conversation. */
        CONTACT,
        /** The customer said something without talking to a person. */
        WORD,
        /** Somebody noted something about the customer. */
        NOTE,
        /** Somebody decided something about a case. */
        DECISION
    }

    /**
     * One line of what was said and noted.
     *
     * @param channel null for notes and decisions
     * @param state   of a contact
     * @param text    subject of the message, what came of a conversation, or the words of a note
     * @param by      login; null for what went out by itself, or came from the customer
     * @param link    path where it is kept as it was sent; null for notes
     */
    record Entry(
            Instant at,
            EntryKind kind,
            @Nullable Channel channel,
            @Nullable ContactState state,
            @Nullable String text,
            @Nullable String by,
            @Nullable String caseNumber,
            @Nullable String delivery,
            @Nullable String link) {}

    /**
     * Something that waits for a person.
     *
     * @param groups for whom it is
     * @param onHold whether it waits until a hold is over
     * @param link   path that opens it in Tasklist; null for who may not see it there
     */
    record OpenTask(
            String id,
            String name,
            @Nullable String assignee,
            List<String> groups,
            @Nullable Instant dueAt,
            boolean onHold,
            @Nullable String link) {}

    /** Active holds of that kind. */
    public List<HoldShown> active(Hold.Kind kind) {
        return holds.stream()
                .filter(hold -> hold.isActive() && hold.kind() == kind)
                .toList();
    }
}
