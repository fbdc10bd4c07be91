package org.dunlin.portal;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.dunlin.portal.Checkout.Begun;
import org.dunlin.portal.Checkout.State;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the payments that customers began. */
@Repository
class OnlinePayments {

    /** Who clicks again within this time comes back to the payment they began. */
    private static final Duration SAME = Duration.ofMinutes(10);

    private static final Duration HOUR = Duration.ofHours(1);

    /** Payments that one link may begin in an hour. */
    private static final int MOST = 10;

    private final JdbcClient jdbc;
    private final Clock clock;

    OnlinePayments(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The payment to ask the service for: the one this customer has just begun, else a new one.
     *
     * @return empty when that was done so often that it is no longer a customer who wants to pay
     */
    @Transactional
    Optional<OnlinePayment> ask(Debt debt, Money amount, String service) {
        jdbc.sql("select id from pay_link where id = :id for no key update")
                .param("id", debt.link().id())
                .query(Long.class)
                .single();
        Long[] invoices = debt.open().stream().map(OpenInvoice::id).toArray(Long[]::new);
        Optional<OnlinePayment> begun = jdbc.sql(
                        """
                        select * from online_payment
                        where link_id = :link and service = :service and state in ('ASKED', 'OPEN') and began_at > :since
                          and amount = :amount and currency = :currency and invoice_ids = :invoices
                        order by id desc limit 1
                        """)
                .param("link", debt.link().id())
                .param("service", service)
                .param("since", now().minus(SAME))
                .param("amount", amount.amount())
                .param("currency", amount.currency().getCurrencyCode())
                .param("invoices", invoices)
                .query(OnlinePayments::payment)
                .optional();
        if (begun.isPresent()) {
            return begun;
        }
        long lately = jdbc.sql("select count(*) from online_payment where link_id = :link and began_at > :since")
                .param("link", debt.link().id())
                .param("since", now().minus(HOUR))
                .query(Long.class)
                .single();
        return lately >= MOST ? Optional.empty() : Optional.of(insert(debt, amount, service, invoices));
    }

    private OnlinePayment insert(Debt debt, Money amount, String service, Long[] invoices) {
        return jdbc.sql(
                        """
                        insert into online_payment (link_id, creditor_id, service, order_key, currency, amount, invoice_ids, state,
                                                    began_at, asked_at)
                        values (:link, :creditor, :service, :key, :currency, :amount, :invoices, 'ASKED', :now, :now)
                        returning *
                        """)
                .param("link", debt.link().id())
                .param("creditor", debt.creditor().id())
                .param("service", service)
                .param("key", UUID.randomUUID())
                .param("currency", amount.currency().getCurrencyCode())
                .param("amount", amount.amount())
                .param("invoices", invoices)
                .param("now", now())
                .query(OnlinePayments::payment)
                .single();
    }

    /** The service has made the payment. Two clicks at once get one and the same. */
    @Transactional
    void begun(OnlinePayment payment, Begun begun) {
        jdbc.sql(
                        """
                        update online_payment set service_id = :serviceId, page = :page, state = 'OPEN'
                        where id = :id and service_id is null
                        """)
                .param("serviceId", begun.id())
                .param("page", begun.page().toString())
                .param("id", payment.id())
                .update();
    }

    /** The service did not make it. Should it exist all the same, nobody was led to it. */
    @Transactional
    void notBegun(OnlinePayment payment) {
        jdbc.sql("update online_payment set state = 'ENDED' where id = :id and state = 'ASKED'")
                .param("id", payment.id())
                .update();
    }

    Optional<OnlinePayment> find(String service, String serviceId) {
        return jdbc.sql("select * from online_payment where service = :service and service_id = :id")
                .param("service", service)
                .param("id", serviceId)
                .query(OnlinePayments::payment)
                .optional();
    }

    /** The last one that was begun from that link. */
    Optional<OnlinePayment> latest(long linkId) {
        return jdbc.sql("select * from online_payment where link_id = :link order by id desc limit 1")
                .param("link", linkId)
                .query(OnlinePayments::payment)
                .optional();
    }

    /** As it stands, locked until the end of the transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    OnlinePayment lock(long id) {
        return jdbc.sql("select * from online_payment where id = :id for update")
                .param("id", id)
                .query(OnlinePayments::payment)
                .single();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void stands(long id, State state, @Nullable OffsetDateTime paidAt, Money returned) {
        jdbc.sql(
                        """
                        update online_payment set state = :state, paid_at = :paidAt, returned = :returned, asked_at = :now
                        where id = :id
                        """)
                .param("state", state.name())
                .param("paidAt", paidAt)
                .param("returned", returned.amount())
                .param("now", now())
                .param("id", id)
                .update();
    }

    /**
     * Payments that nobody has told us about for a while, taken for asking: each by one node. The older they are, the more rarely.
     *
     * @param limit at most so many
     */
    @Transactional
    List<OnlinePayment> takeForgotten(String service, int limit) {
        return jdbc.sql(
                        """
                        update online_payment set asked_at = :now
                        where id in (
                            select id from online_payment
                            where service = :service and state in ('OPEN', 'PENDING')
                              and asked_at < :now - greatest(interval '15 minutes', (asked_at - began_at) / 4)
                              and began_at > :now - interval '60 days'
                            order by asked_at limit :limit for update skip locked)
                        returning *
                        """)
                .param("service", service)
                .param("now", now())
                .param("limit", limit)
                .query(OnlinePayments::payment)
                .list();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static OnlinePayment payment(ResultSet row, int n) throws SQLException {
        String currency = row.getString("currency");
        String page = row.getString("page");
        return new OnlinePayment(
                row.getLong("id"),
                row.getLong("link_id"),
                row.getLong("creditor_id"),
                row.getString("service_id"),
                row.getObject("order_key", UUID.class),
                Money.of(row.getBigDecimal("amount"), currency),
                List.of((Long[]) row.getArray("invoice_ids").getArray()),
                State.valueOf(row.getString("state")),
                page == null ? null : URI.create(page),
                Money.of(row.getBigDecimal("returned"), currency));
    }
}
