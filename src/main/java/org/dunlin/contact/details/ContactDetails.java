package org.dunlin.contact.details;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.dunlin.contact.Channel;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.platform.engine.EngineBatch;
import org.dunlin.receivables.Receivables;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What does not lead to a customer. A person is asked for something better, once per customer and channel at a time; until then, and
 * when nothing better is known, the address is not used again.
 */
@Service
public class ContactDetails {

    /** For so long nobody is asked again for what could not be found. */
    private static final Duration NOT_ASKED_AGAIN = Duration.ofDays(180);

    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final Receivables receivables;
    private final EngineBatch engine;
    private final Clock clock;

    ContactDetails(JdbcClient jdbc, RuntimeService runtime, Receivables receivables, EngineBatch engine, Clock clock) {
        this.jdbc = jdbc;
        this.runtime = runtime;
        this.receivables = receivables;
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * An address or number by which a customer was not reached.
     *
     * @param address   null when none is known
     * @param reason    for people
     * @param contactId the message that did not arrive, if there was one
     */
    record Wrong(
            long id,
            long customerId,
            Channel channel,
            @Nullable String address,
            String reason,
            @Nullable Long contactId,
            Instant noticedAt) {}

    /**
     * The customer was not reached by it: from now on it is not used, and somebody is asked for a better one, unless somebody is being asked
     * already or found none lately.
     *
     * @param address null when none is known
     */
    @Transactional
    public void wrong(
            long customerId, Channel channel, @Nullable String address, String reason, @Nullable Long contactId) {
        Instant now = clock.instant();
        jdbc.sql(
                        """
                        insert into wrong_detail (customer_id, channel, address, reason, contact_id, noticed_at)
                        select :customer, :channel, :address, :reason, :contact, :now
                        where not exists (
                            select 1 from wrong_detail w
                            where w.customer_id = :customer and w.channel = :channel and w.address is not distinct from :address
                              and w.outcome = 'UNREACHABLE' and w.settled_at > :lately)
                        on conflict (customer_id, channel) where outcome is null do nothing
                        returning id
                        """)
                .param("customer", customerId)
                .param("channel", channel.name())
                .param("address", address)
                .param("reason", reason)
                .param("contact", contactId)
                .param("now", utc(now))
                .param("lately", utc(now.minus(NOT_ASKED_AGAIN)))
                .query(Long.class)
                .optional()
                .ifPresent(id -> ask(id, customerId));
    }

    private void ask(long id, long customerId) {
        String instance = runtime.startProcessInstanceByKey(
                        CorrectDetailsProcess.KEY,
                        receivables.customer(customerId).number(),
                        Map.of(CorrectDetailsProcess.DETAIL_ID, id, CorrectDetailsProcess.CUSTOMER_ID, customerId))
                .getProcessInstanceId();
        jdbc.sql("update wrong_detail set process_instance_id = :instance where id = :id")
                .param("instance", instance)
                .param("id", id)
                .update();
    }

    /**
     * Somebody learnt the postal address on another occasion: it is used from now on, and nobody else needs to look for it.
     *
     * @param by login
     */
    @Transactional
    public void addressLearnt(long customerId, String street, @Nullable String postalCode, String city, String by) {
        learnt(customerId, new Correction(null, null, street, postalCode, city), by);
    }

    /**
     * Somebody learnt how the customer is reached: it is used from now on, and nobody else needs to look for it.
     *
     * @param by login
     * @throws InvalidOutcomeException when what they entered cannot be used; nothing has changed then
     */
    @Transactional
    public void learnt(long customerId, Correction correction, String by) {
        correct(customerId, correction, by);
        List<String> known = new ArrayList<>();
        if (correction.email() != null) {
            known.add("EMAIL");
        }
        if (correction.phone() != null) {
            known.addAll(List.of("SMS", "VOICE", "CALL"));
        }
        if (correction.namesPlace()) {
            known.addAll(List.of("LETTER", "REGISTERED_LETTER"));
        }
        record Asked(long id, @Nullable String instance) {}
        for (Asked asked : jdbc.sql(
                        """
                        select id, process_instance_id from wrong_detail
                        where customer_id = :customer and channel = any(:channels) and outcome is null
                        """)
                .param("customer", customerId)
                .param("channels", known.toArray(String[]::new))
                .query((row, n) -> new Asked(row.getLong("id"), row.getString("process_instance_id")))
                .list()) {
            settled(asked.id(), "CORRECTED", by);
            if (asked.instance() != null) {
                engine.run(() -> runtime.deleteProcessInstanceIfExists(
                        asked.instance(), "The right one is known now", true, true, true, false));
            }
        }
    }

    /** Whether the customer is known not to be reached there; the reason. */
    public Optional<String> knownWrong(long customerId, Channel channel, String address) {
        return jdbc.sql(
                        """
                        select reason from wrong_detail
                        where customer_id = :customer and channel = :channel and address = :address
                          and (outcome is null or outcome = 'UNREACHABLE')
                        order by id desc limit 1
                        """)
                .param("customer", customerId)
                .param("channel", channel.name())
                .param("address", address)
                .query(String.class)
                .optional();
    }

    Wrong find(long id) {
        return jdbc.sql("select * from wrong_detail where id = :id")
                .param("id", id)
                .query((row, n) -> new Wrong(
                        row.getLong("id"),
                        row.getLong("customer_id"),
                        Channel.valueOf(row.getString("channel")),
                        row.getString("address"),
                        row.getString("reason"),
                        row.getObject("contact_id", Long.class),
                        row.getTimestamp("noticed_at").toInstant()))
                .single();
    }

    /**
     * What a person found out.
     *
     * @param outcome as the form offers it
     * @param by      login
     * @throws InvalidOutcomeException when what they entered cannot be used; nothing has changed then
     */
    @Transactional
    void settle(long id, String outcome, Correction correction, String by) {
        Wrong wrong = find(id);
        switch (outcome) {
            case CorrectDetailsProcess.CORRECTED -> {
                correct(wrong.customerId(), correction, by);
                settled(id, "CORRECTED", by);
            }
            case CorrectDetailsProcess.RIGHT -> settled(id, "RIGHT", by);
            case CorrectDetailsProcess.UNREACHABLE -> settled(id, "UNREACHABLE", by);
            default -> throw new InvalidOutcomeException("outcome", "Say what you found out");
        }
    }

    private void correct(long customerId, Correction correction, String by) {
        if (correction.isEmpty()) {
            throw new InvalidOutcomeException(
                    "outcome", "Enter what is right: an e-mail address, a phone number, or a postal address");
        }
        receivables.lockCustomers(List.of(customerId));
        if (correction.email() != null && !receivables.correctEmail(customerId, correction.email())) {
            throw new InvalidOutcomeException(
                    "correctEmail", "This is not an e-mail address; it looks like name@company.example");
        }
        if (correction.phone() != null && !receivables.correctPhone(customerId, correction.phone())) {
            throw new InvalidOutcomeException(
                    "correctPhone", "This is not a phone number; enter it with area code, or with + and country code");
        }
        if (correction.namesPlace()) {
            receivables.correctAddress(
                    customerId,
                    needed("correctStreet", correction.street()),
                    correction.postalCode(),
                    needed("correctCity", correction.city()),
                    clock.instant(),
                    by);
        }
    }

    private static String needed(String field, @Nullable String value) {
        if (value == null) {
            throw new InvalidOutcomeException(field, "A postal address needs street and city");
        }
        return value;
    }

    private void settled(long id, String outcome, String by) {
        jdbc.sql("update wrong_detail set outcome = :outcome, settled_at = :at, settled_by = :by where id = :id")
                .param("outcome", outcome)
                .param("at", utc(clock.instant()))
                .param("by", by)
                .param("id", id)
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
