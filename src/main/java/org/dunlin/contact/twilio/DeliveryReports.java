package org.dunlin.contact.twilio;

import java.time.Clock;
import org.dunlin.contact.ContactBounced;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.clarify.UnknownContacts;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.log.ContactLog.Told;
import org.dunlin.contact.twilio.NumberRefusals.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what Twilio tells about messages and calls. The same told twice, or too late, changes nothing. */
@Service
public class DeliveryReports {

    private final ContactLog log;
    private final UnknownContacts unknown;
    private final NumberRefusals refusals;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DeliveryReports(
            ContactLog log,
            UnknownContacts unknown,
            NumberRefusals refusals,
            ApplicationEventPublisher events,
            Clock clock) {
        this.log = log;
        this.unknown = unknown;
        this.refusals = refusals;
        this.events = events;
        this.clock = clock;
    }

    /** @param state in Twilio's words; one that we do not know says nothing */
    @Transactional
    public void told(Reference reference, String sid, @Nullable String state, @Nullable Integer errorCode) {
        DeliveryReport.before(state)
                .flatMap(earlier -> log.delivered(
                        reference.contactId(),
                        reference.claim(),
                        sid,
                        earlier,
                        String.valueOf(state),
                        errorCode == null ? null : "Twilio " + errorCode,
                        clock.instant()))
                .ifPresent(told -> conclude(told, sid, String.valueOf(state), errorCode));
    }

    private void conclude(Told told, String sid, String state, @Nullable Integer errorCode) {
        if (told.state() == ContactState.UNKNOWN) {
            unknown.heardOf(told.contactId(), sid);
        }
        NumberErrors error = NumberErrors.of(errorCode);
        if (error != null && error.reason() != null && told.recipient() != null) {
            refusals.refused(told.recipient(), told.channel(), error.reason(), clock.instant());
        }
        if (DeliveryReport.isBounce(state)) {
            events.publishEvent(new ContactBounced(
                    told.contactId(),
                    told.channel(),
                    error != null && error.reason() == Reason.UNREACHABLE,
                    errorCode == null ? state : state + ", Twilio " + errorCode));
        }
    }
}
