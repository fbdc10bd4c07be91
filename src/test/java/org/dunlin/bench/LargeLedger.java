package org.dunlin.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A ledger of very many customers, made by a few statements within the database, the same for the same size: five to ten invoices
 * each over two years, paid in time, late or very late, a tenth of them in two parts; a fifth of the customers owe something overdue; a
 * few contest, break a promise, sell in a second currency or have no limit. Keys and triggers are not checked, because what is
 * written is right by construction.
 */
final class LargeLedger {

    private static final String[] STATEMENTS = {
        "select setseed(0.25)",
        """
        insert into creditor (number, name, country, language, time_zone, sender_name, sender_email)
        select 'NL01', 'Lage Landen Trading BV', 'NL', 'nl', 'Europe/Amsterdam', 'Accounts receivable', 'ar@lagelanden.example'
        """,
        """
        insert into customer (number, kind, name, country, language, sector, employees, external_rating, credit_limit, credit_currency)
        select 'C' || n, case when random() < 0.05 then 'CONSUMER' else 'COMPANY' end, 'Customer ' || n, 'NL', 'nl',
               (array['wholesale', 'retail', 'construction', 'hospitality', 'food', 'transport', 'government', 'services', 'industry'])
                   [1 + floor(random() * 9)],
               case when random() < 0.9 then floor(exp(random() * 7)) end,
               case when random() < 0.67 then floor(random() * 101) end,
               case when random() < 0.8 then 5000 + floor(random() * 9) * 2500 end, 'EUR'
        from generate_series(1, ${customers}) n
        """,
        """
        create temporary table made as
        select row_number() over () as n, i.*, issued_on + 30 as due_on,
               case when not open then greatest(issued_on + 1, issued_on + 30 + case
                   when habit < 50 then floor(random() * 8)::int - 6
                   when habit < 83 then floor(random() * 20)::int
                   else 15 + floor(random() * 60)::int end) end as paid_on
        from (
            select c.id as customer_id, (c.id * 7919) % 100 as habit, k,
                   case when k = 0 then date '${day}' - 31 - floor(random() * 60)::int
                        when k = 1 then date '${day}' - floor(random() * 28)::int
                        else date '${day}' - 110 - floor(random() * 620)::int end as issued_on,
                   case when c.id % 40 = 0 and k < 2 then 'USD' else 'EUR' end as currency,
                   round((25 + exp(5.5 + (random() + random() + random() - 1.5) * 2.4))::numeric, 2) as gross,
                   random() < 0.02 as disputed,
                   k = 1 or k = 0 and c.id % 5 = 0 as open
            from customer c cross join lateral generate_series(0, 4 + (c.id % 6)::int) k
        ) i
        """,
        "update made set paid_on = date '${day}' where paid_on > date '${day}'",
        """
        insert into invoice (id, creditor_id, customer_id, number, issued_on, due_on, currency, gross, disputed, dispute_resolved)
        overriding system value
        select n, (select id from creditor), customer_id, 'I' || n, issued_on, due_on, currency, gross, disputed, disputed and not open
        from made order by n
        """,
        """
        insert into payment (id, creditor_id, customer_id, number, received_on, currency, amount)
        overriding system value
        select n, (select id from creditor), customer_id, 'P' || n, paid_on, currency, gross from made where not open order by n
        """,
        """
        insert into allocation (invoice_id, payment_id, effective_on, amount)
        select n, n, paid_on, case when n % 10 = 0 then round(gross / 2, 2) else gross end from made where not open
        union all
        select n, n, paid_on, gross - round(gross / 2, 2) from made where not open and n % 10 = 0
        order by 1
        """,
        """
        insert into customer_experience (customer_id, kind, happened_on, reference)
        select id, (array['PROMISE_KEPT', 'PROMISE_BROKEN', 'DISPUTE_RAISED', 'PLAN_BROKEN'])[1 + floor(random() * 4)],
               date '${day}' - floor(random() * 400)::int, 'R' || id || '-' || n
        from customer cross join generate_series(1, 4) n where id % 10 = 0
        """,
        "drop table made",
    };

    private LargeLedger() {}

    /** @return number of invoices */
    static long write(BenchmarkDatabase database, int customers) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("set pg_stat_statements.track = 'none'");
            for (String sql : STATEMENTS) {
                statement.execute(sql.replace("${customers}", Integer.toString(customers))
                        .replace("${day}", PortfolioFiles.DAY.toString()));
            }
            // As the database does by itself within minutes of an import.
            statement.execute("vacuum analyze");
        }
        return database.aside()
                .sql("select count(*) from invoice")
                .query(Long.class)
                .single();
    }
}
