package org.dunlin.dunning;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dunlin.dunning.Hold.Instalment;
import org.dunlin.dunning.Hold.Kind;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Checks what somebody wants to have held, and writes it. */
@Component
class HoldRegistration {

    /** A task shows both, and the engine keeps texts of up to 4,000 characters. */
    private static final int LONGEST_NOTE = 2000;

    private static final int LONGEST_REASON = 200;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final HoldPolicy policy;
    private final Clock clock;

    HoldRegistration(JdbcClient jdbc, JdbcTemplate batch, HoldPolicy policy, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.policy = policy;
        this.clock = clock;
    }

    private record Line(long id, String number, long creditor, String currency, BigDecimal open, boolean due) {}

    /**
     * @return id of the hold
     * @throws InvalidOutcomeException when something about it cannot be
     */
    long register(NewHold wanted, @Nullable String processInstanceId) {
        checkTexts(wanted);
        boolean all = wanted.invoices().isEmpty() && (wanted.kind() == Kind.BLOCK || wanted.kind() == Kind.INSOLVENCY);
        List<Line> lines = all ? List.of() : lines(wanted);
        long creditor = all ? creditor(wanted) : lines.get(0).creditor();
        LocalDate today = today(creditor);
        Money amount = money(wanted, lines);
        List<Instalment> instalments = instalments(wanted, amount);
        if (wanted.kind() == Kind.PLAN) {
            check(instalments, Objects.requireNonNull(amount), today);
        }
        LocalDate endsOn = endsOn(wanted, instalments, today);
        long id = jdbc.sql(
                        """
                        insert into hold (number, kind, customer_id, creditor_id, covers_all, reason, note, currency, amount, starts_on,
                                          ends_on, state, raised_at, raised_by, process_instance_id)
                        values ('H' || nextval('hold_number'), :kind, :customer, :creditor, :all, :reason, :note, :currency, :amount,
                                :startsOn, :endsOn, 'ACTIVE', :at, :by, :instance)
                        returning id
                        """)
                .param("kind", wanted.kind().name())
                .param("customer", wanted.customerId())
                .param("creditor", creditor)
                .param("all", all)
                .param("reason", wanted.reason().strip())
                .param("note", wanted.note())
                .param("currency", amount == null ? null : amount.currency().getCurrencyCode())
                .param("amount", amount == null ? null : amount.amount())
                .param("startsOn", today)
                .param("endsOn", endsOn)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("by", wanted.by())
                .param("instance", processInstanceId)
                .query(Long.class)
                .single();
        batch.batchUpdate(
                "insert into hold_invoice (hold_id, invoice_id, open) values (?, ?, ?)",
                lines,
                Math.max(1, lines.size()),
                (statement, line) -> {
                    statement.setLong(1, id);
                    statement.setLong(2, line.id());
                    statement.setBigDecimal(3, line.open());
                });
        write(id, instalments);
        return id;
    }

    private static void checkTexts(NewHold wanted) {
        if (wanted.reason().isBlank()) {
            throw new InvalidOutcomeException("reason", "Say why");
        }
        checkText("reason", wanted.reason(), LONGEST_REASON);
        if (wanted.note() != null) {
            checkText("note", wanted.note(), LONGEST_NOTE);
        }
        if (wanted.kind() == Kind.INSOLVENCY && !wanted.invoices().isEmpty()) {
            throw new InvalidOutcomeException(
                    "invoices", "Insolvency is about everything the customer owes; leave the invoices out");
        }
    }

    private static void checkText(String field, String text, int longest) {
        if (text.length() > longest) {
            throw new InvalidOutcomeException(
                    field, "%d characters are too many; say it in %d".formatted(text.length(), longest));
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidOutcomeException(field, "There is a character in it that cannot be kept (NUL)");
        }
    }

    /** @throws InvalidOutcomeException when they do not add up to the plan or lie in the past */
    void replaceInstalments(Hold plan, List<Instalment> instalments) {
        check(instalments, Objects.requireNonNull(plan.amount()), today(plan.creditorId()));
        jdbc.sql("delete from hold_instalment where hold_id = :id")
                .param("id", plan.id())
                .update();
        write(plan.id(), instalments);
        jdbc.sql("update hold set ends_on = :on where id = :id")
                .param("on", instalments.get(instalments.size() - 1).dueOn())
                .param("id", plan.id())
                .update();
    }

    private void write(long holdId, List<Instalment> instalments) {
        for (int i = 0; i < instalments.size(); i++) {
            jdbc.sql(
                            "insert into hold_instalment (hold_id, position, due_on, amount) values (:id, :position, :on, :amount)")
                    .param("id", holdId)
                    .param("position", i + 1)
                    .param("on", instalments.get(i).dueOn())
                    .param("amount", instalments.get(i).amount())
                    .update();
        }
    }

    private List<Line> lines(NewHold wanted) {
        List<Line> open = jdbc.sql(
                        """
                        select o.invoice_id, o.number, o.creditor_id, o.currency, o.open, o.due_on <= (:now at time zone k.time_zone)::date as due
                        from creditor k
                            cross join lateral open_invoice((:now at time zone k.time_zone)::date) o
                        where o.creditor_id = k.id and o.customer_id = :customer
                          and (:creditor::bigint is null or o.creditor_id = :creditor)
                          and (:currency::text is null or o.currency = :currency)
                        order by o.due_on, o.number
                        """)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("customer", wanted.customerId())
                .param("creditor", wanted.creditorId())
                .param("currency", wanted.currency())
                .query((row, n) -> new Line(
                        row.getLong("invoice_id"),
                        row.getString("number"),
                        row.getLong("creditor_id"),
                        row.getString("currency"),
                        row.getBigDecimal("open"),
                        row.getBoolean("due")))
                .list();
        List<Line> chosen =
                wanted.invoices().isEmpty() ? open.stream().filter(Line::due).toList() : named(wanted.invoices(), open);
        if (chosen.isEmpty()) {
            throw new InvalidOutcomeException("invoices", "Nothing is open and due for which this could hold");
        }
        return chosen;
    }

    private static List<Line> named(List<String> numbers, List<Line> open) {
        List<Line> chosen = new ArrayList<>();
        for (String number : new LinkedHashSet<>(numbers)) {
            List<Line> found =
                    open.stream().filter(line -> line.number().equals(number)).toList();
            if (found.isEmpty()) {
                throw new InvalidOutcomeException(
                        "invoices", "Invoice " + number + " is not an open invoice of this customer; check its number");
            }
            chosen.addAll(found);
        }
        return chosen;
    }

    /** Sum of a promise or plan. */
    private static @Nullable Money money(NewHold wanted, List<Line> lines) {
        if (wanted.kind() != Kind.PROMISE && wanted.kind() != Kind.PLAN) {
            return null;
        }
        Set<String> currencies =
                new LinkedHashSet<>(lines.stream().map(Line::currency).toList());
        Set<Long> creditors =
                new LinkedHashSet<>(lines.stream().map(Line::creditor).toList());
        if (currencies.size() > 1 || creditors.size() > 1) {
            throw new InvalidOutcomeException(
                    "invoices",
                    "These invoices are of several currencies or creditors; name the invoices of one of them");
        }
        String currency = currencies.iterator().next();
        BigDecimal open = lines.stream().map(Line::open).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal amount = wanted.amount() == null ? open : wanted.amount();
        String field = wanted.kind() == Kind.PROMISE ? "promiseAmount" : "amount";
        if (amount.signum() <= 0) {
            throw new InvalidOutcomeException(field, "The amount must be above zero");
        }
        if (amount.compareTo(open) > 0) {
            throw new InvalidOutcomeException(
                    field, "Only " + Money.of(open, currency) + " is open; a promise cannot be higher");
        }
        try {
            return new Money(amount, Currency.getInstance(currency));
        } catch (ArithmeticException e) {
            throw new InvalidOutcomeException(field, amount + " has more decimals than " + currency);
        }
    }

    private static List<Instalment> instalments(NewHold wanted, @Nullable Money amount) {
        PlanTerms plan = wanted.plan();
        return plan == null || amount == null ? List.of() : plan.over(amount);
    }

    private @Nullable LocalDate endsOn(NewHold wanted, List<Instalment> instalments, LocalDate today) {
        LocalDate endsOn = wanted.kind() == Kind.PLAN && !instalments.isEmpty()
                ? instalments.get(instalments.size() - 1).dueOn()
                : wanted.endsOn();
        String field =
                switch (wanted.kind()) {
                    case PROMISE -> "promiseDate";
                    case PLAN -> "instalments";
                    default -> "until";
                };
        if (wanted.kind() == Kind.DISPUTE || wanted.kind() == Kind.INSOLVENCY) {
            return null;
        }
        if (endsOn == null) {
            throw new InvalidOutcomeException(field, "Enter the date");
        }
        if (endsOn.isBefore(today)) {
            throw new InvalidOutcomeException(field, "The date " + endsOn + " has passed; enter today or a later day");
        }
        int days = policy.longest(wanted.kind());
        if (endsOn.isAfter(today.plusDays(days))) {
            throw new InvalidOutcomeException(
                    field,
                    "The date %s is more than %d days away, the longest our policy allows".formatted(endsOn, days));
        }
        return endsOn;
    }

    private static void check(List<Instalment> instalments, Money total, LocalDate today) {
        if (instalments.isEmpty()) {
            throw new InvalidOutcomeException("instalments", "A plan needs at least one instalment");
        }
        LocalDate before = today;
        BigDecimal sum = BigDecimal.ZERO;
        for (Instalment instalment : instalments) {
            if (!instalment.dueOn().isAfter(before)) {
                throw new InvalidOutcomeException(
                        "instalments",
                        "Instalments lie in the future, each after the one before; %s does not"
                                .formatted(instalment.dueOn()));
            }
            if (instalment.amount().signum() <= 0) {
                throw new InvalidOutcomeException("instalments", "Each instalment must be above zero");
            }
            if (instalment.amount().stripTrailingZeros().scale()
                    > Math.max(0, total.currency().getDefaultFractionDigits())) {
                throw new InvalidOutcomeException(
                        "instalments", instalment.amount() + " has more decimals than " + total.currency());
            }
            before = instalment.dueOn();
            sum = sum.add(instalment.amount());
        }
        if (sum.compareTo(total.amount()) != 0) {
            throw new InvalidOutcomeException(
                    "instalments", "The instalments add up to %s, not to %s".formatted(sum, total));
        }
    }

    /** The creditor the customer deals with most, for holds on everything. */
    private long creditor(NewHold wanted) {
        if (wanted.creditorId() != null) {
            return wanted.creditorId();
        }
        return jdbc.sql(
                        """
                        select creditor_id from invoice where customer_id = :customer
                        group by creditor_id order by count(*) desc, creditor_id limit 1
                        """)
                .param("customer", wanted.customerId())
                .query(Long.class)
                .optional()
                .orElseThrow(
                        () -> new InvalidOutcomeException("customerNumber", "This customer has never had an invoice"));
    }

    private LocalDate today(long creditorId) {
        Instant now = clock.instant();
        return LocalDate.ofInstant(
                now,
                ZoneId.of(jdbc.sql("select time_zone from creditor where id = :id")
                        .param("id", creditorId)
                        .query(String.class)
                        .single()));
    }
}
