package org.dunlin.models;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;

/** The diagram of a model as lines and boxes, to find what a reader would stumble over. */
final class Drawing {

    /** A straight piece of a flow, with the flow it is part of. */
    private record Piece(String flow, Line2D line) {}

    /** A box: an element or a label. */
    private record Box(String id, Rectangle2D area) {}

    private final List<Piece> pieces = new ArrayList<>();
    private final List<Box> steps = new ArrayList<>();
    private final List<Box> labels = new ArrayList<>();

    Drawing(BpmnModel model) {
        for (BpmnEdge edge : model.all(BpmnEdge.class)) {
            List<Waypoint> points = List.copyOf(edge.getWaypoints());
            for (int i = 1; i < points.size(); i++) {
                Waypoint from = points.get(i - 1);
                Waypoint to = points.get(i);
                pieces.add(new Piece(
                        edge.getBpmnElement().getId(),
                        new Line2D.Double(from.getX(), from.getY(), to.getX(), to.getY())));
            }
            if (edge.getBpmnLabel() != null && edge.getBpmnLabel().getBounds() != null) {
                labels.add(new Box(
                        "label of " + edge.getBpmnElement().getId(),
                        area(edge.getBpmnLabel().getBounds())));
            }
        }
        for (BpmnShape shape : model.all(BpmnShape.class)) {
            if (!(shape.getBpmnElement() instanceof SubProcess) && !(shape.getBpmnElement() instanceof BoundaryEvent)) {
                steps.add(new Box(shape.getBpmnElement().getId(), area(Objects.requireNonNull(shape.getBounds()))));
            }
            if (shape.getBpmnLabel() != null && shape.getBpmnLabel().getBounds() != null) {
                labels.add(new Box(
                        "label of " + shape.getBpmnElement().getId(),
                        area(shape.getBpmnLabel().getBounds())));
            }
        }
    }

    /** Pairs of flows that meet anywhere. Flows that begin or end at one element use different sides of it. */
    List<String> crossings() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            for (Piece other : pieces.subList(i + 1, pieces.size())) {
                Piece one = pieces.get(i);
                if (!one.flow().equals(other.flow()) && one.line().intersectsLine(other.line())) {
                    found.add(one.flow() + " and " + other.flow());
                }
            }
        }
        return found;
    }

    /** Flows that run through a step, boxes that lie upon each other, labels on top of something. */
    List<String> overlaps() {
        List<String> found = new ArrayList<>();
        for (Box step : steps) {
            Rectangle2D inner = smaller(step.area());
            pieces.stream()
                    .filter(piece -> piece.line().intersects(inner))
                    .forEach(piece -> found.add(piece.flow() + " runs through " + step.id()));
        }
        for (Box label : labels) {
            Rectangle2D inner = smaller(label.area());
            pieces.stream()
                    .filter(piece -> piece.line().intersects(inner))
                    .forEach(piece -> found.add(label.id() + " lies on " + piece.flow()));
        }
        List<Box> boxes = new ArrayList<>(steps);
        boxes.addAll(labels);
        for (int i = 0; i < boxes.size(); i++) {
            for (Box other : boxes.subList(i + 1, boxes.size())) {
                if (smaller(boxes.get(i).area()).intersects(smaller(other.area()))) {
                    found.add(boxes.get(i).id() + " lies on " + other.id());
                }
            }
        }
        return found;
    }

    private static Rectangle2D area(Bounds bounds) {
        return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    /** Without the border: what touches does not overlap. */
    private static Rectangle2D smaller(Rectangle2D area) {
        return new Rectangle2D.Double(area.getX() + 1, area.getY() + 1, area.getWidth() - 2, area.getHeight() - 2);
    }
}
