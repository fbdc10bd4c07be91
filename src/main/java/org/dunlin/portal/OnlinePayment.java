package org.dunlin.portal;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.dunlin.portal.Checkout.State;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment that a customer began.
 *
 * @param serviceId  null until the service has answered
 * @param key        of the order
 * @param invoiceIds what it is for
 * @param page       where the customer pays; null until the service has answered
 * @param returned   what is booked as gone back
 */
record OnlinePayment(
        long id,
        long linkId,
        long creditorId,
        @Nullable String serviceId,
        UUID key,
        Money amount,
        List<Long> invoiceIds,
        State state,
        @Nullable URI page,
        Money returned) {}
