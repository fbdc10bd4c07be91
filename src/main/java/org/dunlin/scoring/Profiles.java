package org.dunlin.scoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import org.dunlin.scoring.CustomerProfile.Elsewhere;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the facts about every customer up to date. Formulas: {@link ProfileFacts}. */
@Repository
public class Profiles {

    private static final TypeReference<Map<String, Elsewhere>> ELSEWHERE = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final MergedCustomers merged;
    private final PaymentPatterns patterns;

    Profiles(JdbcClient jdbc, ObjectMapper json, MergedCustomers merged, PaymentPatterns patterns) {
        this.jdbc = jdbc;
        this.json = json;
        this.merged = merged;
        this.patterns = patterns;
    }

    /**
     * Computes the facts of all customers as the ledger stood at the end of a day; what was issued or became effective later is
     * not seen. Whether an invoice is disputed is known for today only. Pay-day patterns are facts too and looked for first.
     *
     * @return how many profiles were new or changed; 0 when nothing happened since
     */
    @Transactional
    public int refreshAll(LocalDate asOf) {
        // Somebody who was merged at the moment of the last refresh may have got a profile again.
        merged.retire(asOf);
        patterns.refreshAll(asOf);
        // A million invoices are sorted and hashed in memory instead of on disk; compiling the statement costs more
        // than it saves.
        jdbc.sql("set local work_mem = '128MB'").update();
        jdbc.sql("set local jit = off").update();
        return on(asOf, ProfileFacts.REFRESH_ALL).update();
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

    private JdbcClient.StatementSpec on(LocalDate asOf, String sql) {
        return jdbc.sql(sql)
                .param("asOf", asOf)
                .param("yearAgo", asOf.minusYears(1))
                .param("twoYearsAgo", asOf.minusYears(2));
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
