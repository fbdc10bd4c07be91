package org.dunlin.contact.link;

import java.net.URI;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.dunlin.platform.PublicAddress;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Makes the links that messages carry, and finds them again when somebody opens one. */
@Repository
public class PayLinks {

    private final JdbcClient jdbc;
    private final LinkToken tokens;
    private final LinkProperties properties;
    private final PublicAddress address;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PayLinks(JdbcClient jdbc, LinkToken tokens, LinkProperties properties, PublicAddress address, Clock clock) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.properties = properties;
        this.address = address;
        this.clock = clock;
    }

    /**
     * The address to put into a message, in the transaction that sends it. Composing the same message again, to send it again or to
     * print it once more, gives the same link, with the invoices of this time and good for longer.
     *
     * @return empty where customers cannot reach us
     */
    public Optional<URI> make(PayLink.Occasion occasion) {
        if (!tokens.canSign() || address.of(PayLink.PATH).isEmpty()) {
            return Optional.empty();
        }
        LocalDate lastDay = today().plus(properties.valid());
        long id = keep(occasion, lastDay);
        return address.of(PayLink.PATH + tokens.seal(id, lastDay));
    }

    private long keep(PayLink.Occasion occasion, LocalDate lastDay) {
        return jdbc.sql(
                        """
                        insert into pay_link (id, occasion, creditor_id, customer_id, hold_id, reference, template, invoice_ids,
                                              made_at, last_day)
                        values (:id, :occasion, :creditor, :customer, :hold, :reference, :template, :invoices, :at, :lastDay)
                        on conflict (occasion) do update
                        set creditor_id = excluded.creditor_id, customer_id = excluded.customer_id, hold_id = excluded.hold_id,
                            invoice_ids = excluded.invoice_ids, last_day = greatest(pay_link.last_day, excluded.last_day)
                        returning id
                        """)
                .param("id", newId())
                .param("occasion", occasion.key())
                .param("creditor", occasion.creditorId())
                .param("customer", occasion.customerId())
                .param("hold", occasion.holdId())
                .param("reference", occasion.reference())
                .param("template", occasion.template())
                .param("invoices", occasion.invoiceIds().toArray(Long[]::new))
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("lastDay", lastDay)
                .query(Long.class)
                .single();
    }

    private long newId() {
        long id = random.nextLong();
        while (!LinkToken.isGood(id)) {
            id = random.nextLong();
        }
        return id;
    }

    /** The link of that token; empty when it is not one of ours, is over, or has gone. Which of these, nobody is told. */
    public Optional<PayLink> open(String token) {
        return tokens.open(token)
                .filter(opened -> !opened.lastDay().isBefore(today()))
                .flatMap(opened -> find(opened.id()));
    }

    /** By its id. */
    public Optional<PayLink> find(long id) {
        return jdbc.sql("select * from pay_link where id = :id")
                .param("id", id)
                .query(PayLinks::link)
                .optional();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static PayLink link(ResultSet row, int n) throws SQLException {
        Array invoices = row.getArray("invoice_ids");
        return new PayLink(
                row.getLong("id"),
                row.getLong("creditor_id"),
                row.getLong("customer_id"),
                row.getObject("hold_id", Long.class),
                row.getString("reference"),
                row.getString("template"),
                List.of((Long[]) invoices.getArray()));
    }
}
