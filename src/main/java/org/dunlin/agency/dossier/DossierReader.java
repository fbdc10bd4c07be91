package org.dunlin.agency.dossier;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dunlin.contact.Contact;
import org.dunlin.contact.Contacts;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.DunningCases;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.OpenInvoice;
import org.dunlin.receivables.PaymentReferences;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.CustomerScore;
import org.dunlin.scoring.Scores;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Collects what a dossier says. Only what concerns the creditor and the invoices of the case: the customer may owe others, and those are
 * nobody's business here.
 */
@Component
class DossierReader {

    private final DunningCases cases;
    private final Receivables receivables;
    private final PaymentReferences references;
    private final Contacts contacts;
    private final Holds holds;
    private final Scores scores;
    private final JdbcClient jdbc;

    DossierReader(
            DunningCases cases,
            Receivables receivables,
            PaymentReferences references,
            Contacts contacts,
            Holds holds,
            Scores scores,
            JdbcClient jdbc) {
        this.cases = cases;
        this.receivables = receivables;
        this.references = references;
        this.contacts = contacts;
        this.holds = holds;
        this.scores = scores;
        this.jdbc = jdbc;
    }

    /**
     * @param claimed what the agency is asked to collect
     * @param files   messages as they were sent, by name in the archive
     */
    record Found(Dossier dossier, List<OpenInvoice> claimed, Map<String, byte[]> files) {}

    Found read(DossierOrder order) {
        CaseStatement statement = cases.statement(order.caseId());
        DunningCase dunningCase = statement.dunningCase();
        Customer customer = receivables.customer(dunningCase.customerId());
        Creditor creditor = receivables.creditor(dunningCase.creditorId());
        LocalDate today = cases.today(dunningCase);
        List<Invoiced> invoiced = invoices(statement, today);
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<Hold> about = holds(dunningCase, invoiced);
        Dossier dossier = new Dossier(
                Dossier.VERSION,
                order.reference(),
                order.note(),
                order.at().truncatedTo(ChronoUnit.SECONDS),
                today,
                dunningCase.number(),
                dunningCase.currency(),
                new Dossier.Recipient(order.agencyId(), order.agencyName(), order.agencyKind()),
                creditor(creditor),
                debtor(customer),
                claim(statement, creditor, customer, today),
                invoiced.stream().map(Invoiced::line).toList(),
                payments(dunningCase.currency(), invoiced, today),
                messages(dunningCase, invoiced, creditor.timeZone(), files),
                promises(about, invoiced, creditor.timeZone()),
                disputes(about, invoiced, creditor.timeZone()),
                plans(about, invoiced, creditor.timeZone()),
                others(about, creditor.timeZone()),
                score(customer.id()));
        return new Found(dossier, statement.lines(), files);
    }

    private static Dossier.Creditor creditor(Creditor creditor) {
        return new Dossier.Creditor(
                creditor.number(),
                creditor.name(),
                creditor.street(),
                creditor.postalCode(),
                creditor.city(),
                creditor.country(),
                creditor.timeZone().getId(),
                creditor.vatNumber(),
                creditor.iban(),
                creditor.bic(),
                creditor.senderName(),
                creditor.senderEmail(),
                creditor.phone());
    }

    private static Dossier.Debtor debtor(Customer customer) {
        return new Dossier.Debtor(
                customer.number(),
                customer.kind().name(),
                customer.name(),
                customer.vatNumber(),
                customer.street(),
                customer.postalCode(),
                customer.city(),
                customer.country(),
                customer.language(),
                customer.persons().stream()
                        .map(person -> new Dossier.Person(person.name(), person.role(), person.email(), person.phone()))
                        .toList());
    }

    private Dossier.Claim claim(CaseStatement statement, Creditor creditor, Customer customer, LocalDate today) {
        LocalDate oldest = statement.lines().stream()
                .map(OpenInvoice::dueOn)
                .min(Comparator.naturalOrder())
                .orElse(today);
        return new Dossier.Claim(
                statement.total().amount(),
                statement.lines().size(),
                oldest,
                references.forCustomer(creditor, customer.id()).electronic());
    }

    private record Invoiced(long id, Dossier.Invoice line) {}

    private List<Invoiced> invoices(CaseStatement statement, LocalDate today) {
        Set<Long> claimed = statement.lines().stream().map(OpenInvoice::id).collect(Collectors.toSet());
        return jdbc.sql(
                        """
                        select i.id, i.number, i.issued_on, i.due_on, i.gross, i.currency, i.description,
                               coalesce(sum(a.amount) filter (where a.payment_id is not null), 0) as paid,
                               coalesce(sum(a.amount) filter (where a.credit_note_id is not null), 0) as credited
                        from dunning_case_invoice c
                            join invoice i on i.id = c.invoice_id
                            left join allocation a on a.invoice_id = i.id and a.effective_on <= :today
                        where c.case_id = :case and c.left_on is null and (i.withdrawn_on is null or i.withdrawn_on > :today)
                        group by i.id order by i.due_on, i.number
                        """)
                .param("case", statement.dunningCase().id())
                .param("today", today)
                .query((row, n) -> new Invoiced(row.getLong("id"), invoice(row, claimed, today)))
                .list();
    }

    private static Dossier.Invoice invoice(ResultSet row, Set<Long> claimed, LocalDate today) throws SQLException {
        String currency = row.getString("currency");
        BigDecimal gross = amount(row.getBigDecimal("gross"), currency);
        BigDecimal paid = amount(row.getBigDecimal("paid"), currency);
        BigDecimal credited = amount(row.getBigDecimal("credited"), currency);
        LocalDate due = row.getObject("due_on", LocalDate.class);
        return new Dossier.Invoice(
                row.getString("number"),
                row.getObject("issued_on", LocalDate.class),
                due,
                Math.max(0, ChronoUnit.DAYS.between(due, today)),
                gross,
                paid,
                credited,
                gross.subtract(paid).subtract(credited),
                claimed.contains(row.getLong("id")),
                row.getString("description"));
    }

    private List<Dossier.Booking> payments(String currency, List<Invoiced> invoiced, LocalDate today) {
        return jdbc.sql(
                        """
                        select a.effective_on, case when a.payment_id is null then 'CREDIT_NOTE' else 'PAYMENT' end as kind,
                               coalesce(p.number, n.number) as number, i.number as invoice, a.amount
                        from allocation a
                            join invoice i on i.id = a.invoice_id
                            left join payment p on p.id = a.payment_id
                            left join credit_note n on n.id = a.credit_note_id
                        where a.invoice_id = any(:invoices) and a.effective_on <= :today
                        order by a.effective_on, a.id
                        """)
                .param("invoices", ids(invoiced))
                .param("today", today)
                .query((row, n) -> new Dossier.Booking(
                        row.getObject("effective_on", LocalDate.class),
                        row.getString("kind"),
                        row.getString("number"),
                        row.getString("invoice"),
                        amount(row.getBigDecimal("amount"), currency)))
                .list();
    }

    /** Of this case; and of others, where they spoke of nothing else than these invoices. */
    private List<Dossier.Message> messages(
            DunningCase dunningCase, List<Invoiced> invoiced, ZoneId zone, Map<String, byte[]> files) {
        List<Long> ids = jdbc.sql(
                        """
                        select k.id from contact k
                        where k.customer_id = :customer and k.creditor_id = :creditor and k.state = 'SENT' and k.channel <> 'AGENCY'
                          and (k.case_id = :case
                               or exists (select 1 from contact_invoice l where l.contact_id = k.id)
                                  and not exists (
                                      select 1 from contact_invoice l
                                      where l.contact_id = k.id and l.invoice_id <> all(:invoices)))
                        order by k.sent_at, k.id
                        """)
                .param("customer", dunningCase.customerId())
                .param("creditor", dunningCase.creditorId())
                .param("case", dunningCase.id())
                .param("invoices", ids(invoiced))
                .query(Long.class)
                .list();
        List<Dossier.Message> messages = new ArrayList<>();
        for (Long id : ids) {
            messages.add(message(contacts.find(id).orElseThrow(), messages.size() + 1, zone, files));
        }
        return messages;
    }

    private static Dossier.Message message(Contact contact, int position, ZoneId zone, Map<String, byte[]> files) {
        Instant at = contact.sentAt() == null ? contact.claimedAt() : contact.sentAt();
        String name = "messages/%03d-%s-%s"
                .formatted(
                        position,
                        LocalDate.ofInstant(at, zone),
                        contact.channel().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        List<String> names = new ArrayList<>();
        if (contact.bodyText() != null && !contact.bodyText().isBlank()) {
            names.add(name + ".txt");
            files.put(name + ".txt", contact.bodyText().getBytes(StandardCharsets.UTF_8));
        }
        if (contact.bodyHtml() != null) {
            names.add(name + ".html");
            files.put(name + ".html", contact.bodyHtml().getBytes(StandardCharsets.UTF_8));
        }
        return new Dossier.Message(
                at.truncatedTo(ChronoUnit.SECONDS),
                contact.channel().name(),
                contact.kind(),
                contact.recipient(),
                contact.subject(),
                contact.detail(),
                contact.sentBy(),
                contact.bodyText(),
                contact.invoices().stream().map(Contact.Line::number).toList(),
                names);
    }

    /** Those about an invoice of the case, and those that this creditor's people set about everything; insolvency concerns all. */
    private List<Hold> holds(DunningCase dunningCase, List<Invoiced> invoiced) {
        Set<Long> ours = invoiced.stream().map(Invoiced::id).collect(Collectors.toSet());
        return holds.ofCustomer(dunningCase.customerId()).stream()
                .filter(hold -> hold.coversAll()
                        ? hold.kind() == Hold.Kind.INSOLVENCY || hold.creditorId() == dunningCase.creditorId()
                        : hold.invoices().stream().anyMatch(covered -> ours.contains(covered.invoiceId())))
                .sorted(Comparator.comparing(Hold::id))
                .toList();
    }

    private static List<Dossier.Promise> promises(List<Hold> holds, List<Invoiced> invoiced, ZoneId zone) {
        return of(
                holds,
                Set.of(Hold.Kind.PROMISE),
                hold -> new Dossier.Promise(
                        hold.number(),
                        hold.startsOn(),
                        hold.endsOn(),
                        amount(hold, invoiced),
                        outcome(hold),
                        endedOn(hold, zone),
                        numbers(hold, invoiced)));
    }

    private static List<Dossier.Dispute> disputes(List<Hold> holds, List<Invoiced> invoiced, ZoneId zone) {
        return of(
                holds,
                Set.of(Hold.Kind.DISPUTE),
                hold -> new Dossier.Dispute(
                        hold.number(),
                        hold.startsOn(),
                        hold.reason(),
                        hold.note(),
                        outcome(hold),
                        endedOn(hold, zone),
                        hold.endNote(),
                        numbers(hold, invoiced)));
    }

    private static List<Dossier.Plan> plans(List<Hold> holds, List<Invoiced> invoiced, ZoneId zone) {
        return of(
                holds,
                Set.of(Hold.Kind.PLAN),
                hold -> new Dossier.Plan(
                        hold.number(),
                        hold.startsOn(),
                        // The parts of a plan about more than this case say what the customer owes others.
                        isOursAlone(hold, invoiced)
                                ? hold.instalments().stream()
                                        .map(part -> new Dossier.Instalment(part.dueOn(), part.amount()))
                                        .toList()
                                : List.of(),
                        outcome(hold),
                        endedOn(hold, zone),
                        numbers(hold, invoiced)));
    }

    private static List<Dossier.Hold> others(List<Hold> holds, ZoneId zone) {
        return of(
                holds,
                Set.of(Hold.Kind.BLOCK, Hold.Kind.INSOLVENCY),
                hold -> new Dossier.Hold(
                        hold.number(),
                        hold.kind().name(),
                        hold.reason(),
                        hold.startsOn(),
                        hold.endsOn(),
                        outcome(hold),
                        endedOn(hold, zone)));
    }

    private static <T> List<T> of(List<Hold> holds, Set<Hold.Kind> kinds, Function<Hold, T> shown) {
        return holds.stream()
                .filter(hold -> kinds.contains(hold.kind()))
                .map(shown)
                .toList();
    }

    private static boolean isOursAlone(Hold hold, List<Invoiced> invoiced) {
        return numbers(hold, invoiced).size() == hold.invoices().size();
    }

    /** Of a hold about more than this case: what was open then of the invoices of this one. */
    private static @Nullable BigDecimal amount(Hold hold, List<Invoiced> invoiced) {
        if (isOursAlone(hold, invoiced)) {
            return hold.amount() == null ? null : hold.amount().amount();
        }
        Set<Long> ours = invoiced.stream().map(Invoiced::id).collect(Collectors.toSet());
        return hold.invoices().stream()
                .filter(covered -> ours.contains(covered.invoiceId()))
                .map(covered -> covered.openAtStart().amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static List<String> numbers(Hold hold, List<Invoiced> invoiced) {
        Map<Long, String> ours = invoiced.stream()
                .collect(Collectors.toMap(Invoiced::id, one -> one.line().number()));
        return hold.invoices().stream()
                .map(covered -> Optional.ofNullable(ours.get(covered.invoiceId())))
                .flatMap(Optional::stream)
                .toList();
    }

    private static @Nullable String outcome(Hold hold) {
        return hold.outcome() == null ? null : hold.outcome().name();
    }

    private static @Nullable LocalDate endedOn(Hold hold, ZoneId zone) {
        return hold.endedAt() == null ? null : LocalDate.ofInstant(hold.endedAt(), zone);
    }

    /** Without the reasons: they speak of the customer as a whole, and so of what they owe others. */
    private Dossier.@Nullable Score score(long customerId) {
        CustomerScore score = scores.current(List.of(customerId)).get(customerId);
        return score == null ? null : new Dossier.Score(score.score(), score.segment(), score.since());
    }

    private static Long[] ids(List<Invoiced> invoiced) {
        return invoiced.stream().map(Invoiced::id).toArray(Long[]::new);
    }

    private static BigDecimal amount(BigDecimal amount, String currency) {
        return new Money(amount, Currency.getInstance(currency)).amount();
    }
}
