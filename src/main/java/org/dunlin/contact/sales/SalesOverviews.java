package org.dunlin.contact.sales;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.dunlin.platform.engine.ModelBean;
import org.dunlin.receivables.EmailAddress;
import org.dunlin.receivables.Money;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets an overview, and what stands in it. */
@ModelBean("salesOverviews")
public class SalesOverviews {

    private final JdbcClient jdbc;
    private final IdentityService identity;
    private final Clock clock;

    SalesOverviews(JdbcClient jdbc, IdentityService identity, Clock clock) {
        this.jdbc = jdbc;
        this.identity = identity;
        this.clock = clock;
    }

    /** Logins of those who have an overdue customer and an e-mail address, and have not had this week's overview. */
    public List<String> accountManagers() {
        Set<String> told = jdbc
                .sql("select account_manager from sales_overview where week = :week")
                .param("week", week())
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toSet());
        return jdbc
                .sql(
                        """
                        select distinct c.account_manager
                        from creditor k
                            cross join lateral open_invoice((:now at time zone k.time_zone)::date) o
                            join customer c on c.id = o.customer_id
                        where o.creditor_id = k.id and o.due_on < (:now at time zone k.time_zone)::date
                          and c.account_manager is not null
                        order by 1
                        """)
                .param("now", utc(clock.instant()))
                .query(String.class)
                .list()
                .stream()
                .filter(login -> !told.contains(login) && address(login).isPresent())
                .toList();
    }

    /** Where that account manager is written to; empty for one who cannot log in or has no address. */
    Optional<EmailAddress> address(String login) {
        return user(login).flatMap(user -> EmailAddress.parse(user.getEmail()));
    }

    /** Their name as they are greeted. */
    String name(String login) {
        return user(login)
                .map(User::getFirstName)
                .filter(name -> !name.isBlank())
                .orElse(login);
    }

    private Optional<User> user(String login) {
        return Optional.ofNullable(identity.createUserQuery().userId(login).singleResult());
    }

    /** Their overdue customers today, the largest amount first; one who owes in two currencies stands there twice. */
    List<OverdueCustomer> customers(String login) {
        return jdbc.sql(
                        """
                        select c.number, c.name, o.currency, count(*) as invoices, sum(o.open) as overdue,
                               max((:now at time zone k.time_zone)::date - o.due_on) as days, coalesce(max(d.rung), 0) as rung,
                               coalesce(bool_and(d.held_since is not null), false) as on_hold,
                               coalesce(bool_or(d.handed_over_on is not null), false) as with_agency
                        from creditor k
                            cross join lateral open_invoice((:now at time zone k.time_zone)::date) o
                            join customer c on c.id = o.customer_id
                            left join dunning_case_invoice i on i.invoice_id = o.invoice_id and i.left_on is null
                            left join dunning_case d on d.id = i.case_id and d.state = 'OPEN'
                        where o.creditor_id = k.id and o.due_on < (:now at time zone k.time_zone)::date
                          and c.account_manager = :login
                        group by c.id, c.number, c.name, o.currency
                        order by sum(o.open) desc, c.number
                        """)
                .param("now", utc(clock.instant()))
                .param("login", login)
                .query((row, n) -> new OverdueCustomer(
                        row.getString("number"),
                        row.getString("name"),
                        row.getInt("invoices"),
                        Money.of(row.getBigDecimal("overdue"), row.getString("currency")),
                        row.getInt("days"),
                        row.getInt("rung"),
                        row.getBoolean("on_hold"),
                        row.getBoolean("with_agency")))
                .list();
    }

    /** Sender of mails within the house: that of the creditor with the most customers of theirs. */
    Optional<EmailAddress> sender(String login) {
        return jdbc.sql(
                        """
                        select k.sender_email from creditor k join invoice i on i.creditor_id = k.id
                            join customer c on c.id = i.customer_id
                        where c.account_manager = :login and k.sender_email is not null
                        group by k.id, k.sender_email order by count(distinct c.id) desc, k.id limit 1
                        """)
                .param("login", login)
                .query(String.class)
                .optional()
                .flatMap(EmailAddress::parse);
    }

    /** Keeps what is about to be sent. False when this week's was sent, or begun, before. */
    boolean claim(String login, String recipient, Overview overview) {
        return jdbc.sql(
                                """
                        insert into sales_overview (account_manager, week, claimed_at, recipient, subject, body_text, body_html)
                        values (:login, :week, :at, :recipient, :subject, :text, :html)
                        on conflict do nothing
                        """)
                        .param("login", login)
                        .param("week", week())
                        .param("at", utc(clock.instant()))
                        .param("recipient", recipient)
                        .param("subject", overview.subject())
                        .param("text", overview.text())
                        .param("html", overview.html())
                        .update()
                == 1;
    }

    /** It was certainly not sent, so it may be tried again. */
    void giveUp(String login) {
        jdbc.sql("delete from sales_overview where account_manager = :login and week = :week")
                .param("login", login)
                .param("week", week())
                .update();
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private LocalDate week() {
        return today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
