package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;
import org.dunlin.DunlinTest;
import org.dunlin.platform.models.DecisionResult;
import org.dunlin.platform.models.Decisions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The table of policies in the guide for designers says what the deployed tables decide, for each cell of the matrix. */
@DunlinTest
class PolicyTableTest {

    private static final Path GUIDE = Path.of("docs/guide-designers.md");
    private static final String HEAD = "| customer | segment | ladder | policy | why |";

    /** What makes a customer of such a size, and how such a behaviour is recognised. */
    private static final Map<String, Map<String, Object>> SIZES = Map.of(
            "large", Map.of("kind", "COMPANY", "employees", 200),
            "medium", Map.of("kind", "COMPANY", "employees", 30),
            "small", Map.of("kind", "COMPANY", "employees", 5),
            "unknown", Map.of("kind", "COMPANY"),
            "consumer", Map.of("kind", "CONSUMER"));

    private static final Map<String, Map<String, Object>> BEHAVIOURS = Map.of(
            "good", Map.of("invoicesPaid", 10, "oldestOverdueDays", 0, "score", 90),
            "fair", Map.of("invoicesPaid", 10, "oldestOverdueDays", 0, "score", 60),
            "poor", Map.of("invoicesPaid", 10, "oldestOverdueDays", 0, "score", 20),
            "new", Map.of("invoicesPaid", 0, "oldestOverdueDays", 0, "score", 60));

    @Autowired
    Decisions decisions;

    @Autowired
    RepositoryService repository;

    private record Line(String customer, String segment, String ladder, String policy, String why) {}

    private record Cell(String name, String segment, String size, String behaviour) {}

    @Test
    void every_cell_of_the_matrix_is_a_line_and_gets_the_ladder_that_stands_there() throws IOException {
        Map<String, Line> lines = lines();
        List<Cell> cells = cells();
        assertThat(cells).extracting(Cell::name).containsExactlyInAnyOrderElementsOf(namedByTheMatrix());
        assertThat(lines.keySet())
                .filteredOn(customer -> !customer.startsWith("government"))
                .containsExactlyInAnyOrderElementsOf(namedByTheMatrix());

        for (Cell cell : cells) {
            Line line = lines.get(cell.name());
            DecisionResult chosen = chosen(cell, cell.size().equals("consumer") ? null : "wholesale");
            assertThat(line.segment()).as(cell.name()).isEqualTo(cell.segment());
            assertThat(line.ladder()).as(cell.name()).isEqualTo("`" + chosen.text("ladder") + "`");
            assertThat(line.policy()).as(cell.name()).isEqualTo(chosen.text("policy"));
            assertThat(line.why()).as(cell.name()).isNotBlank();
        }
    }

    @Test
    void a_public_body_of_whatever_cell_gets_the_ladder_of_its_line_and_a_consumer_never_does() throws IOException {
        List<Line> government = lines().values().stream()
                .filter(line -> line.customer().startsWith("government"))
                .toList();
        assertThat(government).hasSize(1);

        for (Cell cell : cells()) {
            String ladder = "`" + chosen(cell, "government").text("ladder") + "`";
            assertThat(ladder.equals(government.get(0).ladder()))
                    .as(cell.name())
                    .isNotEqualTo(cell.size().equals("consumer"));
        }
    }

    @Test
    void nobody_gets_the_baseline() throws IOException {
        for (Cell cell : cells()) {
            for (String sector : new String[] {null, "government", "food", "a sector nobody knows"}) {
                assertThat(chosen(cell, sector).text("ladder")).as(cell.name()).isNotEqualTo("baseline");
            }
        }
        assertThat(lines().values()).extracting(Line::ladder).doesNotContain("`baseline`");
        assertThat(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("baseline")
                        .count())
                .as("but it is there")
                .isPositive();
    }

    private DecisionResult chosen(Cell cell, String sector) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("kind", SIZES.get(cell.size()).get("kind"));
        facts.put("sector", sector);
        facts.put("segment", cell.segment());
        facts.put("size", cell.size());
        facts.put("behaviour", cell.behaviour());
        return decisions.evaluate("chooseLadder", facts);
    }

    /** Every cell, as the deployed matrix names it. */
    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        SIZES.forEach((size, company) -> BEHAVIOURS.forEach((behaviour, paying) -> {
            Map<String, Object> facts = new HashMap<>(company);
            facts.putIfAbsent("employees", null);
            facts.putAll(paying);
            DecisionResult result = decisions.evaluate("segment", facts);
            assertThat(result.rules().stream()
                            .flatMap(rule -> rule.outputs().values().stream())
                            .toList())
                    .contains(size, behaviour);
            cells.add(new Cell(result.text("cell"), result.text("segment"), size, behaviour));
        }));
        return cells;
    }

    private List<String> namedByTheMatrix() {
        String id = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("segment")
                .latestVersion()
                .singleResult()
                .getId();
        Decision segment = repository.getDmnModelInstance(id).getModelElementById("segment");
        DecisionTable table = (DecisionTable) segment.getExpression();
        int column = List.copyOf(table.getOutputs()).stream()
                .map(Output::getName)
                .toList()
                .indexOf("cell");
        return table.getRules().stream()
                .map(rule -> List.copyOf(rule.getOutputEntries()).get(column).getTextContent())
                .map(text -> text.replace("\"", "").strip())
                .toList();
    }

    private static Map<String, Line> lines() throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .dropWhile(line -> !line.equals(HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .map(cells -> new Line(cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4)))
                .collect(Collectors.toMap(Line::customer, line -> line));
    }
}
