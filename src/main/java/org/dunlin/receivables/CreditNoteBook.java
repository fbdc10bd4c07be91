package org.dunlin.receivables;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dunlin.receivables.Allocator.Group;
import org.dunlin.receivables.Allocator.Source;
import org.dunlin.receivables.Effects.Incoming;
import org.dunlin.receivables.Effects.Named;
import org.dunlin.receivables.WriteResult.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes credit notes. */
@Component
class CreditNoteBook {

    private final JdbcClient jdbc;

    CreditNoteBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record NewCreditNote(int index, long creditor, long customer, CreditNoteRow row) {}

    void write(Rows<CreditNoteRow> creditNotes, Parties parties, Effects effects) {
        for (List<Integer> wave : creditNotes.waves()) {
            List<Integer> good = wave.stream()
                    .filter(i -> parties.accept(
                            creditNotes,
                            i,
                            creditNotes.get(i).creditor(),
                            creditNotes.get(i).customer()))
                    .toList();
            Map<InvoiceKey, KnownMoney> known =
                    known(good.stream().map(creditNotes::get).toList(), parties);
            List<NewCreditNote> toWrite = new ArrayList<>();
            for (int i : good) {
                CreditNoteRow row = creditNotes.get(i);
                long creditor = parties.creditor(row.creditor());
                long customer = parties.customer(row.customer());
                KnownMoney old = known.get(new InvoiceKey(creditor, row.number()));
                if (old == null) {
                    toWrite.add(new NewCreditNote(i, creditor, customer, row));
                } else if (old.isSaidBy(
                        creditNotes, i, "credit note " + row.number(), customer, row.gross(), row.issuedOn())) {
                    effects.resent(creditNotes, i, new Source(null, old.id()), old, creditor, named(row));
                }
            }
            insert(creditNotes, toWrite, effects);
        }
    }

    private Map<InvoiceKey, KnownMoney> known(List<CreditNoteRow> rows, Parties parties) {
        Map<InvoiceKey, KnownMoney> found = new HashMap<>();
        if (rows.isEmpty()) {
            return found;
        }
        Columns.of(rows)
                .column("creditor_id", "bigint", row -> parties.creditor(row.creditor()))
                .text("number", CreditNoteRow::number)
                .in(
                        jdbc,
                        """
                        select n.id, n.creditor_id, n.number, n.customer_id, c.number as customer_number, n.currency,
                               n.gross as amount, n.issued_on as day,
                               coalesce((select sum(amount) from allocation a where a.credit_note_id = n.id), 0) as settled
                        from {input} join credit_note n using (creditor_id, number) join customer c on c.id = n.customer_id
                        """)
                .query((row, n) -> found.put(
                        new InvoiceKey(row.getLong("creditor_id"), row.getString("number")), KnownMoney.of(row)))
                .list();
        return found;
    }

    private void insert(Rows<CreditNoteRow> creditNotes, List<NewCreditNote> list, Effects effects) {
        if (list.isEmpty()) {
            return;
        }
        Map<InvoiceKey, NewCreditNote> written = new LinkedHashMap<>();
        list.forEach(
                note -> written.put(new InvoiceKey(note.creditor(), note.row().number()), note));
        Map<InvoiceKey, Long> ids = new HashMap<>();
        Columns.of(list)
                .column("creditor_id", "bigint", NewCreditNote::creditor)
                .column("customer_id", "bigint", NewCreditNote::customer)
                .text("number", note -> note.row().number())
                .column("issued_on", "date", note -> note.row().issuedOn())
                .text("currency", note -> note.row().gross().currency().getCurrencyCode())
                .column("gross", "numeric", note -> note.row().gross().amount())
                .text("invoice", note -> note.row().invoice())
                .in(
                        jdbc,
                        """
                        insert into credit_note (creditor_id, customer_id, number, issued_on, currency, gross, invoice_id)
                        select creditor_id, customer_id, number, issued_on, currency, gross,
                               (select i.id from invoice i where i.creditor_id = input.creditor_id and i.number = input.invoice)
                        from {input} order by creditor_id, number
                        on conflict (creditor_id, number) do nothing
                        returning id, creditor_id, number
                        """)
                .query((row, n) ->
                        ids.put(new InvoiceKey(row.getLong("creditor_id"), row.getString("number")), row.getLong("id")))
                .list();
        written.forEach((key, note) -> {
            Long id = ids.get(key);
            if (id == null) {
                KnownMoney.writtenAtTheSameMoment(
                        creditNotes, note.index(), note.row().number());
                return;
            }
            creditNotes.outcome(note.index(), Outcome.INSERTED);
            Group group = new Group(
                    note.creditor(),
                    note.customer(),
                    note.row().gross().currency().getCurrencyCode());
            effects.incoming.add(new Incoming(
                    creditNotes,
                    note.index(),
                    new Source(null, id),
                    group,
                    note.row().issuedOn(),
                    named(note.row()),
                    false));
        });
    }

    private static List<Named> named(CreditNoteRow row) {
        return row.invoice() == null ? List.of() : List.of(new Named(row.invoice(), null));
    }
}
