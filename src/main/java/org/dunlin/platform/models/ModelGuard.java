package org.dunlin.platform.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ResourceEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Looks at everything before the engine reads it and refuses what models may not do: scripts, classes, beans that are not
 * made for them, decisions in another language than FEEL, foreign pages. It stands before every way in (start-up,
 * engine-rest, Cockpit, Camunda Modeler), and again when the engine reads a model back from the database.
 */
@Component
public class ModelGuard implements Deployer {

    private final BpmnCheck bpmn;
    private final DmnCheck dmn = new DmnCheck();
    private final FormCheck forms = new FormCheck();

    ModelGuard(ModelBeans beans) {
        this.bpmn = new BpmnCheck(beans, new ExpressionCheck(beans));
    }

    /**
     * What a file may not do, in the order of the file; empty when it is fine.
     *
     * @param name    file name; its ending says how the engine would read it
     * @param content the file
     */
    public List<? extends Problem> check(String name, byte[] content) {
        try {
            if (name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) {
                return bpmn.problems(xml(name, content));
            }
            if (name.endsWith(".dmn") || name.endsWith(".dmn11.xml")) {
                return dmn.problems(xml(name, content));
            }
        } catch (UnreadableModelException e) {
            return List.of(new ModelProblem(String.valueOf(e.getMessage()), 0, 0, null));
        }
        if (name.endsWith(".form")) {
            return forms.problems(content);
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".png")) {
            return List.of();
        }
        return List.of(new ModelProblem(
                "Only models (.bpmn, .dmn), forms (.form) and pictures (.png) can be deployed.", 0, 0, null));
    }

    @Override
    public void deploy(DeploymentEntity deployment) {
        if (deployment.isNew()
                && ModelDeployer.SOURCE.equals(deployment.getSource())
                && Context.getCommandContext().getAuthenticatedUserId() != null) {
            refuse(
                    "deployment",
                    List.of(new ModelProblem(
                            "The source '" + ModelDeployer.SOURCE + "' marks models that come with the product.",
                            0,
                            0,
                            null)));
        }
        for (ResourceEntity resource : deployment.getResources().values()) {
            List<? extends Problem> problems = check(resource.getName(), resource.getBytes());
            if (!problems.isEmpty()) {
                refuse(resource.getName(), problems);
            }
        }
    }

    private static void refuse(String resource, List<? extends Problem> problems) {
        throw new ParseException(
                resource + " may not be deployed:\n"
                        + problems.stream()
                                .map(problem -> "* " + problem.getMessage()
                                        + (problem.getLine() > 0 ? " (line " + problem.getLine() + ")" : ""))
                                .collect(Collectors.joining("\n")),
                resource,
                new ArrayList<>(problems),
                List.of());
    }

    private static Element xml(String name, byte[] content) {
        try {
            return ModelXml.read(name, content);
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UnreadableModelException("The file cannot be read as XML: " + cause.getMessage(), e);
        }
    }

    private static final class UnreadableModelException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableModelException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
