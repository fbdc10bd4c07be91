package org.dunlin.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A process model: as the engine's model API sees it, and its plain XML for what that API passes over. */
record BpmnModel(Path file, BpmnModelInstance model, List<Element> xml) {

    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");

    static BpmnModel read(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            NodeList all = factory.newDocumentBuilder().parse(file.toFile()).getElementsByTagName("*");
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < all.getLength(); i++) {
                elements.add((Element) all.item(i));
            }
            return new BpmnModel(file, Bpmn.readModelFromFile(file.toFile()), List.copyOf(elements));
        } catch (Exception e) {
            throw new IllegalStateException("Cannot read " + file, e);
        }
    }

    Process process() {
        return all(Process.class).iterator().next();
    }

    /** Name of the folder the file is in. */
    String folder() {
        return Objects.requireNonNull(file.getParent()).getFileName().toString();
    }

    <T extends ModelElementInstance> Collection<T> all(Class<T> type) {
        return model.getModelElementsByType(type);
    }

    /** The inner parts of all expressions, wherever they stand, by where they stand. */
    Map<String, String> expressions() {
        Map<String, String> found = new LinkedHashMap<>();
        for (Element element : xml) {
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                collect(
                        attributes.item(i).getNodeValue(),
                        where(element) + "@" + attributes.item(i).getNodeName(),
                        found);
            }
            if (!element.getLocalName().equals("documentation")
                    && element.getElementsByTagName("*").getLength() == 0) {
                collect(element.getTextContent(), where(element), found);
            }
        }
        return found;
    }

    static Optional<String> property(BaseElement element, String name) {
        return extensions(element)
                .flatMap(extension -> extension instanceof CamundaProperties properties
                        ? properties.getCamundaProperties().stream()
                        : Stream.empty())
                .filter(property -> name.equals(property.getCamundaName()))
                .map(property -> property.getCamundaValue())
                .findFirst();
    }

    static Optional<Integer> rung(BaseElement element) {
        return property(element, "rung").map(Integer::valueOf);
    }

    static <T extends ModelElementInstance> List<T> extensions(BaseElement element, Class<T> type) {
        return extensions(element).filter(type::isInstance).map(type::cast).toList();
    }

    private static Stream<ModelElementInstance> extensions(BaseElement element) {
        return element.getExtensionElements() == null
                ? Stream.empty()
                : element.getExtensionElements().getElements().stream();
    }

    private static void collect(String text, String where, Map<String, String> found) {
        EXPRESSION
                .matcher(text)
                .results()
                .forEach(expression -> found.put(
                        where + " " + expression.group(), expression.group(1).strip()));
    }

    /** The nearest id, so that a failure says where to look. */
    private static String where(Element element) {
        for (Node node = element; node instanceof Element at; node = node.getParentNode()) {
            if (at.hasAttribute("id")) {
                return at.getAttribute("id") + " " + element.getLocalName();
            }
        }
        return element.getLocalName();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
