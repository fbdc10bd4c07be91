package org.dunlin.contact.post;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.dunlin.dunning.DunningCases;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.platform.engine.RefusedException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * When registered letters reached those to whom they were sent. A declaration has its effect when it has reached the other side, and
 * periods count from there: in the Netherlands article 3:37 (3) of the Civil Code, in Germany § 130 (1) of the Civil Code. The Dutch
 * article says, too, that one that did not reach them has its effect all the same where that was due to their own conduct; so a letter that
 * was refused or left at the post office counts from the day that is entered. Whether a court sees it so in a given case is no question
 * for a program.
 */
@Service
public class Receipts {

    private final JdbcClient jdbc;
    private final DunningCases cases;
    private final WorkCalendar calendar;
    private final LetterProperties properties;
    private final Clock clock;

    Receipts(JdbcClient jdbc, DunningCases cases, WorkCalendar calendar, LetterProperties properties, Clock clock) {
        this.jdbc = jdbc;
        this.cases = cases;
        this.calendar = calendar;
        this.properties = properties;
        this.clock = clock;
    }

    /** What the post says. */
    public enum Outcome {
        RECEIVED,
        /** Offered, and not taken. */
        REFUSED,
        /** Offered, and not fetched in time. */
        UNCLAIMED,
        /** Nobody of that name is there: it reached nobody, and no period begins. */
        UNKNOWN_ADDRESS,
        /** The post has not said anything; it is taken to have come after the usual days. */
        PRESUMED
    }

    /**
     * What is known of a letter.
     *
     * @param outcome null while nothing is known
     * @param on      the day from which periods count
     */
    public record Receipt(
            String trackingNumber, @Nullable Outcome outcome, @Nullable LocalDate on, @Nullable String recordedBy) {}

    private record Posted(long contactId, long caseId, int rung, Instant at, String country, ZoneId zone) {
        LocalDate on() {
            return LocalDate.ofInstant(at, zone);
        }
    }

    /** Keeps the tracking number of the letter that this step posted last. */
    @Transactional
    public void posted(String stepInstance, String trackingNumber) {
        jdbc.sql(
                        """
                        insert into letter_receipt (contact_id, tracking_number) values (:contact, :number)
                        on conflict (contact_id) do update set tracking_number = excluded.tracking_number
                        """)
                .param("contact", letter(stepInstance).contactId())
                .param("number", trackingNumber)
                .update();
    }

    /**
     * Somebody learned what became of the letter that this step posted last. Unless it reached nobody, the next wait counts from that day.
     *
     * @param on null for today
     * @throws RefusedException for a day that cannot be; nothing was changed
     */
    @Transactional
    public void received(String stepInstance, Outcome outcome, @Nullable LocalDate on, @Nullable String by) {
        Posted letter = letter(stepInstance);
        LocalDate today = LocalDate.ofInstant(clock.instant(), letter.zone());
        LocalDate day = on == null ? today : on;
        if (day.isAfter(today)) {
            throw new RefusedException("What is still to come cannot be recorded as done. Nothing was recorded.");
        }
        if (day.isBefore(letter.on())) {
            throw new RefusedException("The letter was posted on %s and cannot have come before. Nothing was recorded."
                    .formatted(letter.on()));
        }
        keep(letter, outcome, day, by);
    }

    /** Nobody learned anything: the letter is taken to have come so many working days after it was posted as is configured. */
    @Transactional
    public void presumed(String stepInstance) {
        Posted letter = letter(stepInstance);
        keep(letter, Outcome.PRESUMED, calendar.after(letter.country(), letter.on(), properties.presumedAfter()), null);
    }

    private void keep(Posted letter, Outcome outcome, LocalDate day, @Nullable String by) {
        cases.lock(letter.caseId());
        jdbc.sql(
                        """
                        update letter_receipt set outcome = :outcome, received_on = :day, recorded_at = :now, recorded_by = :by
                        where contact_id = :contact
                        """)
                .param("outcome", outcome.name())
                .param("day", day)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("by", by)
                .param("contact", letter.contactId())
                .update();
        if (outcome != Outcome.UNKNOWN_ADDRESS) {
            cases.contacted(letter.caseId(), letter.rung(), calendar.opening(day, letter.zone()));
        }
    }

    private Posted letter(String stepInstance) {
        return jdbc.sql(
                        """
                        select c.id, c.case_id, c.rung, c.sent_at, k.country, k.time_zone
                        from contact c join creditor k on k.id = c.creditor_id
                        where c.occurrence like :instance || ':%' and c.channel = 'REGISTERED_LETTER'
                        order by c.id desc limit 1
                        """)
                .param("instance", stepInstance)
                .query((row, n) -> new Posted(
                        row.getLong("id"),
                        row.getLong("case_id"),
                        row.getInt("rung"),
                        row.getTimestamp("sent_at").toInstant(),
                        row.getString("country"),
                        ZoneId.of(row.getString("time_zone"))))
                .single();
    }

    public Optional<Receipt> of(long contactId) {
        return jdbc.sql("select * from letter_receipt where contact_id = :id")
                .param("id", contactId)
                .query((row, n) -> new Receipt(
                        row.getString("tracking_number"),
                        row.getString("outcome") == null ? null : Outcome.valueOf(row.getString("outcome")),
                        row.getObject("received_on", LocalDate.class),
                        row.getString("recorded_by")))
                .optional();
    }

    /** Step instance of the letter with that number of which nothing is known yet. */
    Optional<String> waiting(String trackingNumber) {
        return jdbc.sql(
                        """
                        select split_part(c.occurrence, ':', 1) from letter_receipt r join contact c on c.id = r.contact_id
                        where r.tracking_number = :number and r.outcome is null order by c.id desc limit 1
                        """)
                .param("number", trackingNumber)
                .query(String.class)
                .optional();
    }
}
