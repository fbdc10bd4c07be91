package org.dunlin.dunning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.camunda.bpm.engine.RepositoryService;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.io.ClassPathResource;

/** The table that chooses ladders, edited for the length of a test as a designer would edit it. */
@TestComponent
public class LadderTable {

    private final RepositoryService repository;
    private @Nullable String deployment;

    LadderTable(RepositoryService repository) {
        this.repository = repository;
    }

    /** From now on every customer is due for that ladder, whoever they are. */
    public void sendsEveryoneTo(String ladder) throws IOException {
        String table = new ClassPathResource("bpmn/case/choose-ladder.dmn").getContentAsString(StandardCharsets.UTF_8);
        String edited = table.replaceAll(
                "(<outputEntry id=\"chooseLadderRule\\d+Ladder\">\\s*<text>)\"\\w+\"", "$1\"" + ladder + "\"");
        restore();
        deployment = repository
                .createDeployment()
                .addString("choose-ladder.dmn", edited)
                .deploy()
                .getId();
    }

    /** As it comes with the product; nothing happens where it was not edited. */
    public void restore() {
        if (deployment != null) {
            repository.deleteDeployment(Objects.requireNonNull(deployment), true);
            deployment = null;
        }
    }
}
