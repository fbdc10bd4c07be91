package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.dunlin.DunlinTest;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.MatchedRule;
import org.dunlin.platform.security.Groups;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Asks the deployed tables with every value their rules distinguish, and one on each side of it, so that an edited table is
 * tested by the same tests: no rule without effect, no gap, no overlap, no output that leads nowhere.
 */
@DunlinTest
class DecisionTablesTest {

    /** What a profile may leave open; every other input is always known. */
    private static final Set<String> MAY_BE_UNKNOWN = Arrays.stream(CustomerProfile.class.getRecordComponents())
            .filter(fact -> fact.getAnnotatedType().isAnnotationPresent(Nullable.class))
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());

    /** What can be below zero. */
    private static final Set<String> MAY_BE_NEGATIVE = Set.of("marginPercent", "margin", "latenessTrendDays");

    /** Tables of which exactly one rule applies; the others collect rules, and have tests of their own. */
    private static final Set<String> ONE_RULE = Set.of(
            "companySize",
            "paymentBehaviour",
            "chooseLadder",
            "collectorLevel",
            "disputeDepartment",
            "chooseAgency",
            "callScript",
            "creditStopLift",
            "payDayPolicy",
            "paymentTerms");

    private static final Set<String> COLLECTING = Set.of("scorecard", "creditPolicy", "taskPriority");
    private static final Set<String> MATRIX = Set.of("segment");

    private static Set<String> oneRule() {
        return ONE_RULE;
    }

    private static Set<String> all() {
        Set<String> all = new TreeSet<>(ONE_RULE);
        all.addAll(COLLECTING);
        all.addAll(MATRIX);
        return all;
    }

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w\"])-?\\d+(\\.\\d+)?");

    /** An input may be the difference of two counts. */
    private static final Pattern DIFFERENCE = Pattern.compile("(\\w+) - (\\w+)");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");

    @Autowired
    Decisions decisions;

    @Autowired
    RepositoryService repository;

    @Autowired
    IdentityService identity;

    @Test
    void every_table_that_comes_with_dunlin_is_tested_here() throws IOException {
        Set<String> keys = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".dmn")).toList()) {
                Dmn.readModelFromFile(file.toFile())
                        .getModelElementsByType(Decision.class)
                        .forEach(decision -> keys.add(decision.getId()));
            }
        }

        assertThat(all()).isEqualTo(keys);
    }

    @ParameterizedTest
    @MethodSource("oneRule")
    void exactly_one_rule_applies_whatever_the_facts_and_none_is_without_use(String key) {
        DecisionTable table = table(key);
        // FIRST or UNIQUE: where several rules fit, FIRST takes one and UNIQUE fails the evaluation.
        assertThat(table.getHitPolicy()).isIn(HitPolicy.UNIQUE, HitPolicy.FIRST);
        Set<String> hit = new HashSet<>();

        for (Map<String, Object> facts : combinations(candidates(table))) {
            List<MatchedRule> rules = decisions.evaluate(key, facts).rules();
            assertThat(rules).as("%s", facts).hasSize(1);
            hit.add(rules.get(0).id());
        }

        assertThat(hit).containsExactlyInAnyOrderElementsOf(ruleIds(table));
    }

    @Test
    void every_cell_of_the_segment_matrix_is_reached_by_some_customer() {
        Map<String, Collection<Object>> facts = new LinkedHashMap<>(candidates(table("companySize")));
        facts.putAll(candidates(table("paymentBehaviour")));
        Set<String> hit = new HashSet<>();
        Set<String> cells = new HashSet<>();

        for (Map<String, Object> customer : combinations(facts)) {
            DecisionResult result = decisions.evaluate("segment", customer);
            assertThat(result.rules().stream().filter(rule -> rule.decision().equals("segment")))
                    .as("%s", customer)
                    .hasSize(1);
            result.rules().forEach(rule -> hit.add(rule.id()));
            cells.add(result.text("cell"));
            assertThat(result.text("segment")).isIn("A", "B", "C");
        }

        List<String> all = new ArrayList<>();
        List.of("segment", "companySize", "paymentBehaviour").forEach(key -> all.addAll(ruleIds(table(key))));
        assertThat(hit).containsExactlyInAnyOrderElementsOf(all);
        assertThat(cells)
                .as("each cell has a name of its own")
                .hasSize(ruleIds(table("segment")).size());
    }

    @Test
    void every_criterion_of_the_scorecard_gives_points_by_exactly_one_rule() {
        DecisionTable table = table("scorecard");
        Map<String, Collection<Object>> candidates = candidates(table);
        Map<String, String> labels =
                table.getInputs().stream().collect(Collectors.toMap(DecisionTablesTest::variable, Input::getLabel));
        Set<String> hit = new HashSet<>();
        Map<String, Object> facts = new HashMap<>();
        candidates.forEach((name, values) -> facts.put(name, values.iterator().next()));

        candidates.forEach((name, values) -> {
            Map<String, Object> varied = new HashMap<>(facts);
            for (Object value : values) {
                varied.put(name, value);
                List<MatchedRule> rules =
                        decisions.evaluate("scorecard", facts(varied)).rules();
                assertThat(rules.stream().flatMap(rule -> rule.criteria().stream()))
                        .as("%s = %s", name, value)
                        .containsExactlyInAnyOrderElementsOf(labels.values());
                rules.forEach(rule -> hit.add(rule.id()));
            }
        });

        assertThat(hit).containsExactlyInAnyOrderElementsOf(ruleIds(table));
    }

    @Test
    void no_mixture_of_limits_and_unknowns_leaves_a_criterion_without_points_or_gives_it_twice() {
        DecisionTable table = table("scorecard");
        Map<String, Collection<Object>> candidates = candidates(table);
        List<String> labels = table.getInputs().stream().map(Input::getLabel).toList();
        Random random = new Random(17);

        for (int i = 0; i < 500; i++) {
            Map<String, Object> mixture = new HashMap<>();
            // All that may be unknown is so in every tenth.
            boolean unknown = i % 10 == 0;
            candidates.forEach((name, values) -> {
                List<Object> list = new ArrayList<>(values);
                mixture.put(name, unknown && list.contains(null) ? null : list.get(random.nextInt(list.size())));
            });
            DecisionResult result = decisions.evaluate("scorecard", facts(mixture));
            assertThat(result.rules().stream().flatMap(rule -> rule.criteria().stream()))
                    .as("%s", mixture)
                    .containsExactlyInAnyOrderElementsOf(labels);
            assertThat(result.number().intValue()).as("%s", mixture).isBetween(0, 100);
        }
    }

    @Test
    void better_payers_get_better_terms_whatever_else_is_known() {
        DecisionTable table = table("paymentTerms");
        Map<String, Collection<Object>> others = candidates(table);
        others.remove("behaviour");

        for (Map<String, Object> other : combinations(others)) {
            int previous = Integer.MAX_VALUE;
            for (String behaviour : List.of("good", "fair", "poor")) {
                Map<String, Object> facts = new HashMap<>(other);
                facts.put("behaviour", behaviour);
                int days = Integer.parseInt(
                        decisions.evaluate("paymentTerms", facts).text("days"));
                assertThat(days).as("%s", facts).isBetween(0, 60).isLessThanOrEqualTo(previous);
                previous = days;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "good, A, , , , netDays 45 priority",
        "good, A, , 4, , netDays 30 normal",
        "good, A, , -30, , netDays 30 normal",
        "fair, B, 80, , , netDays 30 normal",
        "fair, B, 79, , , netDays 14 normal",
        "fair, C, , , , directDebit 14 normal",
        "poor, A, , , 90, cashOnDelivery 0 limited",
        "poor, C, , , , prepayment 0 afterPayment",
        "poor, C, 100, , , directDebit 14 limited",
        "new, B, , , , netDays 14 limited",
        "new, B, , , 39, prepayment 0 afterPayment",
        "new, C, , , 40, directDebit 7 limited"
    })
    void terms_follow_behaviour_segment_insurance_margin_and_rating(
            String behaviour, String segment, Integer insured, Integer margin, Integer rating, String terms) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("behaviour", behaviour);
        facts.put("segment", segment);
        facts.put("insuredPercent", insured);
        facts.put("marginPercent", margin);
        facts.put("externalRating", rating);

        DecisionResult result = decisions.evaluate("paymentTerms", facts);

        assertThat(result.text("payment") + " " + result.text("days") + " " + result.text("delivery"))
                .isEqualTo(terms);
    }

    @Test
    void the_points_of_the_scorecard_end_at_0_and_100() {
        Map<String, List<Integer>> points = new HashMap<>();
        DecisionTable table = table("scorecard");
        for (Rule rule : table.getRules()) {
            points.computeIfAbsent(criterion(table, rule), name -> new ArrayList<>())
                    .add(Integer.valueOf(cells(rule.getOutputEntries()).get(0)));
        }

        assertThat(points.values().stream()
                        .mapToInt(each ->
                                each.stream().mapToInt(Integer::intValue).min().orElseThrow())
                        .sum())
                .isZero();
        assertThat(points.values().stream()
                        .mapToInt(each ->
                                each.stream().mapToInt(Integer::intValue).max().orElseThrow())
                        .sum())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "shareLatePercent, false",
        "weightedDaysLate, false",
        "oldestOverdueDays, false",
        "disputedPercent, false",
        "creditUsePercent, false",
        "plansBroken, false",
        "ordersRefused, false",
        "complaints, false",
        "regionRisk, false",
        "sectorRisk, false",
        "insuredPercent, true",
        "externalRating, true",
        "monthsOfHistory, true",
        "promisesKept - promisesBroken, true"
    })
    void a_worse_fact_never_gives_more_points(String criterion, boolean moreIsBetter) {
        Map<String, Collection<Object>> candidates = candidates(table("scorecard"));
        Map<String, Object> facts = new HashMap<>();
        candidates.forEach((name, values) -> facts.put(name, values.iterator().next()));
        int previous = moreIsBetter ? 0 : 100;

        for (BigDecimal value : candidates.get(criterion).stream()
                .filter(BigDecimal.class::isInstance)
                .map(BigDecimal.class::cast)
                .sorted()
                .toList()) {
            facts.put(criterion, value);
            int score = decisions.evaluate("scorecard", facts(facts)).number().intValue();
            if (moreIsBetter) {
                assertThat(score).as("%s", value).isGreaterThanOrEqualTo(previous);
            } else {
                assertThat(score).as("%s", value).isLessThanOrEqualTo(previous);
            }
            previous = score;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_rule_says_in_words_what_it_means_and_no_two_say_the_same(String key) {
        List<String> texts = table(key).getRules().stream()
                .map(rule -> rule.getDescription() == null
                        ? ""
                        : rule.getDescription().getTextContent().strip())
                .toList();
        assertThat(texts).doesNotContain("");
        if (!key.equals("scorecard")) {
            assertThat(texts).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment",
                "companySize",
                "paymentBehaviour",
                "chooseLadder",
                "collectorLevel",
                "creditPolicy",
                "paymentTerms"
            })
    void the_values_offered_for_an_output_are_those_the_rules_use(String key) {
        DecisionTable table = table(key);
        List<Output> outputs = List.copyOf(table.getOutputs());
        for (int column = 0; column < outputs.size(); column++) {
            if (outputs.get(column).getOutputValues() == null) {
                continue;
            }
            int index = column;
            Set<String> used = table.getRules().stream()
                    .map(rule -> cells(rule.getOutputEntries()).get(index))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(used)
                    .containsExactlyInAnyOrder(outputs.get(column)
                            .getOutputValues()
                            .getTextContent()
                            .strip()
                            .split(","));
        }
    }

    @Test
    void every_ladder_that_can_be_chosen_is_a_deployed_process() {
        Set<String> ladders = table("chooseLadder").getRules().stream()
                .map(rule -> cells(rule.getOutputEntries()).get(0).replace("\"", ""))
                .collect(Collectors.toSet());

        assertThat(ladders)
                .containsExactlyInAnyOrder("standard", "keyAccount", "strict", "light", "government", "consumer");
        assertThat(ladders).allSatisfy(ladder -> assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(ladder)
                        .latestVersion()
                        .count())
                .as(ladder)
                .isEqualTo(1));
    }

    @Test
    void what_segment_says_is_what_the_tables_behind_it_ask_about() {
        Set<String> sizes = outputs("companySize", 0);
        Set<String> behaviours = outputs("paymentBehaviour", 0);
        Set<String> segments = outputs("segment", 0);

        for (String key : List.of("chooseLadder", "collectorLevel", "segment", "paymentTerms")) {
            for (Input input : table(key).getInputs()) {
                Set<String> known = Map.of("size", sizes, "behaviour", behaviours, "segment", segments)
                        .get(variable(input));
                if (known != null) {
                    assertThat(words(column(table(key), input)))
                            .as("%s of %s", variable(input), key)
                            .isSubsetOf(known);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "COMPANY, wholesale, A, large, good, keyAccount",
        "COMPANY, wholesale, B, large, poor, strict",
        "COMPANY, wholesale, A, large, fair, standard",
        "COMPANY, , B, large, new, standard",
        "COMPANY, food, A, medium, good, standard",
        "COMPANY, food, C, small, poor, light",
        "COMPANY, , B, unknown, new, standard",
        "COMPANY, government, A, large, good, government",
        "COMPANY, government, C, small, poor, government",
        "CONSUMER, , C, consumer, poor, consumer",
        "CONSUMER, government, B, consumer, good, consumer"
    })
    void the_named_policies_lead_to_their_ladders(
            String kind, String sector, String segment, String size, String behaviour, String ladder) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("kind", kind);
        facts.put("sector", sector);
        facts.put("segment", segment);
        facts.put("size", size);
        facts.put("behaviour", behaviour);

        assertThat(decisions.evaluate("chooseLadder", facts).text("ladder")).isEqualTo(ladder);
    }

    @ParameterizedTest
    @CsvSource({
        "address, disputes, 2",
        "poNumber, disputes, 2",
        "price, sales, 5",
        "goods, disputes, 10",
        "delivery, disputes, 10",
        "other, disputes, 5",
        "a reason of a form that was edited, disputes, 5"
    })
    void a_dispute_goes_to_who_can_solve_it(String reason, String department, int workingDays) {
        DecisionResult result = decisions.evaluate("disputeDepartment", Map.of("reason", reason));

        assertThat(result.text("department")).isEqualTo(department);
        assertThat(result.text("workingDays")).isEqualTo(String.valueOf(workingDays));
    }

    @Test
    void every_department_that_is_offered_is_a_group_of_people_with_tasks_and_has_at_least_a_day() {
        DecisionTable table = table("disputeDepartment");
        List<Output> outputs = List.copyOf(table.getOutputs());
        Set<String> offered = words(List.of(outputs.get(0).getOutputValues().getTextContent()));

        assertThat(offered).containsExactlyInAnyOrderElementsOf(Groups.WITH_TASKS);
        assertThat(outputs("disputeDepartment", 0)).isSubsetOf(offered);
        assertThat(offered).allSatisfy(group -> assertThat(
                        identity.createGroupQuery().groupId(group).count())
                .as(group)
                .isEqualTo(1));
        assertThat(table.getRules())
                .extracting(
                        rule -> Integer.valueOf(cells(rule.getOutputEntries()).get(1)))
                .allMatch(days -> days >= 1);
    }

    @ParameterizedTest
    @CsvSource({
        "2499.99, A, good, junior",
        "2500.00, A, good, senior",
        "2500.00, B, good, junior",
        "9999.99, C, fair, junior",
        "2500.00, B, poor, senior",
        "10000.00, C, good, senior"
    })
    void large_sums_important_customers_and_bad_payers_are_for_seniors(
            BigDecimal sum, String segment, String behaviour, String level) {
        assertThat(decisions
                        .evaluate(
                                "collectorLevel",
                                Map.of("overdueUndisputed", sum, "segment", segment, "behaviour", behaviour))
                        .text("level"))
                .isEqualTo(level);
    }

    @Test
    void each_reason_of_the_credit_policy_applies_by_at_most_one_rule_and_is_not_lifted_while_it_applies() {
        DecisionTable policy = table("creditPolicy");
        Map<String, Collection<Object>> candidates = candidates(policy);
        Set<String> hit = new HashSet<>();

        for (String reason : outputs("creditPolicy", 1)) {
            for (Object others : List.of(BigDecimal.ZERO, new BigDecimal("100000"))) {
                Map<String, Collection<Object>> varied = new LinkedHashMap<>();
                candidates.forEach((name, values) -> varied.put(name, List.of(others)));
                columnsOf(reason).forEach(name -> varied.put(name, candidates.get(name)));

                for (Map<String, Object> combination : combinations(varied)) {
                    Map<String, Object> facts = facts(combination);
                    List<MatchedRule> rules = decisions.evaluate("creditPolicy", facts).rules().stream()
                            .filter(rule -> reason.equals(rule.outputs().get("reason")))
                            .toList();
                    assertThat(rules).as("%s", facts).hasSizeLessThan(2);
                    rules.forEach(rule -> hit.add(rule.id()));
                    if (!rules.isEmpty()) {
                        facts.put("reason", reason);
                        assertThat(decisions.evaluate("creditStopLift", facts).text("lift"))
                                .as("%s", facts)
                                .isEqualTo("false");
                    }
                }
            }
        }

        assertThat(hit).containsExactlyInAnyOrderElementsOf(ruleIds(policy));
    }

    @Test
    void who_has_nothing_overdue_is_neither_stopped_nor_stays_so() {
        Map<String, Object> settled = new HashMap<>();
        candidates(table("creditPolicy")).forEach((name, values) -> settled.put(name, new BigDecimal("100000")));
        settled.putAll(Map.of("overdueInvoices", 0, "oldestOverdueDays", 0, "overdueUndisputed", BigDecimal.ZERO));
        Map<String, Object> facts = facts(settled);

        assertThat(decisions.evaluate("creditPolicy", facts).rules()).isEmpty();
        Set<String> reasons = new HashSet<>(outputs("creditPolicy", 1));
        assertThat(words(column(
                        table("creditStopLift"),
                        List.copyOf(table("creditStopLift").getInputs()).get(0))))
                .isEqualTo(reasons);
        reasons.add("a reason of an earlier policy");
        for (String reason : reasons) {
            facts.put("reason", reason);
            assertThat(decisions.evaluate("creditStopLift", facts).text("lift"))
                    .as(reason)
                    .isEqualTo("true");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "disputesRaised=3 overdueInvoices=1, regularDisputes",
        "disputesRaised=3 disputesAccepted=1 overdueInvoices=1, ''",
        "disputesRaised=9, ''",
        "disputedPercent=33 invoicesPaid=5 overdueInvoices=1, regularDisputes",
        "disputedPercent=33 invoicesPaid=4 overdueInvoices=1, ''",
        "creditUsePercent=101 overdueInvoices=1, beyondLimit",
        "creditUsePercent=100 overdueInvoices=1, ''",
        "creditUsePercent=250, ''",
        "oldestOverdueDays=61 overdueUndisputed=250 overdueInvoices=1, longOverdue",
        "oldestOverdueDays=61 overdueUndisputed=249 overdueInvoices=1, ''",
        "plansBroken=1 overdueInvoices=1, brokenPlan",
        "promisesBroken=2 overdueInvoices=1, ''",
        "promisesBroken=3 plansBroken=1 creditUsePercent=999 overdueInvoices=2, beyondLimit brokenPlan brokenPromises"
    })
    void the_credit_policy_stops_for_these_reasons(String known, String reasons) {
        Map<String, Object> facts = new HashMap<>();
        candidates(table("creditPolicy")).forEach((name, values) -> facts.put(name, 0));
        Map<String, Object> asked = facts(facts);
        for (String fact : known.split(" ")) {
            asked.put(fact.split("=")[0], Integer.valueOf(fact.split("=")[1]));
        }

        assertThat(decisions.evaluate("creditPolicy", asked).rules().stream()
                        .map(rule -> rule.outputs().get("reason"))
                        .collect(Collectors.toSet()))
                .isEqualTo(reasons.isEmpty() ? Set.of() : Set.of((Object[]) reasons.split(" ")));
    }

    /** What the rules for this reason look at. */
    private Set<String> columnsOf(String reason) {
        DecisionTable policy = table("creditPolicy");
        List<Input> inputs = List.copyOf(policy.getInputs());
        Set<String> columns = new HashSet<>();
        for (Rule rule : policy.getRules()) {
            if (cells(rule.getOutputEntries()).get(1).equals('"' + reason + '"')) {
                List<String> conditions = cells(rule.getInputEntries());
                for (int i = 0; i < inputs.size(); i++) {
                    if (!conditions.get(i).isEmpty()) {
                        columns.add(variable(inputs.get(i)));
                    }
                }
            }
        }
        return columns;
    }

    /** Facts by variable name, from values by input: a difference is made by one of its two sides. */
    private static Map<String, Object> facts(Map<String, Object> byInput) {
        Map<String, Object> facts = new HashMap<>();
        byInput.forEach((input, value) -> {
            Matcher difference = DIFFERENCE.matcher(input);
            if (difference.matches()) {
                BigDecimal amount = new BigDecimal(value.toString());
                facts.put(difference.group(1), amount.max(BigDecimal.ZERO));
                facts.put(difference.group(2), amount.negate().max(BigDecimal.ZERO));
            } else {
                facts.put(input, value);
            }
        });
        return facts;
    }

    private Set<String> outputs(String key, int column) {
        return words(table(key).getRules().stream()
                .map(rule -> cells(rule.getOutputEntries()).get(column))
                .toList());
    }

    private DecisionTable table(String key) {
        String id = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getId();
        DmnModelInstance model = repository.getDmnModelInstance(id);
        Decision decision = model.getModelElementById(key);
        return (DecisionTable) decision.getExpression();
    }

    private static List<String> ruleIds(DecisionTable table) {
        return table.getRules().stream().map(Rule::getId).toList();
    }

    private static String variable(Input input) {
        return input.getInputExpression().getText().getTextContent().strip();
    }

    private static String criterion(DecisionTable table, Rule rule) {
        List<Input> inputs = List.copyOf(table.getInputs());
        List<String> conditions = cells(rule.getInputEntries());
        List<String> criteria = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (!conditions.get(i).isEmpty()) {
                criteria.add(variable(inputs.get(i)));
            }
        }
        assertThat(criteria).as(rule.getId()).hasSize(1);
        return criteria.get(0);
    }

    /** For each input: every value its rules name, one on each side of a number, a word no rule knows, and null if it may be. */
    private static Map<String, Collection<Object>> candidates(DecisionTable table) {
        Map<String, Collection<Object>> candidates = new LinkedHashMap<>();
        for (Input input : table.getInputs()) {
            Set<Object> values = new java.util.LinkedHashSet<>();
            List<String> column = column(table, input);
            if (input.getInputExpression().getTypeRef().equals("string")) {
                values.addAll(words(column));
                if (input.getInputValues() != null) {
                    values.addAll(words(List.of(input.getInputValues().getTextContent())));
                } else {
                    values.add("a word no rule knows");
                }
            } else {
                BigDecimal step = input.getInputExpression().getTypeRef().equals("integer")
                        ? BigDecimal.ONE
                        : new BigDecimal("0.1");
                for (String cell : column) {
                    Matcher number = NUMBER.matcher(cell);
                    while (number.find()) {
                        BigDecimal at = new BigDecimal(number.group());
                        boolean mayBeNegative = MAY_BE_NEGATIVE.contains(variable(input))
                                || DIFFERENCE.matcher(variable(input)).matches();
                        List.of(at.subtract(step), at, at.add(step)).stream()
                                .filter(value -> mayBeNegative || value.signum() >= 0)
                                .forEach(values::add);
                    }
                }
                values.add(BigDecimal.ZERO);
                values.add(new BigDecimal("100000"));
                if (MAY_BE_NEGATIVE.contains(variable(input))) {
                    values.add(new BigDecimal("-999"));
                }
            }
            if (MAY_BE_UNKNOWN.contains(variable(input))) {
                values.add(null);
            }
            candidates.put(variable(input), values);
        }
        return candidates;
    }

    private static List<String> column(DecisionTable table, Input input) {
        int index = List.copyOf(table.getInputs()).indexOf(input);
        return table.getRules().stream()
                .map(rule -> cells(rule.getInputEntries()).get(index))
                .toList();
    }

    private static List<String> cells(Collection<?> entries) {
        return entries.stream()
                .map(entry -> entry instanceof InputEntry input
                        ? input.getTextContent()
                        : ((OutputEntry) entry).getTextContent())
                .map(String::strip)
                .toList();
    }

    private static Set<String> words(Collection<String> cells) {
        Set<String> words = new java.util.LinkedHashSet<>();
        for (String cell : cells) {
            Matcher word = WORD.matcher(cell);
            while (word.find()) {
                words.add(word.group(1));
            }
        }
        return words;
    }

    private static List<Map<String, Object>> combinations(Map<String, Collection<Object>> candidates) {
        List<Map<String, Object>> combinations = new ArrayList<>(List.of(Map.of()));
        candidates.forEach((name, values) -> {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> begun : combinations) {
                for (Object value : values) {
                    Map<String, Object> next = new HashMap<>(begun);
                    next.put(name, value);
                    longer.add(next);
                }
            }
            combinations.clear();
            combinations.addAll(longer);
        });
        return combinations;
    }
}
