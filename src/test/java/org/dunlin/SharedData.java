package org.dunlin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Public data that is not part of the project; a test that needs it is skipped where it is absent. */
public final class SharedData {

    private SharedData() {}

    /**
     * A file below the folder of shared data: what {@code dunlin.shared} names, else {@code ../shared/data} or, in a second
     * working tree, {@code ../../shared/data}.
     */
    public static Path file(String path) {
        String configured = System.getProperty("dunlin.shared");
        List<Path> folders = configured != null
                ? List.of(Path.of(configured))
                : List.of(Path.of("../shared/data"), Path.of("../../shared/data"));
        for (Path folder : folders) {
            if (Files.isRegularFile(folder.resolve(path))) {
                return folder.resolve(path);
            }
        }
        return Assumptions.abort(
                "Skipped: " + path + " is not in " + folders + "; name its folder with -Ddunlin.shared=…");
    }
}
