package org.dunlin.scoring;

import java.math.BigDecimal;
import java.util.List;
import org.dunlin.receivables.CustomersMerged;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what others learnt about customers; the next refresh of a profile counts it. */
@Repository
public class Experiences {

    private final JdbcClient jdbc;

    Experiences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Part of the caller's transaction. What is known already, by kind and reference, is left as it is.
     *
     * @return how many were new
     */
    @Transactional
    public int record(List<Experience> experiences) {
        if (experiences.isEmpty()) {
            return 0;
        }
        return jdbc.sql(
                        """
                        insert into customer_experience (customer_id, kind, happened_on, reference, creditor_id, currency, amount)
                        select * from unnest(:customers, :kinds, cast(:days as date[]), :references, :creditors, :currencies, :amounts)
                            as e (customer_id, kind, happened_on, reference, creditor_id, currency, amount)
                        order by customer_id, kind, reference
                        on conflict (kind, reference) do nothing
                        """)
                .param(
                        "customers",
                        experiences.stream().map(Experience::customerId).toArray(Long[]::new))
                .param(
                        "kinds",
                        experiences.stream().map(each -> each.kind().name()).toArray(String[]::new))
                .param(
                        "days",
                        experiences.stream()
                                .map(each -> each.happenedOn().toString())
                                .toArray(String[]::new))
                .param(
                        "references",
                        experiences.stream().map(Experience::reference).toArray(String[]::new))
                .param(
                        "creditors",
                        experiences.stream().map(Experience::creditorId).toArray(Long[]::new))
                .param(
                        "currencies",
                        experiences.stream().map(Experiences::currency).toArray(String[]::new))
                .param("amounts", experiences.stream().map(Experiences::amount).toArray(BigDecimal[]::new))
                .update();
    }

    /** What was learnt about customers who turned out to be others was learnt about those. */
    void moved(CustomersMerged event) {
        jdbc.sql(
                        """
                        update customer_experience x set customer_id = m.heir
                        from unnest(:gone, :heirs) as m(gone, heir) where x.customer_id = m.gone
                        """)
                .param("gone", event.gone())
                .param("heirs", event.heirs())
                .update();
    }

    private static @Nullable String currency(Experience experience) {
        return experience.amount() == null
                ? null
                : experience.amount().currency().getCurrencyCode();
    }

    private static @Nullable BigDecimal amount(Experience experience) {
        return experience.amount() == null ? null : experience.amount().amount();
    }
}
