package org.dunlin.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.dunlin.platform.DunlinProperties;
import org.springframework.context.ApplicationContext;

/** An inbox in a folder of its own, driven by hand. */
final class TestInbox {

    final Folders folders;
    final Inbox inbox;
    private final IntakeRuns runs;
    private long seconds;

    /** With the beans of the product. */
    TestInbox(Path folder, ApplicationContext context) {
        this(folder, context, context.getBean(ChunkWriter.class));
    }

    TestInbox(Path folder, ApplicationContext context, ChunkWriter writer) {
        DunlinProperties properties = new DunlinProperties(
                new DunlinProperties.Database(null, null, null, null),
                folder,
                folder.resolve("inbox"),
                null,
                null,
                false,
                new DunlinProperties.Admin(null, null));
        this.runs = context.getBean(IntakeRuns.class);
        this.folders = new Folders(properties);
        Mappings mappings = new Mappings(properties);
        Intake intake = new Intake(folders, mappings, runs, writer, new ReportFiles(runs, folders));
        this.inbox = new Inbox(
                folders,
                mappings,
                context.getBean(ClaimLocks.class),
                intake,
                Duration.ofSeconds(2),
                () -> Duration.ofSeconds(seconds).toNanos());
    }

    void pass(int moreSeconds) {
        seconds += moreSeconds;
    }

    void drop(String name, String content) {
        drop(name, content, StandardCharsets.UTF_8);
    }

    void drop(String name, String content, Charset charset) {
        write(folders.inbox().resolve(name), content.getBytes(charset));
    }

    void map(String name, String yaml) {
        write(folders.inbox().resolve("mappings").resolve(name), yaml.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops one file and imports it. */
    IntakeReport bringIn(String name, String content) {
        drop(name, content);
        return bringIn();
    }

    /** Imports everything that lies there. @return the report of the last */
    IntakeReport bringIn() {
        inbox.runOnce();
        pass(3);
        int rounds = 0;
        while (inbox.runOnce() > 0) {
            rounds++;
        }
        if (rounds == 0) {
            throw new AssertionError("nothing was taken");
        }
        return latest();
    }

    IntakeReport latest() {
        List<Path> reports = list("reports").stream()
                .filter(file -> file.toString().endsWith(".txt"))
                .toList();
        long run = reports.stream()
                .mapToLong(file -> Long.parseLong(file.getFileName().toString().split("-")[0]))
                .max()
                .orElseThrow();
        return runs.byId(run).orElseThrow();
    }

    String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files below a folder of the inbox; {@code ""} the inbox itself. */
    List<Path> list(String folder) {
        Path root = folders.inbox().resolve(folder);
        try (Stream<Path> files = folder.isEmpty() ? Files.list(root) : Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
