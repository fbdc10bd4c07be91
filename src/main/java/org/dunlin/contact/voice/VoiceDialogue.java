package org.dunlin.contact.voice;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dunlin.contact.Channel;
import org.dunlin.contact.Contact;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.inbound.CustomerWord.Meaning;
import org.dunlin.contact.inbound.CustomerWords;
import org.dunlin.contact.text.VoiceScript;
import org.dunlin.contact.twilio.Reference;
import org.dunlin.contact.voice.Calls.Turn;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.FollowUp;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The conversation of an automated call. Each turn is kept with what was said and what Twilio was told to do: the same request
 * delivered again, or a key pressed twice, gets the same answer and has no second effect.
 */
@Service
public class VoiceDialogue {

    /** Said so often without an answer that makes sense, and no more. */
    private static final int PATIENCE = 3;

    private final Calls calls;
    private final Contacts contacts;
    private final DunningCases cases;
    private final FollowUp followUp;
    private final CustomerWords words;
    private final Receivables receivables;
    private final WorkCalendar calendar;
    private final VoiceScript script;
    private final SpokenAnswer answer;
    private final VoiceProperties properties;
    private final Clock clock;

    VoiceDialogue(
            Calls calls,
            Contacts contacts,
            DunningCases cases,
            FollowUp followUp,
            CustomerWords words,
            Receivables receivables,
            WorkCalendar calendar,
            VoiceScript script,
            SpokenAnswer answer,
            VoiceProperties properties,
            Clock clock) {
        this.calls = calls;
        this.contacts = contacts;
        this.cases = cases;
        this.followUp = followUp;
        this.words = words;
        this.receivables = receivables;
        this.calendar = calendar;
        this.script = script;
        this.answer = answer;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Somebody or something has taken the call.
     *
     * @param answeredBy what Twilio takes it for
     * @return what Twilio is to do
     */
    @Transactional
    public String answered(Reference reference, String sid, @Nullable String answeredBy) {
        if (!calls.lock(reference.contactId(), reference.claim(), sid)) {
            return answer.hangUp();
        }
        return calls.turn(reference.contactId(), 0)
                .map(Turn::twiml)
                .orElseGet(() -> say(reference, 0, null, isMachine(answeredBy) ? Step.MACHINE : Step.HELLO));
    }

    /**
     * A key was pressed, or none for a while.
     *
     * @param turn after which it was
     * @param key  empty for none
     */
    @Transactional
    public String pressed(Reference reference, String sid, int turn, String key) {
        long contactId = reference.contactId();
        if (!calls.lock(contactId, reference.claim(), sid)) {
            return answer.hangUp();
        }
        List<Turn> turns = calls.turns(contactId);
        if (turn < 0 || turn >= turns.size()) {
            return answer.hangUp();
        }
        if (turn < turns.size() - 1) {
            return turns.get(turn + 1).twiml();
        }
        if (!turns.get(turn).step().asks()) {
            return answer.hangUp();
        }
        return say(reference, turn + 1, key, next(turns, key));
    }

    private static Step next(List<Turn> turns, String key) {
        Step step = turns.get(turns.size() - 1).step();
        Step next = step.next(key);
        long said = turns.stream().filter(turn -> turn.step() == next).count();
        return said >= PATIENCE ? Step.GOODBYE : next;
    }

    private static boolean isMachine(@Nullable String answeredBy) {
        return answeredBy != null && (answeredBy.startsWith("machine") || answeredBy.equals("fax"));
    }

    private String say(Reference reference, int turn, @Nullable String key, Step wanted) {
        Talk talk = new Talk(contacts.find(reference.contactId()).orElseThrow());
        Step step = talk.carryOut(wanted);
        String said = talk.words(step);
        String twiml = step.asks()
                ? answer.ask(talk.language, said, reference, turn)
                : answer.sayAndHangUp(talk.language, said);
        calls.add(reference.contactId(), new Turn(turn, step, key, said, twiml), clock.instant());
        return twiml;
    }

    /** With whom, about what. The ledger is read when it is spoken of: a payment may have come while the phone rang. */
    private final class Talk {

        private final Contact contact;
        private final String language;
        private final Creditor creditor;
        private final long caseId;

        Talk(Contact contact) {
            this.contact = contact;
            this.language = contact.language();
            this.creditor = receivables.creditor(contact.creditorId());
            this.caseId = Objects.requireNonNull(contact.caseId());
        }

        /** What a step does besides speaking; where it cannot, another one takes its place. */
        Step carryOut(Step step) {
            return switch (step) {
                case MESSAGE, PROMISE -> statement().worthwhile() ? step : Step.NOTHING_OPEN;
                case PROMISED -> promise();
                case CALL_BACK -> {
                    words.heard(
                            Channel.VOICE,
                            Objects.requireNonNull(contact.messageId()),
                            Objects.requireNonNull(contact.recipient()),
                            Meaning.CALL_BACK,
                            "Pressed 2 in an automated call: wants to be called back");
                    yield step;
                }
                default -> step;
            };
        }

        private Step promise() {
            if (!statement().worthwhile()) {
                return Step.NOTHING_OPEN;
            }
            try {
                followUp.promiseOfCustomer(caseId, promiseDate(), "Pressed 1 in an automated call");
                return Step.PROMISED;
            } catch (InvalidOutcomeException e) {
                // What is open is not to be promised any more: paid, or contested, in this very moment.
                return Step.NOTHING_OPEN;
            }
        }

        String words(Step step) {
            return switch (step) {
                case HELLO -> script.hello(language, creditor);
                case MESSAGE ->
                    script.message(language, Objects.requireNonNull(contact.template()), statement(), creditor) + " "
                            + script.keys(language, promiseDate());
                case PROMISE ->
                    script.promise(language, promiseDate(), statement().total());
                case PROMISED -> script.promised(language, promiseDate());
                case CALL_BACK -> script.callBack(language);
                case NOTHING_OPEN -> script.nothingOpen(language);
                case MACHINE -> script.machine(language, creditor);
                case GOODBYE -> script.goodbye(language);
            };
        }

        private CaseStatement statement() {
            return cases.statement(caseId);
        }

        private LocalDate promiseDate() {
            LocalDate today = LocalDate.ofInstant(clock.instant(), creditor.timeZone());
            return calendar.after(creditor.country(), today, properties.promiseDays());
        }
    }

    /** What came of the call with that contact, turn by turn. */
    @Transactional(readOnly = true)
    List<Turn> turns(long contactId) {
        return calls.turns(contactId);
    }

    /** How far it came; empty when nobody answered. */
    Optional<Step> end(long contactId) {
        List<Turn> turns = calls.turns(contactId);
        return turns.isEmpty()
                ? Optional.empty()
                : Optional.of(turns.get(turns.size() - 1).step());
    }
}
