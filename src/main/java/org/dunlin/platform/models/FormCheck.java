package org.dunlin.platform.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says what in a form would show pages of others, or markup of its own, inside Tasklist. */
class FormCheck {

    private static final Set<String> REFUSED = Set.of("iframe", "html");

    private final ObjectMapper json = new ObjectMapper();

    List<ModelProblem> problems(byte[] content) {
        JsonNode form;
        try {
            form = json.readTree(content);
        } catch (IOException e) {
            return List.of(new ModelProblem("The form cannot be read as JSON: " + e.getMessage(), 0, 0, null));
        }
        List<ModelProblem> problems = new ArrayList<>();
        visit(form, problems);
        return problems;
    }

    private void visit(JsonNode node, List<ModelProblem> problems) {
        String type = node.path("type").asText();
        if (REFUSED.contains(type)) {
            String id = node.path("id").asText("?");
            problems.add(new ModelProblem("Component '" + id + "': the type '" + type + "' is not allowed.", 0, 0, id));
        }
        node.forEach(child -> visit(child, problems));
    }
}
