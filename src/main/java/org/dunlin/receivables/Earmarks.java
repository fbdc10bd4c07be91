package org.dunlin.receivables;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dunlin.receivables.Allocator.Claim;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.Effects.Incoming;
import org.dunlin.receivables.Effects.Named;
import org.dunlin.receivables.InvoiceBook.KnownInvoice;
import org.dunlin.receivables.WriteResult.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Invoices that payers named for their money: those that are there, and those that the money waits for. */
@Component
class Earmarks {

    private final JdbcClient jdbc;
    private final InvoiceBook invoices;

    Earmarks(JdbcClient jdbc, InvoiceBook invoices) {
        this.jdbc = jdbc;
        this.invoices = invoices;
    }

    /** Customers whose money waits for one of these invoices; not always the customer of the invoice. */
    List<Long> customersWaitingFor(Rows<InvoiceRow> rows, Parties parties) {
        List<InvoiceRow> placed =
                rows.all().stream().filter(row -> parties.knows(row.creditor())).toList();
        if (placed.isEmpty()) {
            return List.of();
        }
        return Columns.of(placed)
                .column("creditor_id", "bigint", row -> parties.creditor(row.creditor()))
                .text("invoice_number", InvoiceRow::number)
                .in(
                        jdbc,
                        """
                        select distinct coalesce(p.customer_id, c.customer_id)
                        from {input}
                            join awaited_invoice w using (creditor_id, invoice_number)
                            left join payment p on p.id = w.payment_id
                            left join credit_note c on c.id = w.credit_note_id
                        """)
                .query(Long.class)
                .list();
    }

    /** Which money is meant for which invoice: what has been waiting for those that arrived first, then what came in. */
    List<Claim> claims(Parties parties, Effects effects) {
        readmitResentMoney(effects);
        List<Claim> claims = new ArrayList<>(claimsOfWaitingMoney(parties, effects));
        claims.addAll(claimsOfIncomingMoney(parties, effects));
        return claims;
    }

    private List<Claim> claimsOfWaitingMoney(Parties parties, Effects effects) {
        if (effects.arrived.isEmpty()) {
            return List.of();
        }
        record Due(Group group, Claim claim) {}
        List<Due> due = Columns.of(effects.arrived)
                .column("creditor_id", "bigint", InvoiceKey::creditor)
                .text("invoice_number", InvoiceKey::number)
                .in(
                        jdbc,
                        """
                        with due as (
                            select w.id, w.payment_id, w.credit_note_id, w.amount, i.id as invoice_id, w.creditor_id, i.currency,
                                   coalesce(p.customer_id, c.customer_id) as customer_id,
                                   coalesce(p.received_on, c.issued_on) as day
                            from {input}
                                join awaited_invoice w using (creditor_id, invoice_number)
                                join invoice i on i.creditor_id = w.creditor_id and i.number = w.invoice_number
                                left join payment p on p.id = w.payment_id
                                left join credit_note c on c.id = w.credit_note_id
                            where i.currency = coalesce(p.currency, c.currency)),
                        over as (delete from awaited_invoice where id in (select id from due)),
                        linked as (
                            update credit_note c set invoice_id = due.invoice_id from due where c.id = due.credit_note_id)
                        select * from due order by id
                        """)
                .query((row, n) -> new Due(
                        new Group(row.getLong("creditor_id"), row.getLong("customer_id"), row.getString("currency")),
                        new Claim(
                                new Source(
                                        row.getObject("payment_id", Long.class),
                                        row.getObject("credit_note_id", Long.class)),
                                row.getObject("day", LocalDate.class),
                                row.getLong("invoice_id"),
                                row.getBigDecimal("amount"))))
                .list();
        for (Due each : due) {
            // What the invoice does not take is free again.
            effects.groups.add(each.group());
            effects.changed.add(each.group().customer());
        }
        parties.lock(effects.changed);
        return due.stream().map(Due::claim).toList();
    }

    private List<Claim> claimsOfIncomingMoney(Parties parties, Effects effects) {
        Map<InvoiceKey, KnownInvoice> known = invoices.named(keysNamed(effects.incoming));
        parties.lock(known.values().stream().map(KnownInvoice::customer).toList());
        List<Claim> claims = new ArrayList<>();
        record Awaited(Incoming money, Named named) {}
        List<Awaited> awaited = new ArrayList<>();
        for (Incoming money : effects.incoming) {
            for (Named named : money.named()) {
                KnownInvoice invoice = known.get(new InvoiceKey(money.group().creditor(), named.invoice()));
                if (invoice != null && invoice.withdrawnOn() != null) {
                    money.rows()
                            .warn(
                                    money.index(),
                                    "invoice",
                                    named.invoice(),
                                    "the invoice was withdrawn on " + invoice.withdrawnOn()
                                            + ": the money settles what else is open, or waits on account",
                                    "ask the payer what it was meant for, or pay it back");
                } else if (invoice != null
                        && invoice.currency().equals(money.group().currency())) {
                    claims.add(new Claim(money.source(), money.day(), invoice.id(), named.amount()));
                } else {
                    awaited.add(new Awaited(money, named));
                    if (invoice == null) {
                        money.rows()
                                .warn(
                                        money.index(),
                                        "invoice",
                                        named.invoice(),
                                        "unknown invoice: the money waits on account until it arrives",
                                        "import the invoice, or send the row again with the right number");
                    } else {
                        money.rows()
                                .warn(
                                        money.index(),
                                        "invoice",
                                        named.invoice(),
                                        "the invoice is in " + invoice.currency() + " and the money in "
                                                + money.group().currency()
                                                + ": currencies never mix, so it waits on account",
                                        "correct the currency, or send the row again with the right invoice");
                    }
                }
            }
        }
        if (!awaited.isEmpty()) {
            Columns.of(awaited)
                    .column("payment_id", "bigint", a -> a.money().source().payment())
                    .column("credit_note_id", "bigint", a -> a.money().source().creditNote())
                    .column("creditor_id", "bigint", a -> a.money().group().creditor())
                    .text("invoice_number", a -> a.named().invoice())
                    .column("amount", "numeric", a -> a.named().amount())
                    .in(
                            jdbc,
                            """
                            insert into awaited_invoice (payment_id, credit_note_id, creditor_id, invoice_number, amount)
                            select payment_id, credit_note_id, creditor_id, invoice_number, amount from {input} order by row
                            """)
                    .update();
        }
        return claims;
    }

    private void readmitResentMoney(Effects effects) {
        if (effects.resent.isEmpty()) {
            return;
        }
        Map<Source, Set<String>> waitedFor = new HashMap<>();
        sources(effects.resent)
                .in(
                        jdbc,
                        """
                        delete from awaited_invoice where id in (
                            select w.id from {input} join awaited_invoice w on w.payment_id = input.payment_id
                            union all
                            select w.id from {input} join awaited_invoice w on w.credit_note_id = input.credit_note_id)
                        returning payment_id, credit_note_id, invoice_number as number
                        """)
                .query((row, n) -> waitedFor
                        .computeIfAbsent(source(row), s -> new HashSet<>())
                        .add(row.getString("number")))
                .list();
        Map<Source, Set<String>> served = new HashMap<>();
        sources(effects.resent)
                .in(
                        jdbc,
                        """
                        select a.payment_id, a.credit_note_id, i.number
                        from {input} join allocation a on a.payment_id = input.payment_id join invoice i on i.id = a.invoice_id
                        union all
                        select a.payment_id, a.credit_note_id, i.number
                        from {input}
                            join allocation a on a.credit_note_id = input.credit_note_id
                            join invoice i on i.id = a.invoice_id
                        """)
                .query((row, n) -> served.computeIfAbsent(source(row), s -> new HashSet<>())
                        .add(row.getString("number")))
                .list();
        Map<InvoiceKey, KnownInvoice> known = invoices.named(keysNamed(effects.resent));
        for (Incoming money : effects.resent) {
            Set<String> settled = served.getOrDefault(money.source(), Set.of());
            List<Named> left = money.named().stream()
                    .filter(named -> !settled.contains(named.invoice()))
                    .filter(named -> {
                        KnownInvoice invoice =
                                known.get(new InvoiceKey(money.group().creditor(), named.invoice()));
                        return invoice == null || invoice.withdrawnOn() == null;
                    })
                    .toList();
            Set<String> now = new HashSet<>(left.stream().map(Named::invoice).toList());
            if (!now.equals(waitedFor.getOrDefault(money.source(), Set.of()))) {
                money.rows().outcome(money.index(), Outcome.CHANGED);
            }
            effects.incoming.add(
                    new Incoming(money.rows(), money.index(), money.source(), money.group(), money.day(), left, true));
        }
    }

    private static List<InvoiceKey> keysNamed(List<Incoming> all) {
        return all.stream()
                .flatMap(money -> money.named().stream()
                        .map(named -> new InvoiceKey(money.group().creditor(), named.invoice())))
                .toList();
    }

    private static Columns<Incoming> sources(List<Incoming> money) {
        return Columns.of(money)
                .column("payment_id", "bigint", m -> m.source().payment())
                .column("credit_note_id", "bigint", m -> m.source().creditNote());
    }

    private static Source source(ResultSet row) throws SQLException {
        return new Source(row.getObject("payment_id", Long.class), row.getObject("credit_note_id", Long.class));
    }
}
