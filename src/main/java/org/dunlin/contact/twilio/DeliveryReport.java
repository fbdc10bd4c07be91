package org.dunlin.contact.twilio;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words in which Twilio tells what becomes of messages and calls, in the order in which they come. */
final class DeliveryReport {

    /** None of them is followed by another one of its line, whatever arrives late. */
    private static final List<List<String>> STAGES = List.of(
            List.of("accepted", "scheduled"),
            List.of("queued", "initiated"),
            List.of("sending", "ringing"),
            List.of("sent", "in-progress"),
            List.of("delivered", "undelivered", "failed", "canceled", "completed", "busy", "no-answer"));

    private DeliveryReport() {}

    /** What may have been told before this; empty for a word that says nothing to us. */
    static Optional<List<String>> before(@Nullable String state) {
        for (int i = 0; i < STAGES.size(); i++) {
            if (STAGES.get(i).contains(state == null ? "" : state)) {
                return Optional.of(
                        STAGES.stream().limit(i).flatMap(List::stream).toList());
            }
        }
        return Optional.empty();
    }

    /** Whether the message will not arrive any more. A call that nobody takes has arrived. */
    static boolean isBounce(String state) {
        return Stream.of("undelivered", "failed").anyMatch(state::equals);
    }
}
