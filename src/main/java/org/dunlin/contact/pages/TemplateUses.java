package org.dunlin.contact.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.ExtensionElements;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.dunlin.dunning.engine.DunningCaseProcess;
import org.dunlin.dunning.engine.StepProcesses;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which step of which ladder says what, read from the models that are live. */
@Component
class TemplateUses {

    private final RepositoryService repository;

    TemplateUses(RepositoryService repository) {
        this.repository = repository;
    }

    /**
     * A step that uses a template.
     *
     * @param process its name
     * @param rung    0 when it has none
     */
    record Use(String process, String step, int rung) {}

    /** By name of the template, lowest rung first. */
    Map<String, List<Use>> byTemplate() {
        Map<String, List<Use>> uses = new TreeMap<>();
        for (ProcessDefinition process : repository
                .createProcessDefinitionQuery()
                .latestVersion()
                .active()
                .list()) {
            repository
                    .getBpmnModelInstance(process.getId())
                    .getModelElementsByType(Activity.class)
                    .forEach(step -> note(process, step, uses));
        }
        uses.values().forEach(of -> of.sort(Comparator.comparing(Use::rung).thenComparing(Use::process)));
        return uses;
    }

    private static void note(ProcessDefinition process, Activity step, Map<String, List<Use>> uses) {
        String template = property(step, StepProcesses.TEMPLATE);
        if (template.isEmpty()) {
            template = extensions(step, CamundaIn.class)
                    .filter(in -> StepProcesses.TEMPLATE.equals(in.getCamundaTarget()))
                    .map(in -> Objects.toString(in.getCamundaSourceExpression(), ""))
                    .findFirst()
                    .orElse("");
        }
        if (!template.isEmpty()) {
            String rung = property(step, DunningCaseProcess.RUNG);
            uses.computeIfAbsent(template, t -> new ArrayList<>())
                    .add(new Use(
                            name(process.getName(), process.getKey()),
                            name(step.getName(), step.getId()),
                            rung.matches("[0-9]{1,4}") ? Integer.parseInt(rung) : 0));
        }
    }

    private static String name(@Nullable String name, String otherwise) {
        return name == null || name.isBlank() ? otherwise : name.replaceAll("\\s+", " ");
    }

    private static String property(Activity step, String name) {
        return extensions(step, CamundaProperties.class)
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> name.equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .findFirst()
                .orElse("");
    }

    private static <T extends ModelElementInstance> Stream<T> extensions(Activity step, Class<T> type) {
        ExtensionElements extensions = step.getExtensionElements();
        return extensions == null ? Stream.empty() : extensions.getChildElementsByType(type).stream();
    }
}
