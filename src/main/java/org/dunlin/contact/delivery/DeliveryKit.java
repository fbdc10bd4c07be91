package org.dunlin.contact.delivery;

import java.time.Clock;
import org.camunda.bpm.engine.ExternalTaskService;
import org.dunlin.contact.Pace;
import org.dunlin.contact.clarify.UnknownContacts;
import org.dunlin.contact.details.ContactDetails;
import org.dunlin.contact.log.ContactLog;
import org.dunlin.contact.sending.RestoredBackup;
import org.dunlin.contact.sending.Sending;
import org.dunlin.platform.engine.EngineBatch;
import org.springframework.stereotype.Component;

/** What the worker of each channel works with. */
@Component
public final class DeliveryKit {

    private final ExternalTaskService tasks;
    private final StepReader reader;
    private final Lanes lanes;
    private final ContactLog contacts;
    private final Delivery delivery;
    private final UnknownContacts unknown;
    private final EngineBatch engineBatch;
    private final Pace pace;
    private final ContactDetails details;
    private final Sending sending;
    private final RestoredBackup backup;
    private final Clock clock;

    DeliveryKit(
            ExternalTaskService tasks,
            StepReader reader,
            Lanes lanes,
            ContactLog contacts,
            Delivery delivery,
            UnknownContacts unknown,
            EngineBatch engineBatch,
            Pace pace,
            ContactDetails details,
            Sending sending,
            RestoredBackup backup,
            Clock clock) {
        this.tasks = tasks;
        this.reader = reader;
        this.lanes = lanes;
        this.contacts = contacts;
        this.delivery = delivery;
        this.unknown = unknown;
        this.engineBatch = engineBatch;
        this.pace = pace;
        this.details = details;
        this.sending = sending;
        this.backup = backup;
        this.clock = clock;
    }

    ExternalTaskService tasks() {
        return tasks;
    }

    StepReader reader() {
        return reader;
    }

    Lanes lanes() {
        return lanes;
    }

    ContactLog contacts() {
        return contacts;
    }

    Delivery delivery() {
        return delivery;
    }

    UnknownContacts unknown() {
        return unknown;
    }

    EngineBatch engineBatch() {
        return engineBatch;
    }

    Pace pace() {
        return pace;
    }

    ContactDetails details() {
        return details;
    }

    Sending sending() {
        return sending;
    }

    RestoredBackup backup() {
        return backup;
    }

    Clock clock() {
        return clock;
    }
}
