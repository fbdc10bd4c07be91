package org.dunlin.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The models and forms as they lie in the project, where designers edit them. */
final class Models {

    private Models() {}

    static List<BpmnModel> bpmn() {
        return files("bpmn", ".bpmn").map(BpmnModel::read).toList();
    }

    static List<BpmnModel> ladders() {
        return bpmn().stream().filter(model -> model.folder().equals("ladders")).toList();
    }

    static List<DmnModel> dmn() {
        return files("bpmn", ".dmn").map(DmnModel::read).toList();
    }

    static List<Form> forms() {
        return files("forms", ".form").map(Form::read).toList();
    }

    /** {@code keyAccount} is kept in the file {@code key-account}. */
    static String kebabCase(String id) {
        return id.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    static String nameWithoutExtension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static Stream<Path> files(String folder, String extension) {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all
                    .filter(file -> file.toString().endsWith(extension)
                            && !file.toString().contains("node_modules"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
