package org.dunlin.portal;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dunlin.Portfolio;
import org.dunlin.contact.link.PayLink;
import org.dunlin.contact.link.PayLinks;

/** Customers who hold a link. */
final class Links {

    static final LocalDate DUE = LocalDate.of(2026, 3, 3);

    private static final AtomicInteger MESSAGES = new AtomicInteger();

    private final Portfolio portfolio;
    private final PayLinks links;

    Links(Portfolio portfolio, PayLinks links) {
        this.portfolio = portfolio;
        this.links = links;
    }

    /** A customer and the path of their link. */
    record Holder(long creditor, long customer, List<Long> invoices, String path) {}

    Holder of(String language, String... amounts) {
        long creditor = portfolio.creditor("NL");
        long customer = portfolio.customer(Portfolio.unique("LINK"), "NL", language, 30);
        List<Long> invoices = Arrays.stream(amounts)
                .map(amount -> portfolio.invoice(creditor, customer, DUE, amount))
                .toList();
        return new Holder(creditor, customer, invoices, path(creditor, customer, invoices));
    }

    String path(long creditor, long customer, List<Long> invoices) {
        return links.make(new PayLink.Occasion(
                        creditor,
                        customer,
                        null,
                        "T" + MESSAGES.incrementAndGet() + "-" + customer,
                        "reminder",
                        "EMAIL",
                        invoices))
                .orElseThrow()
                .getPath();
    }
}
