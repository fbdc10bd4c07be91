package org.dunlin.desk.customer;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.contact.Outcomes;
import org.dunlin.contact.inbound.CustomerWord;
import org.dunlin.contact.inbound.CustomerWords;
import org.dunlin.desk.customer.CustomerPicture.Balance;
import org.dunlin.desk.customer.CustomerPicture.Case;
import org.dunlin.desk.customer.CustomerPicture.Entry;
import org.dunlin.desk.customer.CustomerPicture.EntryKind;
import org.dunlin.desk.customer.CustomerPicture.Head;
import org.dunlin.desk.customer.CustomerPicture.HoldShown;
import org.dunlin.desk.customer.CustomerPicture.Invoice;
import org.dunlin.desk.customer.CustomerPicture.NextStep;
import org.dunlin.desk.customer.CustomerPicture.Person;
import org.dunlin.desk.customer.CustomerPicture.Said;
import org.dunlin.desk.customer.CustomerPicture.Standing;
import org.dunlin.desk.customer.CustomerPicture.Stop;
import org.dunlin.dunning.DisputeReasons;
import org.dunlin.dunning.DunningCase;
import org.dunlin.dunning.Hold;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.PayDays;
import org.dunlin.dunning.Rungs;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.Customer.ContactPerson;
import org.dunlin.receivables.EmailAddress;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.PhoneNumber;
import org.dunlin.receivables.Receivables;
import org.dunlin.scoring.CreditStop;
import org.dunlin.scoring.CreditStops;
import org.dunlin.scoring.CustomerScore;
import org.dunlin.scoring.Scores;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts together what is known of a customer, with a fixed number of statements. */
@Service
class Pictures {

    private static final int MOST_INVOICES = 1000;
    private static final int MOST_CASES = 30;
    private static final int MOST_HOLDS = 30;
    private static final int MOST_ENTRIES = 100;

    private final JdbcClient jdbc;
    private final Receivables receivables;
    private final CaseRows rows;
    private final NextSteps nextSteps;
    private final Scores scores;
    private final CreditStops creditStops;
    private final Holds holds;
    private final Contacts contacts;
    private final CustomerWords words;
    private final CustomerNotes notes;
    private final CustomerTasks tasks;
    private final PayDays payDays;
    private final Clock clock;

    Pictures(
            JdbcClient jdbc,
            Receivables receivables,
            CaseRows rows,
            NextSteps nextSteps,
            Scores scores,
            CreditStops creditStops,
            Holds holds,
            Contacts contacts,
            CustomerWords words,
            CustomerNotes notes,
            CustomerTasks tasks,
            PayDays payDays,
            Clock clock) {
        this.jdbc = jdbc;
        this.payDays = payDays;
        this.receivables = receivables;
        this.rows = rows;
        this.nextSteps = nextSteps;
        this.scores = scores;
        this.creditStops = creditStops;
        this.holds = holds;
        this.contacts = contacts;
        this.words = words;
        this.notes = notes;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException when there is no such customer */
    @Transactional(readOnly = true)
    public CustomerPicture of(long customerId) {
        Customer customer = receivables.customer(customerId);
        List<Invoice> open = rows.openInvoices(customerId);
        List<Entry> timeline = timeline(customerId);
        return new CustomerPicture(
                head(customer, open, timeline),
                persons(customer),
                open.stream().limit(MOST_INVOICES).toList(),
                Math.max(0, open.size() - MOST_INVOICES),
                cases(customerId),
                holds(customerId),
                timeline.stream().limit(MOST_ENTRIES).toList(),
                timeline.size() > MOST_ENTRIES,
                tasks.of(customerId));
    }

    private record Rest(
            String source,
            @Nullable Money creditLimit,
            @Nullable Integer creditUsePercent,
            @Nullable String zone,
            List<String> formerNumbers) {}

    private Head head(Customer customer, List<Invoice> open, List<Entry> timeline) {
        Rest rest = rest(customer.id());
        ZoneId zone = rest.zone() == null ? ZoneOffset.UTC : ZoneId.of(rest.zone());
        return new Head(
                customer.id(),
                rest.source(),
                customer.number(),
                rest.formerNumbers(),
                customer.name(),
                customer.kind(),
                customer.vatNumber(),
                customer.street(),
                customer.postalCode(),
                customer.city(),
                customer.country(),
                customer.language(),
                standing(customer.id()),
                payDays.usually(customer.id()).orElse(null),
                balances(open),
                creditStops.inForce(customer.id()).stream().map(Pictures::stop).toList(),
                rest.creditLimit(),
                rest.creditUsePercent(),
                customer.preferredChannel(),
                customer.accountManager(),
                said(timeline),
                LocalDate.ofInstant(clock.instant(), zone),
                zone);
    }

    private Rest rest(long customerId) {
        return jdbc.sql(
                        """
                        select c.source, c.credit_limit, c.credit_currency, p.credit_use_percent,
                               (select k.time_zone from invoice i join creditor k on k.id = i.creditor_id
                                where i.customer_id = c.id order by i.issued_on desc, i.id desc limit 1) as zone,
                               array(select m.number from customer m where m.merged_into = c.id order by m.number) as former
                        from customer c left join customer_profile p on p.customer_id = c.id
                        where c.id = :id
                        """)
                .param("id", customerId)
                .query((row, n) -> {
                    BigDecimal limit = row.getBigDecimal("credit_limit");
                    Array former = row.getArray("former");
                    return new Rest(
                            row.getString("source"),
                            limit == null ? null : Money.of(limit, row.getString("credit_currency")),
                            row.getObject("credit_use_percent", Integer.class),
                            row.getString("zone"),
                            List.of((String[]) former.getArray()));
                })
                .single();
    }

    private @Nullable Standing standing(long customerId) {
        CustomerScore score = scores.current(List.of(customerId)).get(customerId);
        return score == null
                ? null
                : new Standing(
                        score.score(),
                        score.segment(),
                        score.cell(),
                        score.behaviour(),
                        score.size(),
                        score.since(),
                        score.reasons());
    }

    private static List<Balance> balances(List<Invoice> open) {
        Map<String, Balance> balances = new LinkedHashMap<>();
        for (Invoice invoice : open) {
            Money nothing = Money.zero(invoice.open().currency());
            boolean late = invoice.isOverdue();
            balances.merge(
                    invoice.open().currency().getCurrencyCode(),
                    new Balance(
                            invoice.open(),
                            late ? invoice.open() : nothing,
                            1,
                            late ? 1 : 0,
                            Math.max(0, invoice.daysOverdue())),
                    (one, other) -> new Balance(
                            one.open().plus(other.open()),
                            one.overdue().plus(other.overdue()),
                            one.invoices() + other.invoices(),
                            one.overdueInvoices() + other.overdueInvoices(),
                            Math.max(one.oldestDaysOverdue(), other.oldestDaysOverdue())));
        }
        return List.copyOf(balances.values());
    }

    private static Stop stop(CreditStop stop) {
        return new Stop(
                stop.origin(),
                stop.reason(),
                stop.text(),
                stop.liftedWhen(),
                stop.since(),
                stop.endsOn(),
                stop.setBy(),
                stop.note());
    }

    private static @Nullable Said said(List<Entry> timeline) {
        return timeline.stream()
                .filter(entry -> entry.kind() == EntryKind.CONTACT && entry.state() == ContactState.SENT)
                .findFirst()
                .map(entry -> new Said(
                        entry.at(),
                        Objects.requireNonNull(entry.channel()),
                        entry.text(),
                        entry.by(),
                        Objects.requireNonNull(entry.link())))
                .orElse(null);
    }

    // Persons

    private List<Person> persons(Customer customer) {
        Map<String, String> wrong = wrong(customer.id());
        return customer.persons().stream()
                .map(person -> person(person, customer.country(), wrong))
                .toList();
    }

    private static Person person(ContactPerson person, String country, Map<String, String> wrong) {
        return new Person(
                person.name(),
                person.role(),
                person.email(),
                EmailAddress.parse(person.email()).map(Pictures::mailto).orElse(null),
                person.email() == null ? null : wrong.get(person.email()),
                person.phone(),
                PhoneNumber.parse(person.phone(), country)
                        .map(number -> "tel:" + number.e164())
                        .orElse(null),
                person.phone() == null ? null : wrong.get(person.phone()));
    }

    /** An address may hold what would begin the headers of the mail. */
    private static String mailto(EmailAddress address) {
        int at = address.text().indexOf('@');
        String local = URLEncoder.encode(address.text().substring(0, at), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return "mailto:" + local + "@" + address.domain();
    }

    /** Addresses and numbers by which nobody is reached, and why. */
    private Map<String, String> wrong(long customerId) {
        Map<String, String> wrong = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select address, reason from wrong_detail
                        where customer_id = :id and address is not null and (outcome is null or outcome = 'UNREACHABLE')
                        union all
                        select r.number, case when r.reason = 'OPTED_OUT' then 'Opted out of ' else 'Not reached by ' end
                               || case when r.channel = 'SMS' then 'text messages' else 'automated calls' end
                        from number_refusal r join contact_person p on p.phone = r.number where p.customer_id = :id
                        """)
                .param("id", customerId)
                .query((row, n) -> wrong.merge(
                        row.getString(1),
                        row.getString(2),
                        (one, other) -> one.equals(other) ? one : one + "; " + other))
                .list();
        return wrong;
    }

    // Cases and holds

    private List<Case> cases(long customerId) {
        List<CaseRows.Row> found = rows.cases(customerId, MOST_CASES);
        Map<String, NextStep> steps = nextSteps.of(found.stream()
                .filter(row -> row.state() == DunningCase.State.OPEN)
                .map(CaseRows.Row::frame)
                .filter(Objects::nonNull)
                .toList());
        return found.stream()
                .map(row -> new Case(
                        row.number(),
                        row.creditor(),
                        row.state(),
                        row.outcome(),
                        row.openedOn(),
                        row.closedOn(),
                        row.ladder(),
                        row.why(),
                        row.rung(),
                        Rungs.name(row.rung()),
                        row.invoices(),
                        row.open(),
                        row.heldSince(),
                        row.handedOverOn(),
                        row.frame() == null ? null : steps.get(row.frame())))
                .toList();
    }

    private List<HoldShown> holds(long customerId) {
        return holds.ofCustomer(customerId).stream()
                .sorted(Comparator.comparing(Hold::isActive).reversed())
                .limit(MOST_HOLDS)
                .map(Pictures::shown)
                .toList();
    }

    static HoldShown shown(Hold hold) {
        return new HoldShown(
                hold.number(),
                hold.kind(),
                reason(hold),
                hold.note(),
                hold.amount(),
                hold.coversAll(),
                hold.invoices().stream().map(Hold.Covered::number).toList(),
                hold.startsOn(),
                hold.endsOn(),
                hold.instalments(),
                hold.course().agreedAt(),
                hold.raisedBy(),
                hold.outcome(),
                hold.endedAt(),
                hold.endedBy(),
                hold.endNote());
    }

    private static String reason(Hold hold) {
        return switch (hold.kind()) {
            case PROMISE -> "Promise to pay";
            case PLAN -> "Payment plan";
            case DISPUTE -> DisputeReasons.words(hold.reason());
            case BLOCK, INSOLVENCY -> hold.reason();
        };
    }

    // What was said and noted

    /** One more than are shown, to know whether there are more. */
    private List<Entry> timeline(long customerId) {
        int most = MOST_ENTRIES + 1;
        List<Entry> entries = new ArrayList<>();
        Stream.of(
                        contacts.ofCustomer(customerId, most).stream().map(Pictures::entry),
                        words.ofCustomer(customerId, most).stream().map(Pictures::entry),
                        notes.latest(customerId, most).stream().map(Pictures::entry),
                        rows.decisions(customerId, most).stream().map(Pictures::entry))
                .flatMap(each -> each)
                .sorted(Comparator.comparing(Entry::at).reversed())
                .limit(most)
                .forEach(entries::add);
        return entries;
    }

    private static Entry entry(Contact.Summary contact) {
        return new Entry(
                contact.at(),
                EntryKind.CONTACT,
                contact.channel(),
                contact.state(),
                Optional.ofNullable(contact.subject()).orElseGet(() -> Outcomes.words(contact.detail())),
                contact.sentBy(),
                contact.caseNumber(),
                contact.deliveryState(),
                "/contacts/" + contact.id());
    }

    private static Entry entry(CustomerWord word) {
        return new Entry(
                word.receivedAt(),
                EntryKind.WORD,
                word.channel(),
                null,
                word.body(),
                null,
                null,
                null,
                word.contactId() == null ? null : "/contacts/" + word.contactId());
    }

    private static Entry entry(CustomerNotes.Note note) {
        return new Entry(note.notedAt(), EntryKind.NOTE, null, null, note.text(), note.notedBy(), null, null, null);
    }

    private static Entry entry(CaseRows.Decision decision) {
        String outcome = Outcomes.words(decision.outcome());
        return new Entry(
                decision.at(),
                EntryKind.DECISION,
                null,
                null,
                decision.text() == null || decision.text().isBlank() ? outcome : outcome + ": " + decision.text(),
                decision.by(),
                decision.caseNumber(),
                null,
                null);
    }
}
