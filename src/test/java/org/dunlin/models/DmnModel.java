package org.dunlin.models;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;

/** A decision table. */
record DmnModel(Path file, DmnModelInstance model) {

    static DmnModel read(Path file) {
        return new DmnModel(file, Dmn.readModelFromFile(file.toFile()));
    }

    Collection<Decision> decisions() {
        return model.getModelElementsByType(Decision.class);
    }

    /** The texts that the rules give for the output of this name, without quotes. */
    List<String> outputs(String name) {
        return model.getModelElementsByType(DecisionTable.class).stream()
                .flatMap(table -> {
                    List<Output> outputs = List.copyOf(table.getOutputs());
                    return table.getRules().stream().flatMap(rule -> rule.getOutputEntries().stream()
                            .filter(entry -> name.equals(outputs.get(
                                            List.copyOf(rule.getOutputEntries()).indexOf(entry))
                                    .getName())));
                })
                .map(entry -> entry.getText().getTextContent().replace("\"", "").strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
