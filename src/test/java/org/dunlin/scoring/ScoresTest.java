package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Description;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.InputExpression;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.scoring.CustomerScore.Reason;
import org.dunlin.scoring.Scores.ScoringFailure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@DunlinTest
class ScoresTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
    private static final LocalDate APRIL = LocalDate.of(2026, 4, 30);
    private static final LocalDate MAY = LocalDate.of(2026, 5, 31);

    @Autowired
    Profiles profiles;

    @Autowired
    Scores scores;

    @Autowired
    Portfolio portfolio;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RepositoryService repository;

    @Autowired
    TransactionTemplate transaction;

    private Books books;

    @BeforeEach
    void books() {
        books = new Books(jdbc, portfolio);
    }

    @Test
    void a_large_customer_who_pays_on_time_is_in_segment_a_and_every_point_is_explained() {
        long customer = books.customer("COMPANY", 120, "wholesale", 85);
        books.creditLimit(customer, "1000.00", "EUR");
        books.paid(customer, LocalDate.of(2024, 1, 31), LocalDate.of(2024, 1, 30), "100.00");
        books.paid(customer, MARCH, MARCH, "100.00");

        CustomerScore score = scored(customer, MARCH);

        assertThat(score.score()).isEqualTo(89);
        assertThat(score.segment()).isEqualTo("A");
        assertThat(score.cell()).isEqualTo("large, good payer");
        assertThat(score.behaviour()).isEqualTo("good");
        assertThat(score.size()).isEqualTo("large");
        assertThat(score.since()).isEqualTo(MARCH);
        assertThat(score.reasons())
                .containsExactly(
                        new Reason("Share of invoices paid late (%)", "Pays nearly every invoice on time", 16),
                        new Reason(
                                "Days late, large invoices weigh more",
                                "Money comes on the due date or a day or two later",
                                16),
                        new Reason(
                                "Oldest overdue invoice (days)", "Nothing is overdue today that is not disputed", 12),
                        new Reason("Share of invoices disputed (%)", "Hardly ever disputes an invoice", 4),
                        new Reason(
                                "External credit rating (0–100)",
                                "The credit bureau rates the customer as very safe",
                                8),
                        new Reason("Use of credit limit (%)", "Uses no more than half of the credit limit", 8),
                        new Reason("Months as customer", "Has been a customer for two years or more", 4),
                        new Reason("Sector", "A sector without particular risk", 2),
                        new Reason(
                                "Promises kept less broken (12 months)",
                                "No promise to pay was made in the last year, or as many were kept as were broken",
                                4),
                        new Reason("Payment plans broken (12 months)", "Broke no payment plan in the last year", 6),
                        new Reason(
                                "Trend of days late (6 months)",
                                "Too few invoices were paid to say whether payments come earlier or later than before",
                                2),
                        new Reason("Orders refused (12 months)", "No refused order is known of the last year", 2),
                        new Reason("Complaints (12 months)", "No complaint is known of the last year", 2),
                        new Reason(
                                "Insured (% of what is open)",
                                "Whether a credit insurer covers the customer is not known", 1),
                        new Reason("Risk of the region (0–100)", "The risk of the region is not known", 1),
                        new Reason("Risk of the sector (0–100)", "Nobody has rated the risk of the sector", 1),
                        new Reason("Company size", "A company with more than 50 employees", null),
                        new Reason("Payment behaviour", "Pays well: score 70 or more", null),
                        new Reason("Segment", "Large company that pays well", null));
        assertThat(score.terms())
                .isEqualTo(new PaymentTerms(
                        "netDays",
                        45,
                        "priority",
                        "Pays well and is important to us: more time than others, and deliveries come first"));
        assertThat(score.facts())
                .containsEntry("employees", 120)
                .containsEntry("shareLatePercent", 0)
                .containsEntry("externalRating", 85)
                .containsEntry("monthsOfHistory", 26);
    }

    @Test
    void a_customer_without_history_is_new_and_the_reasons_say_so() {
        long customer = books.company(null, null);

        CustomerScore score = scored(customer, MARCH);

        assertThat(score.behaviour()).isEqualTo("new");
        assertThat(score.segment()).isEqualTo("B");
        assertThat(score.cell()).isEqualTo("size unknown, new customer");
        assertThat(score.score()).isEqualTo(61);
        assertThat(score.reasons())
                .extracting(Reason::text)
                .contains(
                        "Nothing has been paid or gone overdue yet, so nothing is known about paying on time",
                        "Has never been invoiced",
                        "New: has not paid an invoice yet, and none is long overdue");
    }

    @Test
    void who_has_never_paid_stops_being_new_when_an_invoice_is_long_overdue() {
        long customer = books.company(10, null);
        books.invoice(customer, MARCH.minusDays(30), MARCH, "100.00");

        assertThat(scored(customer, MARCH.plusDays(30)).behaviour()).isEqualTo("new");
        assertThat(scored(customer, MARCH.plusDays(31)).behaviour()).isEqualTo("poor");
    }

    @Test
    void the_history_shows_how_a_customer_went_down_and_came_back_up() {
        long customer = books.company(30, null);
        books.paid(customer, MARCH, MARCH, "100.00");
        assertThat(scored(customer, MARCH).cell()).isEqualTo("medium, good payer");

        long late = books.invoice(customer, MARCH.minusDays(40), MARCH.minusDays(10), "5000.00");
        assertThat(scored(customer, APRIL).cell()).isEqualTo("medium, poor payer");

        books.credit(late, MAY.minusDays(1), "5000.00");
        assertThat(scored(customer, MAY).cell()).isEqualTo("medium, good payer");

        assertThat(history(customer))
                .containsExactly("A 2026-03-31..2026-04-30", "C 2026-04-30..2026-05-31", "A 2026-05-31..null");
        assertThat(scores.current(customer).since()).isEqualTo(MAY);
    }

    @Test
    void while_score_and_segment_stay_the_reasons_and_facts_follow_the_profile() {
        long customer = books.customer("COMPANY", 30, null, 85);
        books.paid(customer, MARCH, MARCH, "100.00");
        scored(customer, MARCH);
        jdbc.sql("update customer set external_rating = 99, sector = 'wholesale' where id = :id")
                .param("id", customer)
                .update();

        CustomerScore score = scored(customer, APRIL);

        assertThat(score.since()).isEqualTo(MARCH);
        assertThat(score.facts()).containsEntry("externalRating", 99);
        assertThat(score.reasons()).extracting(Reason::text).contains("A sector without particular risk");
        assertThat(history(customer)).hasSize(1);
    }

    @Test
    void within_one_day_the_last_conclusion_counts() {
        long customer = books.company(30, null);
        books.paid(customer, MARCH, MARCH, "100.00");
        scored(customer, MARCH);
        books.invoice(customer, MARCH.minusDays(200), MARCH.minusDays(170), "5000.00");

        CustomerScore score = scored(customer, MARCH);

        assertThat(score.segment()).isEqualTo("C");
        assertThat(history(customer)).containsExactly("C 2026-03-31..null");
    }

    @Test
    void a_second_run_on_the_same_day_scores_nobody_and_writes_nothing() {
        long customer = books.company(30, null);
        profiles.refreshAll(MARCH);
        assertThat(scores.scoreAll(MARCH)).isPositive();
        String rows = rows();

        assertThat(profiles.refreshAll(MARCH)).isZero();
        assertThat(scores.scoreAll(MARCH)).isZero();
        assertThat(scores.score(List.of(customer), MARCH)).isZero();

        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void only_customers_whose_facts_changed_are_scored_again() {
        long quiet = books.company(30, null);
        long busy = books.company(30, null);
        List<Long> both = List.of(quiet, busy);
        profiles.refresh(both, MARCH);
        assertThat(scores.score(both, MARCH)).isEqualTo(2);

        books.invoice(busy, MARCH, APRIL, "10.00");
        profiles.refresh(both, MARCH);

        assertThat(scores.score(both, MARCH)).isEqualTo(1);
    }

    @Test
    void one_customer_can_be_profiled_and_scored_within_a_transaction() {
        long customer = books.company(30, null);
        transaction.executeWithoutResult(status -> {
            books.paid(customer, MARCH, MARCH, "100.00");
            assertThat(scored(customer, MARCH).segment()).isEqualTo("A");
        });
        assertThat(scores.current(customer).segment()).isEqualTo("A");
    }

    @Test
    void who_was_never_scored_has_no_score() {
        long customer = books.company(30, null);

        assertThatThrownBy(() -> scores.current(customer)).isInstanceOf(EmptyResultDataAccessException.class);
    }

    @Test
    void an_edited_scorecard_scores_everybody_anew_and_one_it_cannot_judge_stops_nobody() {
        long fine = books.customer("COMPANY", 30, "poisonTestFine", null);
        long poisoned = books.customer("COMPANY", 30, "poisonTest", null);
        List<Long> both = List.of(poisoned, fine);
        profiles.refresh(both, MARCH);
        assertThat(scores.score(both, MARCH)).isEqualTo(2);
        int before = scores.current(fine).score();

        String deployment = deploy("scorecard", scorecard -> {
            // The row for other sectors gives three points more, and cannot be computed for one sector.
            OutputEntry points = scorecard.getModelElementById("sector5Points");
            points.getText().setTextContent("if sector = \"poisontest\" then \"many\" else 5");
            InputEntry anySector = scorecard.getModelElementById("sector5Sector");
            assertThat(anySector.getTextContent()).contains("not(");
        });
        try {
            assertThat(scores.score(both, APRIL)).isEqualTo(1);

            assertThat(scores.current(fine).score()).isEqualTo(before + 3);
            assertThat(scores.current(fine).since()).isEqualTo(APRIL);
            assertThat(scores.current(poisoned).since()).isEqualTo(MARCH);
            assertThat(scores.failures())
                    .filteredOn(failure -> failure.customerId() == poisoned)
                    .singleElement()
                    .extracting(ScoringFailure::reason)
                    .asString()
                    .contains("scorecard")
                    .contains("poisontest");
            assertThat(scores.score(both, APRIL))
                    .as("the poisoned one is tried again, the other is done")
                    .isZero();
        } finally {
            repository.deleteDeployment(deployment, true);
        }

        assertThat(scores.score(both, MAY)).isEqualTo(2);
        assertThat(scores.failures()).noneMatch(failure -> failure.customerId() == poisoned);
        assertThat(history(fine)).hasSize(3);
    }

    @Test
    void terms_follow_the_profile_within_the_row_and_a_gap_in_their_table_keeps_nobody_from_being_scored() {
        long customer = books.customer("COMPANY", 30, null, null);
        scored(customer, MARCH);
        assertThat(scores.current(customer).terms().payment()).isEqualTo("netDays");
        jdbc.sql("update customer set external_rating = 15 where id = :id")
                .param("id", customer)
                .update();

        String deployment = deploy("paymentTerms", table -> {
            InputEntry rating = table.getModelElementById("paymentTermsRule11ExternalRating");
            rating.getText().setTextContent("< 15");
        });
        try {
            CustomerScore score = scored(customer, APRIL);

            assertThat(score.terms().payment()).isNull();
            assertThat(score.terms().text()).startsWith("No recommendation:").contains("no rule applies");
            assertThat(score.facts()).containsEntry("externalRating", 15);
            assertThat(scores.failures()).noneMatch(failure -> failure.customerId() == customer);
        } finally {
            repository.deleteDeployment(deployment, true);
        }

        CustomerScore score = scored(customer, MAY);
        assertThat(score.terms().payment()).isEqualTo("prepayment");
        assertThat(score.terms().text()).isEqualTo("New, and the credit bureau warns: pays first, then we deliver");
    }

    /** What the guide for designers shows, step by step. */
    @Test
    void a_designer_adds_a_criterion_that_uses_a_fact_no_row_has_used_before() {
        long customer = books.company(30, "wholesale");
        for (int i = 1; i <= 3; i++) {
            books.paid(
                    customer, MARCH.minusDays(10L * i), MARCH.minusDays(10L * i).plusDays(i == 2 ? 60 : 0), "100.00");
        }
        LocalDate day = MARCH.plusDays(45);
        CustomerScore before = scored(customer, day);
        assertThat(before.facts()).containsEntry("spreadDaysLate", 28.3);
        assertThat(before.reasons()).extracting(Reason::criterion).doesNotContain("How far payments vary (days)");

        String deployment = deploy("scorecard", scorecard -> {
            DecisionTable table = scorecard.getModelElementById("scorecardTable");
            addColumn(table, "spreadDaysLate", "How far payments vary (days)");
            addRow(table, "null", "Too few payments to say how far they vary", "0");
            addRow(table, "<= 15", "Pays like clockwork, be it early or late", "0");
            addRow(table, "> 15", "One never knows when payments will come", "-5");
        });
        try {
            CustomerScore score = scored(customer, day);

            assertThat(score.score()).isEqualTo(before.score() - 5);
            assertThat(score.reasons())
                    .contains(new Reason("How far payments vary (days)", "One never knows when payments will come", -5))
                    .hasSize(before.reasons().size() + 1);
        } finally {
            repository.deleteDeployment(deployment, true);
        }

        assertThat(scored(customer, day).score()).isEqualTo(before.score());
        assertThat(scores.current(customer).reasons()).isEqualTo(before.reasons());
    }

    private static void addColumn(DecisionTable table, String fact, String label) {
        DmnModelInstance model = (DmnModelInstance) table.getModelInstance();
        Input input = model.newInstance(Input.class);
        input.setLabel(label);
        InputExpression expression = model.newInstance(InputExpression.class);
        expression.setTypeRef("double");
        expression.setText(text(model, fact));
        input.setInputExpression(expression);
        table.getInputs().add(input);
        for (Rule rule : table.getRules()) {
            rule.getInputEntries().add(cell(model, ""));
        }
    }

    /** A row that fills the last column only. */
    private static void addRow(DecisionTable table, String condition, String annotation, String points) {
        DmnModelInstance model = (DmnModelInstance) table.getModelInstance();
        Rule rule = model.newInstance(Rule.class);
        Description description = model.newInstance(Description.class);
        description.setTextContent(annotation);
        rule.setDescription(description);
        int columns = table.getInputs().size();
        for (int i = 1; i <= columns; i++) {
            rule.getInputEntries().add(cell(model, i == columns ? condition : ""));
        }
        OutputEntry output = model.newInstance(OutputEntry.class);
        output.setText(text(model, points));
        rule.getOutputEntries().add(output);
        table.getRules().add(rule);
    }

    private static InputEntry cell(DmnModelInstance model, String condition) {
        InputEntry entry = model.newInstance(InputEntry.class);
        entry.setText(text(model, condition));
        return entry;
    }

    private static Text text(DmnModelInstance model, String content) {
        Text text = model.newInstance(Text.class);
        text.setTextContent(content);
        return text;
    }

    private String deploy(String key, java.util.function.Consumer<DmnModelInstance> edit) {
        String live = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getId();
        DmnModelInstance model = repository.getDmnModelInstance(live);
        edit.accept(model);
        byte[] xml = Dmn.convertToString(model).getBytes(StandardCharsets.UTF_8);
        return repository
                .createDeployment()
                .addInputStream(key + ".dmn", new ByteArrayInputStream(xml))
                .deploy()
                .getId();
    }

    private CustomerScore scored(long customer, LocalDate asOf) {
        profiles.refresh(List.of(customer), asOf);
        scores.score(List.of(customer), asOf);
        return scores.current(customer);
    }

    private List<String> history(long customer) {
        return jdbc.sql(
                        """
                        select segment || ' ' || since || '..' || coalesce(until::text, 'null')
                        from customer_score where customer_id = :id order by since
                        """)
                .param("id", customer)
                .query(String.class)
                .list();
    }

    /** Changes with every row that is written, even to the same values. */
    private String rows() {
        Map<String, Object> row = jdbc.sql(
                        """
                        select (select md5(string_agg(xmin::text || ctid::text, ',' order by id)) from customer_score) as scores,
                               (select md5(string_agg(ctid::text, ',' order by customer_id)) from customer_profile) as profiles
                        """)
                .query()
                .singleRow();
        return row.toString();
    }
}
