package org.dunlin.contact.twilio;

import java.util.function.Function;
import org.dunlin.contact.delivery.Carrier.Round;
import org.dunlin.contact.delivery.Handover;
import org.dunlin.contact.delivery.Parcel;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a batch. When Twilio is out of reach, or wants no more requests for now, it is not asked again in this batch: every
 * message would wait for it, and a customer's payments with the message.
 */
public final class StoppingRound implements Round {

    private final Function<Parcel, Handover> hand;
    private Handover.@Nullable NotSent stopped;

    public StoppingRound(Function<Parcel, Handover> hand) {
        this.hand = hand;
    }

    @Override
    public Handover hand(Parcel parcel) {
        if (stopped != null) {
            return stopped;
        }
        Handover handover = hand.apply(parcel);
        if (handover instanceof Handover.NotSent notSent && notSent.ofAll()) {
            stopped = notSent;
        }
        return handover;
    }

    @Override
    public void close() {
        // Every request had a connection of its own.
    }
}
