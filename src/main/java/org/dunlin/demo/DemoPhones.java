package org.dunlin.demo;

import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.dunlin.contact.twilio.Reference;
import org.dunlin.platform.clock.DunlinClock;
import org.jspecify.annotations.Nullable;

/** The messages and calls that the demo has taken, and those that its customers have yet to notice. */
final class DemoPhones {

    /** As many as anybody would look up. */
    private static final int REMEMBERED = 500;

    private final DunlinClock clock;
    private final AtomicLong sids = new AtomicLong(System.nanoTime());
    private final ConcurrentLinkedDeque<Taken> taken = new ConcurrentLinkedDeque<>();
    private final Queue<Taken> unnoticed = new ConcurrentLinkedQueue<>();

    DemoPhones(DunlinClock clock) {
        this.clock = clock;
    }

    /** @param reference of the contact */
    record Taken(String sid, boolean call, String to, String from, String body, String created, Reference reference) {

        Map<String, Object> asJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("sid", sid);
            json.put("to", to);
            json.put("from", from);
            json.put("status", "queued");
            json.put("date_created", created);
            if (!call) {
                json.put("body", body);
            }
            return json;
        }
    }

    /** @throws IllegalArgumentException when it does not say for which contact it is */
    Taken take(boolean call, Map<String, String> form) {
        Taken one = new Taken(
                (call ? "CA" : "SM") + "%032x".formatted(sids.incrementAndGet()),
                call,
                form.getOrDefault("To", ""),
                form.getOrDefault("From", ""),
                form.getOrDefault("Body", ""),
                DateTimeFormatter.RFC_1123_DATE_TIME
                        .withLocale(Locale.ROOT)
                        .format(clock.instant().atOffset(ZoneOffset.UTC)),
                reference(form.getOrDefault("StatusCallback", "")));
        taken.addFirst(one);
        if (taken.size() > REMEMBERED) {
            taken.pollLast();
        }
        unnoticed.add(one);
        return one;
    }

    private static Reference reference(String callback) {
        String query = URI.create(callback).getQuery();
        return Reference.parse(query == null ? null : query.replaceFirst("^contact=", ""))
                .orElseThrow(() -> new IllegalArgumentException("Not for a contact: " + callback));
    }

    /** Those to a number, newest first. */
    Collection<Taken> to(@Nullable String number, boolean call) {
        return taken.stream()
                .filter(one -> one.call() == call && one.to().equals(number))
                .toList();
    }

    @Nullable
    Taken next() {
        return unnoticed.poll();
    }
}
