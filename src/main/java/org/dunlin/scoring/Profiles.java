package org.dunlin.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.dunlin.scoring.CustomerProfile.Elsewhere;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the facts about every customer up to date. Formulas: {@link ProfileFacts}. */
@Repository
public class Profiles {

    private static final TypeReference<Map<String, Elsewhere>> ELSEWHERE = new TypeReference<>() {};

    /** Enough for reading the ledger's tables as a whole, few enough to have several at a time and to sort them in memory. */
    private static final int BATCH = 10_000;

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final MergedCustomers merged;
    private final PaymentPatterns patterns;
    private final ScoringProperties properties;
    private final CustomerBatches batches;

    Profiles(
            JdbcClient jdbc,
            ObjectMapper json,
            MergedCustomers merged,
            PaymentPatterns patterns,
            ScoringProperties properties,
            CustomerBatches batches) {
        this.jdbc = jdbc;
        this.json = json;
        this.merged = merged;
        this.patterns = patterns;
        this.properties = properties;
        this.batches = batches;
    }

    /** {@link #refreshAll(LocalDate, Progress)} with nobody listening. */
    public int refreshAll(LocalDate asOf) {
        return refreshAll(asOf, Progress.UNHEARD);
    }

    /**
     * Computes the facts of all customers as the ledger stood at the end of a day; what was issued or became effective later is
     * not seen. Whether an invoice is disputed is known for today only. Pay-day patterns are facts too and looked for first.
     * Works in batches, each committed by itself even within a caller's transaction; what that has not committed is not seen.
     *
     * @return how many profiles were new or changed; 0 when nothing happened since
     */
    public int refreshAll(LocalDate asOf, Progress progress) {
        // Somebody who was merged at the moment of the last refresh may have got a profile again.
        merged.retire(asOf);
        patterns.refreshAll(asOf);
        List<Long> ids = jdbc.sql("select id from customer where merged_into is null order by id")
                .query(Long.class)
                .list();
        progress.reached(0, ids.size());
        AtomicInteger done = new AtomicInteger();
        AtomicInteger changed = new AtomicInteger();
        batches.each(ids, BATCH, batch -> new Refreshed(batch.size(), refreshRange(batch, asOf)), refreshed -> {
            changed.addAndGet(refreshed.changed());
            progress.reached(done.addAndGet(refreshed.customers()), ids.size());
        });
        return changed.get();
    }

    private record Refreshed(int customers, int changed) {}

    private int refreshRange(List<Long> batch, LocalDate asOf) {
        forManyInvoices();
        return on(asOf, ProfileFacts.REFRESH_RANGE)
                .param("first", batch.get(0))
                .param("last", batch.get(batch.size() - 1))
                .update();
    }

    private void forManyInvoices() {
        // Hundreds of thousands of invoices are sorted and hashed in memory instead of on disk; compiling the statement
        // costs more than it saves, and a plan that suits all ranges suits none.
        jdbc.sql("set local work_mem = '128MB'").update();
        jdbc.sql("set local jit = off").update();
        planCacheMode("force_custom_plan");
    }

    /** The same for some customers; ids that do not exist are ignored. */
    @Transactional
    public int refresh(Collection<Long> customerIds, LocalDate asOf) {
        // For a few customers, planning a statement takes ten times as long as executing it: the plan is kept.
        planCacheMode("force_generic_plan");
        patterns.refresh(customerIds, asOf);
        int changed = on(asOf, ProfileFacts.REFRESH_SOME)
                .param("ids", customerIds.toArray(Long[]::new))
                .update();
        planCacheMode("auto");
        return changed;
    }

    private void planCacheMode(String mode) {
        jdbc.sql("set local plan_cache_mode = " + mode).update();
    }

    /** @throws org.springframework.dao.EmptyResultDataAccessException before the customer's first refresh */
    public CustomerProfile profile(long customerId) {
        return jdbc.sql("select * from customer_profile where customer_id = :id")
                .param("id", customerId)
                .query((row, n) -> profile(row))
                .single();
    }

    /**
     * Computes facts as the ledger stood at the end of a day and writes nothing; who has no facts of their own is missing. What is
     * known of a customer without a date (kind, sector, employees, rating, limit) and whether an invoice is disputed is that of today.
     *
     * @param customerIds ids that do not exist are ignored
     * @return in the order of ids, {@link CustomerProfile#changedOn()} being the day asked for
     */
    @Transactional(readOnly = true)
    public List<CustomerProfile> asOf(LocalDate day, Collection<Long> customerIds) {
        planCacheMode("force_generic_plan");
        List<CustomerProfile> found = read(
                on(day, ProfileFacts.READ_SOME).param("ids", customerIds.toArray(Long[]::new)),
                patterns.asOf(day, customerIds));
        planCacheMode("auto");
        return found;
    }

    /** The same for many customers whose ids ascend and leave nobody out between the first and the last. */
    @Transactional(readOnly = true)
    public List<CustomerProfile> asOfRange(LocalDate day, List<Long> ids) {
        forManyInvoices();
        return read(
                on(day, ProfileFacts.READ_RANGE).param("first", ids.get(0)).param("last", ids.get(ids.size() - 1)),
                patterns.asOf(day, ids));
    }

    private List<CustomerProfile> read(JdbcClient.StatementSpec facts, PaymentPatterns.Columns habits) {
        return facts.param("habitCustomers", habits.customers())
                .param("habitKinds", habits.kinds())
                .param("habitValues", habits.values())
                .param("habitConfidences", habits.confidences())
                .query((row, n) -> profile(row))
                .list();
    }

    private JdbcClient.StatementSpec on(LocalDate asOf, String sql) {
        return jdbc.sql(sql)
                .param("asOf", asOf)
                .param("yearAgo", asOf.minusYears(1))
                .param("twoYearsAgo", asOf.minusYears(2))
                .param("halfYearAgo", asOf.minusMonths(6))
                .param("eighteenMonthsAgo", asOf.minusMonths(18))
                .param("fewInvoices", properties.fewInvoices())
                .param("trendDays", properties.trendDays());
    }

    /** Reads a row of {@code customer_profile}. */
    CustomerProfile profile(ResultSet row) throws SQLException {
        return new CustomerProfile(
                row.getLong("customer_id"),
                row.getObject("changed_on", LocalDate.class),
                row.getString("kind"),
                row.getObject("employees", Integer.class),
                row.getString("sector"),
                row.getObject("external_rating", Integer.class),
                row.getString("currency"),
                row.getObject("months_of_history", Integer.class),
                row.getInt("invoices_paid"),
                row.getObject("share_late_percent", Integer.class),
                row.getBigDecimal("mean_days_late"),
                row.getBigDecimal("weighted_days_late"),
                row.getBigDecimal("lateness_trend_days"),
                row.getString("lateness_trend"),
                row.getBigDecimal("spread_days_late"),
                row.getBigDecimal("open_amount"),
                row.getBigDecimal("overdue_amount"),
                row.getBigDecimal("overdue_undisputed"),
                row.getInt("oldest_overdue_days"),
                row.getBigDecimal("mean_order_amount"),
                row.getBigDecimal("orders_per_month"),
                row.getBigDecimal("turnover_12_months"),
                row.getInt("disputed_percent"),
                row.getObject("credit_use_percent", Integer.class),
                row.getInt("overdue_invoices"),
                row.getInt("promises_kept"),
                row.getInt("promises_broken"),
                row.getInt("plans_kept"),
                row.getInt("plans_broken"),
                row.getInt("disputes_raised"),
                row.getInt("disputes_accepted"),
                row.getInt("disputes_rejected"),
                row.getInt("disputes_paid"),
                row.getString("pay_pattern"),
                row.getObject("pay_day", Integer.class),
                row.getObject("pattern_confidence", Integer.class),
                row.getInt("orders_refused"),
                row.getInt("complaints"),
                row.getInt("opportunities"),
                row.getBigDecimal("opportunity_amount"),
                row.getBigDecimal("insurer_limit"),
                row.getBigDecimal("insured_amount"),
                row.getObject("insured_until", LocalDate.class),
                row.getObject("insured_percent", Integer.class),
                row.getObject("region_risk", Integer.class),
                row.getObject("sector_risk", Integer.class),
                row.getInt("contacts_12_months"),
                row.getBigDecimal("collection_cost_12_months"),
                row.getBigDecimal("margin"),
                row.getObject("margin_percent", Integer.class),
                elsewhere(row.getString("other_currencies")));
    }

    private Map<String, Elsewhere> elsewhere(String text) {
        try {
            return json.readValue(text, ELSEWHERE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Unreadable other_currencies: " + text, e);
        }
    }
}
