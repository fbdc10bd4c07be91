package org.dunlin.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.dunlin.intake.Chunk.Line;
import org.dunlin.intake.Chunk.Records;
import org.dunlin.intake.IntakeRuns.Counts;
import org.dunlin.intake.IntakeRuns.RejectedRow;
import org.dunlin.receivables.Booking;
import org.dunlin.receivables.CollectionCostRow;
import org.dunlin.receivables.CreditInsuranceRow;
import org.dunlin.receivables.CreditNoteRow;
import org.dunlin.receivables.CreditorRow;
import org.dunlin.receivables.CustomerMergeRow;
import org.dunlin.receivables.CustomerRow;
import org.dunlin.receivables.GrossMarginRow;
import org.dunlin.receivables.InvoiceRow;
import org.dunlin.receivables.InvoiceWithdrawalRow;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.OpportunityRow;
import org.dunlin.receivables.PaymentReturnRow;
import org.dunlin.receivables.PaymentRow;
import org.dunlin.receivables.RegionRiskRow;
import org.dunlin.receivables.RowProblem;
import org.dunlin.receivables.RowProblem.Severity;
import org.dunlin.receivables.SectorRiskRow;
import org.dunlin.receivables.SignalRow;
import org.dunlin.receivables.Signals;
import org.dunlin.receivables.WriteResult;
import org.dunlin.receivables.WriteResult.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a chunk into the ledger: creditors and customers in one transaction, customers who turned out to be one in the next;
 * invoices, credit notes, payments, what became of those, signals, the problems found and how far the run is in the last. So a
 * restart goes on exactly after what is booked.
 */
@Component
class ChunkWriter {

    private static final Logger log = LoggerFactory.getLogger(ChunkWriter.class);

    private static final int ATTEMPTS = 5;

    private final Ledger ledger;
    private final Signals signals;
    private final IntakeRuns runs;
    private final TransactionTemplate transaction;

    ChunkWriter(Ledger ledger, Signals signals, IntakeRuns runs, TransactionTemplate transaction) {
        this.ledger = ledger;
        this.signals = signals;
        this.runs = runs;
        this.transaction = transaction;
    }

    /** @param header of the file, kept with the rows that are rejected */
    void write(long run, Chunk chunk, long bytesRead, List<String> header) {
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(run, chunk, bytesRead, header);
                return;
            } catch (TakenOverException e) {
                throw e;
            } catch (RuntimeException e) {
                if (runs.rowsRead(run) >= chunk.lines().get(chunk.size() - 1).row()) {
                    // Who listens for changes of the ledger is called after the commit: their failure is not ours.
                    log.error("Booked, but who wanted to know of it failed", e);
                    return;
                }
                if (e instanceof DataIntegrityViolationException refusal) {
                    split(run, chunk, bytesRead, header, refusal);
                    return;
                }
                // Somebody else held what we wanted and wanted what we held: one of the two gives way and comes again.
                if (!(e instanceof PessimisticLockingFailureException) || attempt == ATTEMPTS) {
                    throw e;
                }
                log.info(
                        "Lost a deadlock at row {}, trying again",
                        chunk.lines().get(0).row());
            }
        }
    }

    /** Something that only the database noticed: the row that has it is named, the others go in. */
    private void split(
            long run, Chunk chunk, long bytesRead, List<String> header, DataIntegrityViolationException cause) {
        if (chunk.size() > 1) {
            int half = chunk.size() / 2;
            write(run, chunk.part(0, half), bytesRead, header);
            write(run, chunk.part(half, chunk.size()), bytesRead, header);
            return;
        }
        Line line = chunk.lines().get(0);
        log.warn("The database refused line {}", line.source().line(), cause);
        line.records().clear();
        line.problems()
                .add(new IntakeProblem(
                        line.source().line(),
                        Severity.REJECTED,
                        null,
                        "row",
                        null,
                        "the database refused it: "
                                + String.valueOf(cause.getMostSpecificCause().getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse(""),
                        "report this: it should have been noticed before"));
        attempt(run, chunk, bytesRead, header);
    }

    private void attempt(long run, Chunk chunk, long bytesRead, List<String> header) {
        Outcomes outcomes = new Outcomes(chunk);
        Records<CreditorRow> creditors = chunk.records(CreditorRow.class);
        Records<CustomerRow> customers = chunk.records(CustomerRow.class);
        if (!creditors.rows().isEmpty() || !customers.rows().isEmpty()) {
            transaction.executeWithoutResult(status -> {
                outcomes.add(creditors, ledger::creditors);
                outcomes.add(customers, ledger::customers);
            });
        }
        Records<CustomerMergeRow> merges = chunk.records(CustomerMergeRow.class);
        if (!merges.rows().isEmpty()) {
            transaction.executeWithoutResult(status -> outcomes.add(merges, ledger::mergeCustomers));
        }
        transaction.executeWithoutResult(status -> {
            Records<InvoiceRow> invoices = chunk.records(InvoiceRow.class);
            Records<CreditNoteRow> creditNotes = chunk.records(CreditNoteRow.class);
            Records<PaymentRow> payments = chunk.records(PaymentRow.class);
            if (!invoices.rows().isEmpty()
                    || !creditNotes.rows().isEmpty()
                    || !payments.rows().isEmpty()) {
                Booking booking = ledger.book(invoices.rows(), creditNotes.rows(), payments.rows());
                outcomes.add(invoices, rows -> booking.invoices());
                outcomes.add(creditNotes, rows -> booking.creditNotes());
                outcomes.add(payments, rows -> booking.payments());
            }
            outcomes.add(chunk.records(InvoiceWithdrawalRow.class), ledger::withdrawInvoices);
            outcomes.add(chunk.records(PaymentReturnRow.class), ledger::returnPayments);
            outcomes.add(chunk.records(SignalRow.class), signals::signals);
            outcomes.add(chunk.records(OpportunityRow.class), signals::opportunities);
            outcomes.add(chunk.records(CreditInsuranceRow.class), signals::creditInsurances);
            outcomes.add(chunk.records(RegionRiskRow.class), signals::regionRisks);
            outcomes.add(chunk.records(SectorRiskRow.class), signals::sectorRisks);
            outcomes.add(chunk.records(GrossMarginRow.class), signals::grossMargins);
            outcomes.add(chunk.records(CollectionCostRow.class), signals::collectionCosts);
            runs.progress(
                    run,
                    chunk.lines().get(0).row() - 1,
                    outcomes.counts(),
                    bytesRead,
                    outcomes.problems(),
                    outcomes.rejected(header));
        });
    }

    /** What became of each line of a chunk. */
    private static final class Outcomes {

        private final Chunk chunk;
        private final List<List<IntakeProblem>> problems = new ArrayList<>();
        private final boolean[] inserted;
        private final boolean[] changed;

        Outcomes(Chunk chunk) {
            this.chunk = chunk;
            this.inserted = new boolean[chunk.size()];
            this.changed = new boolean[chunk.size()];
            chunk.lines().forEach(line -> problems.add(new ArrayList<>(line.problems())));
        }

        <T> void add(Records<T> records, Function<List<T>, WriteResult> write) {
            if (records.rows().isEmpty()) {
                return;
            }
            WriteResult result = write.apply(records.rows());
            for (int i = 0; i < records.rows().size(); i++) {
                int line = records.lines().get(i);
                inserted[line] |= result.outcomes().get(i) == Outcome.INSERTED;
                changed[line] |= result.outcomes().get(i) == Outcome.CHANGED;
            }
            for (RowProblem problem : result.problems()) {
                int line = records.lines().get(problem.row());
                FieldReader rule = records.rules().get(problem.row());
                problems.get(line)
                        .add(new IntakeProblem(
                                chunk.lines().get(line).source().line(),
                                problem.severity(),
                                rule.type().key(),
                                rule.label(field(rule.type(), problem.field())),
                                problem.value(),
                                problem.reason(),
                                problem.advice()));
            }
        }

        /** The ledger's word for a field, in the words of mapping files. */
        private static String field(RecordType type, String field) {
            if (type.fields().contains(field)) {
                return field;
            }
            if (field.equals("date")) {
                return type == RecordType.PAYMENT ? "receivedOn" : "issuedOn";
            }
            return field.equals("invoice") ? "invoices" : camelCase(field);
        }

        private static String camelCase(String words) {
            StringBuilder name = new StringBuilder();
            for (String word : words.split(" ")) {
                name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            return name.toString();
        }

        private boolean isRejected(int line) {
            return problems.get(line).stream().anyMatch(problem -> problem.severity() == Severity.REJECTED);
        }

        Counts counts() {
            long[] count = new long[4];
            long warnings = 0;
            for (int i = 0; i < chunk.size(); i++) {
                count[isRejected(i) ? 3 : inserted[i] ? 0 : changed[i] ? 1 : 2]++;
                warnings += problems.get(i).stream()
                        .filter(problem -> problem.severity() == Severity.WARNING)
                        .count();
            }
            return new Counts(chunk.size(), count[0], count[1], count[2], count[3], warnings);
        }

        List<IntakeProblem> problems() {
            return problems.stream().flatMap(List::stream).toList();
        }

        /** The rejected rows, with the header as row 0 when there are any. */
        List<RejectedRow> rejected(List<String> header) {
            List<RejectedRow> rejected = new ArrayList<>();
            for (int i = 0; i < chunk.size(); i++) {
                if (isRejected(i)) {
                    Line line = chunk.lines().get(i);
                    rejected.add(new RejectedRow(line.row(), line.source().fields()));
                }
            }
            if (!rejected.isEmpty()) {
                rejected.add(0, new RejectedRow(0, header));
            }
            return rejected;
        }
    }
}
