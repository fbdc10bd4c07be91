package org.dunlin.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.Effects.Incoming;
import org.dunlin.receivables.Effects.Named;
import org.jspecify.annotations.Nullable;

/** What a booking leads to beside the rows it writes. */
final class Effects {

    /** Where money and invoices may have to find each other. */
    final Set<Group> groups = new LinkedHashSet<>();

    /** Invoices that were not there before. */
    final List<InvoiceKey> arrived = new ArrayList<>();

    /** Money that was not there before. */
    final List<Incoming> incoming = new ArrayList<>();

    /** Money that was there and is still on account, whose payer now names invoices. */
    final List<Incoming> resent = new ArrayList<>();

    /** Money that settled an invoice it was meant for. */
    final Set<Source> claimed = new HashSet<>();

    /** Customers of whom an open amount may have changed, or what they contest. */
    final Set<Long> changed = new HashSet<>();

    /** An invoice that a payer named. */
    record Named(String invoice, @Nullable BigDecimal amount) {}

    /** Money, whose it is, and which invoices its payer named. */
    record Incoming(
            Rows<?> rows, int index, Source source, Group group, LocalDate day, List<Named> named, boolean known) {}

    /** Booked before: only money that is still on account listens to what its payer names now. */
    void resent(Rows<?> rows, int index, Source source, KnownMoney booked, long creditor, List<Named> named) {
        if (!named.isEmpty() && !booked.isSpent()) {
            resent.add(new Incoming(rows, index, source, booked.group(creditor), booked.day(), named, true));
        }
    }
}
