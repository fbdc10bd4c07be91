package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@DunlinTest
class PastScoresTest {

    /** The table keeps more digits after the point than the computation gives; the facts of a score are those of the profile. */
    private static final RecursiveComparisonConfiguration TO_THE_VALUE = RecursiveComparisonConfiguration.builder()
            .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
            .withIgnoredFields("facts")
            .build();

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
    private static final LocalDate MAY = LocalDate.of(2026, 5, 31);

    @Autowired
    PastScores past;

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    Experiences experiences;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    private Books books;
    private long good;
    private long slipping;
    private long fresh;

    @BeforeEach
    void three_customers_as_they_were_in_march() {
        books = new Books(jdbc, portfolio);
        good = books.customer("COMPANY", 120, "wholesale", 85);
        books.creditLimit(good, "1000.00", "USD");
        books.paid(good, MARCH.minusYears(1), MARCH.minusYears(1), "100.00");
        books.invoice(good, MARCH.minusDays(60), MARCH.minusDays(3), "USD", "400.00");
        slipping = books.company(30, "food");
        books.paid(slipping, MARCH.minusDays(20), MARCH.minusDays(20), "300.00");
        promise("kept", Experience.Kind.PROMISE_KEPT, MARCH.minusDays(1));
        fresh = books.company(5, null);
    }

    @Test
    void a_past_day_is_recomputed_as_it_was_concluded_on_that_day_and_nothing_is_written() {
        List<Long> all = List.of(good, slipping, fresh);
        profiles.refresh(all, MARCH);
        scores.score(all, MARCH);
        Map<Long, CustomerProfile> thenFacts = Map.of(
                good, profiles.profile(good), slipping, profiles.profile(slipping), fresh, profiles.profile(fresh));
        Map<Long, CustomerScore> thenScores = scores.current(all);

        books.invoice(slipping, MARCH.plusDays(1), MARCH.plusDays(2), "9000.00");
        promise("broken", Experience.Kind.PROMISE_BROKEN, MAY.minusDays(1));
        books.paid(good, MAY, MAY, "70.00");
        profiles.refresh(all, MAY);
        scores.score(all, MAY);
        assertThat(scores.current(slipping).segment())
                .isNotEqualTo(thenScores.get(slipping).segment());
        String rows = rows(all);

        Map<Long, PastScore> again = past.asOf(MARCH, all);

        assertThat(again).containsOnlyKeys(all);
        again.forEach((id, score) -> {
            assertThat(score.profile()).usingRecursiveComparison(TO_THE_VALUE).isEqualTo(thenFacts.get(id));
            assertThat(score.score()).usingRecursiveComparison(TO_THE_VALUE).isEqualTo(thenScores.get(id));
            assertThat(score.failure()).isNull();
        });
        assertThat(past.asOf(MAY, slipping).orElseThrow().score())
                .usingRecursiveComparison(TO_THE_VALUE)
                .isEqualTo(scores.current(slipping));
        assertThat(rows(all)).isEqualTo(rows);
    }

    @Test
    void all_customers_come_to_the_same_as_some() {
        List<PastScore> everybody = new ArrayList<>();
        past.allAsOf(MARCH, everybody::addAll);

        assertThat(everybody).extracting(PastScore::customerId).isSorted().doesNotHaveDuplicates();
        assertThat(everybody)
                .containsAll(past.asOf(MARCH, List.of(good, slipping, fresh)).values());
    }

    @Test
    void before_the_first_invoice_nothing_is_known() {
        PastScore before = past.asOf(LocalDate.of(2013, 6, 30), good).orElseThrow();

        assertThat(before.profile().monthsOfHistory()).isNull();
        assertThat(before.profile().openAmount()).isZero();
        assertThat(before.score())
                .isNotNull()
                .extracting(CustomerScore::behaviour)
                .isEqualTo("new");
    }

    @Test
    void whether_an_invoice_is_disputed_is_that_of_today() {
        long invoice = books.invoice(slipping, MARCH.minusDays(40), MARCH.minusDays(10), "500.00");
        assertThat(past.asOf(MARCH, slipping).orElseThrow().profile().overdueUndisputed())
                .isEqualByComparingTo("500");

        books.dispute(invoice);

        assertThat(past.asOf(MARCH, slipping).orElseThrow().profile().overdueUndisputed())
                .isZero();
    }

    @Test
    void who_does_not_exist_has_no_score() {
        assertThat(past.asOf(MARCH, -1L)).isEmpty();
    }

    private void promise(String reference, Experience.Kind kind, LocalDate on) {
        experiences.record(List.of(Experience.of(slipping, kind, on, reference + slipping)));
    }

    private String rows(List<Long> ids) {
        return jdbc.sql(
                        """
                        select string_agg(p::text || p.xmin || s::text || s.xmin, ' ' order by p.customer_id, s.id)
                        from customer_profile p join customer_score s on s.customer_id = p.customer_id
                        where p.customer_id = any(:ids)
                        """)
                .param("ids", ids.toArray(Long[]::new))
                .query(String.class)
                .single();
    }
}
