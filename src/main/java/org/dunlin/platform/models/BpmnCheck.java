package org.dunlin.platform.models;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityBehavior;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.dunlin.platform.models.ModelXml.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * Says what in a BPMN file a model may not do. It knows what is allowed and refuses the rest, so that an extension nobody
 * thought of is refused too.
 */
class BpmnCheck {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

    /** The engine reads its extensions under its own name and under the one of the engine it came from. */
    private static final Set<String> ENGINE = Set.of("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn");

    private static final Set<String> DIAGRAM = Set.of(
            "http://www.omg.org/spec/BPMN/20100524/DI",
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI");

    /** What modelling tools note for themselves; the engine does not read it. */
    private static final Set<String> NOTES = Set.of(
            "http://www.w3.org/2001/XMLSchema-instance",
            "http://www.w3.org/XML/1998/namespace",
            "http://www.w3.org/2000/xmlns/",
            "http://camunda.org/schema/modeler/1.0",
            "http://bpmn.io/schema/bpmn/biocolor/1.0",
            "http://www.omg.org/spec/BPMN/non-normative/color/1.0");

    /** Extension attributes of BPMN elements. */
    private static final Set<String> ATTRIBUTES = Set.of(
            "asyncBefore",
            "asyncAfter",
            "exclusive",
            "jobPriority",
            "taskPriority",
            "type",
            "topic",
            "delegateExpression",
            "expression",
            "resultVariable",
            "formRef",
            "formRefBinding",
            "formRefVersion",
            "formKey",
            "assignee",
            "candidateUsers",
            "candidateGroups",
            "dueDate",
            "followUpDate",
            "priority",
            "initiator",
            "calledElementBinding",
            "calledElementVersion",
            "calledElementVersionTag",
            "decisionRef",
            "decisionRefBinding",
            "decisionRefVersion",
            "decisionRefVersionTag",
            "mapDecisionResult",
            "collection",
            "elementVariable",
            "errorCodeVariable",
            "errorMessage",
            "errorMessageVariable",
            "escalationCodeVariable",
            "variableName",
            "variableEvents",
            "historyTimeToLive",
            "isStartableInTasklist",
            "versionTag",
            "candidateStarterGroups",
            "candidateStarterUsers",
            "modelerTemplate",
            "modelerTemplateVersion",
            "modelerTemplateIcon");

    /** Extension elements, each with its attributes. */
    private static final Map<String, Set<String>> ELEMENTS = Map.ofEntries(
            entry("in", Set.of("source", "sourceExpression", "target", "variables", "businessKey", "local")),
            entry("out", Set.of("source", "sourceExpression", "target", "variables", "local")),
            entry("inputOutput", Set.of()),
            entry("inputParameter", Set.of("name")),
            entry("outputParameter", Set.of("name")),
            entry("list", Set.of()),
            entry("map", Set.of()),
            entry("entry", Set.of("key")),
            entry("value", Set.of("id", "name")),
            entry("properties", Set.of()),
            entry("property", Set.of("id", "name", "value")),
            entry("taskListener", Set.of("delegateExpression", "expression", "event", "id")),
            entry("executionListener", Set.of("delegateExpression", "expression", "event")),
            entry("failedJobRetryTimeCycle", Set.of()),
            entry("errorEventDefinition", Set.of("id", "errorRef", "expression")),
            entry("formData", Set.of("businessKey")),
            entry("formField", Set.of("id", "label", "type", "datePattern", "defaultValue")),
            entry("validation", Set.of()),
            entry("constraint", Set.of("name", "config")));

    /** Validators of form fields that the engine has; another one would be a class. */
    private static final Set<String> CONSTRAINTS =
            Set.of("required", "readonly", "minlength", "maxlength", "min", "max");

    /** Elements that carry a script, and those that load something from elsewhere. */
    private static final Set<String> REFUSED_ELEMENTS =
            Set.of("scriptTask", "script", "import", "connector", "connectorId", "field");

    /** Attributes that name a script, a class or a file, wherever they stand and to whatever they belong. */
    private static final Set<String> REFUSED_ATTRIBUTES = Set.of(
            "class", "script", "scriptFormat", "language", "resource", "formHandlerClass", "variableMappingClass");

    private static final Pattern OWN_FORM = Pattern.compile("embedded:/forms/[A-Za-z0-9_-]+\\.html");

    private final ModelBeans beans;
    private final ExpressionCheck expressions;

    BpmnCheck(ModelBeans beans, ExpressionCheck expressions) {
        this.beans = beans;
        this.expressions = expressions;
    }

    List<ModelProblem> problems(Element root) {
        List<ModelProblem> problems = new ArrayList<>();
        new Walk(problems).visit(root, null);
        return problems;
    }

    private final class Walk {

        private final List<ModelProblem> problems;

        Walk(List<ModelProblem> problems) {
            this.problems = problems;
        }

        private void visit(Element element, @Nullable String idAround) {
            String uri = element.getUri() == null ? "" : element.getUri();
            String name = element.getTagName();
            String ownId = element.attribute("id");
            Place place = new Place(element, ownId == null ? idAround : ownId);
            if (DIAGRAM.contains(uri)) {
                return;
            }
            if (REFUSED_ELEMENTS.contains(name)) {
                place.refuse("<" + name + "> is not allowed: models run no scripts and load nothing from elsewhere");
            } else if (ENGINE.contains(uri)) {
                checkExtension(element, place);
            } else if (!BPMN.equals(uri)) {
                place.refuse("<" + name + "> of '" + uri + "' is not known here");
            }
            for (Attribute attribute : ModelXml.attributes(element)) {
                checkAttribute(uri, attribute, place);
            }
            expressions.problems(element.getText()).forEach(place::refuse);
            element.elements().forEach(child -> visit(child, place.id));
        }

        private void checkExtension(Element element, Place place) {
            Set<String> allowed = ELEMENTS.get(element.getTagName());
            if (allowed == null) {
                place.refuse("the extension <" + element.getTagName() + "> is not allowed");
                return;
            }
            for (Attribute attribute : ModelXml.attributes(element)) {
                if (attribute.namespace().isEmpty()
                        && !allowed.contains(attribute.name())
                        && !REFUSED_ATTRIBUTES.contains(attribute.name())) {
                    place.refuse("'" + attribute.name() + "' on <" + element.getTagName() + "> is not allowed");
                }
            }
            if (element.getTagName().equals("constraint") && !CONSTRAINTS.contains(element.attribute("name", ""))) {
                place.refuse("the constraint '" + element.attribute("name") + "' is not allowed");
            }
        }

        private void checkAttribute(String elementUri, Attribute attribute, Place place) {
            String name = attribute.name();
            String value = attribute.value();
            if (REFUSED_ATTRIBUTES.contains(name)) {
                place.refuse("'" + name + "' is not allowed: models name beans made for them, ${bean}, or an external"
                        + " task; no classes, scripts or files");
                return;
            }
            if (NOTES.contains(attribute.namespace()) || attribute.namespace().startsWith("xmlns")) {
                return;
            }
            boolean extension = ENGINE.contains(attribute.namespace());
            if (!extension && !attribute.namespace().isEmpty() && !BPMN.equals(attribute.namespace())) {
                place.refuse("'" + name + "' of '" + attribute.namespace() + "' is not known here");
            } else if (extension && !ATTRIBUTES.contains(name)) {
                place.refuse("the extension '" + name + "' is not allowed");
            }
            expressions.problems(value).forEach(place::refuse);
            if (extension || ENGINE.contains(elementUri)) {
                checkExtensionValue(name, value, place);
            }
        }

        private void checkExtensionValue(String name, String value, Place place) {
            switch (name) {
                case "type" -> {
                    if (place.isBpmn() && !value.equals("external")) {
                        place.refuse("the type '" + value + "' is not allowed: only external tasks");
                    }
                }
                case "formKey" -> {
                    if (!OWN_FORM.matcher(value).matches()) {
                        place.refuse(
                                "the form '" + value
                                        + "' is not allowed: name a form by camunda:formRef, or a page as embedded:/forms/<name>.html");
                    }
                }
                case "delegateExpression" -> checkDelegate(value, place);
                default -> {
                    // Its text was checked as an expression; it can do nothing else.
                }
            }
        }

        private void checkDelegate(String value, Place place) {
            String bean = expressions.soleName(value);
            if (bean == null || !beans.contains(bean)) {
                place.refuse("'" + value + "' names no bean made for models");
                return;
            }
            List<Class<?>> fitting = place.delegateTypes();
            if (fitting.stream().noneMatch(type -> type.isAssignableFrom(beans.type(bean)))) {
                place.refuse("the bean '" + bean + "' is not made for this place (it is no "
                        + fitting.get(0).getSimpleName() + ")");
            }
        }

        private final class Place {

            private final Element element;
            private final @Nullable String id;

            Place(Element element, @Nullable String id) {
                this.element = element;
                this.id = id;
            }

            void refuse(String why) {
                problems.add(new ModelProblem(
                        (id == null ? "<" + element.getTagName() + ">" : "Element '" + id + "'") + ": " + why + ".",
                        element.getLine(),
                        element.getColumn(),
                        id));
            }

            boolean isBpmn() {
                return BPMN.equals(element.getUri());
            }

            List<Class<?>> delegateTypes() {
                return switch (element.getTagName()) {
                    case "taskListener" -> List.of(TaskListener.class);
                    case "executionListener" -> List.of(ExecutionListener.class, JavaDelegate.class);
                    default -> List.of(JavaDelegate.class, ActivityBehavior.class);
                };
            }
        }
    }
}
