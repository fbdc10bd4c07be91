package org.dunlin.platform.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.dunlin.platform.models.ModelXml.Attribute;
import org.jspecify.annotations.Nullable;

/** Says what in a DMN file is not a decision in FEEL: other languages could run code, FEEL cannot. */
class DmnCheck {

    private static final Set<String> FEEL = Set.of(
            "feel",
            "http://www.omg.org/spec/FEEL/20140401",
            "http://www.omg.org/spec/dmn/20180521/feel/",
            "https://www.omg.org/spec/dmn/20191111/feel/",
            "https://www.omg.org/spec/dmn/20211108/feel/",
            "https://www.omg.org/spec/dmn/20230324/feel/");

    List<ModelProblem> problems(Element root) {
        List<ModelProblem> problems = new ArrayList<>();
        visit(root, null, problems);
        return problems;
    }

    private void visit(Element element, @Nullable String idAround, List<ModelProblem> problems) {
        String ownId = element.attribute("id");
        String id = ownId == null ? idAround : ownId;
        for (Attribute attribute : ModelXml.attributes(element)) {
            switch (attribute.name()) {
                case "expressionLanguage", "typeLanguage" -> {
                    String language = attribute.value().strip().toLowerCase(Locale.ROOT);
                    if (FEEL.stream()
                            .noneMatch(feel -> feel.toLowerCase(Locale.ROOT).equals(language))) {
                        problems.add(problem(
                                element,
                                id,
                                "the language '" + attribute.value()
                                        + "' is not allowed: decisions are written in FEEL"));
                    }
                }
                case "kind" -> {
                    if (!attribute.value().equalsIgnoreCase("FEEL")) {
                        problems.add(
                                problem(element, id, "a function of kind '" + attribute.value() + "' is not allowed"));
                    }
                }
                default -> {
                    // Names and numbers.
                }
            }
        }
        if (element.getTagName().equals("import")) {
            problems.add(problem(element, id, "<import> is not allowed: a decision loads nothing from elsewhere"));
        }
        element.elements().forEach(child -> visit(child, id, problems));
    }

    private static ModelProblem problem(Element element, @Nullable String id, String why) {
        return new ModelProblem(
                (id == null ? "<" + element.getTagName() + ">" : "Element '" + id + "'") + ": " + why + ".",
                element.getLine(),
                element.getColumn(),
                id);
    }
}
