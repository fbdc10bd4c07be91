package org.dunlin.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.dunlin.platform.DunlinProperties;
import org.springframework.stereotype.Component;

/**
 * The inbox on disk. Files are dropped into the folder itself; {@code processing} has those being worked on, {@code processed}
 * those that are done, {@code rejected} rows and files that could not be read, {@code reports} what was found, {@code mappings}
 * the user's own mapping files, {@code uploading} what has not completely arrived by REST.
 */
@Component
class Folders {

    /** Names of files that somebody is still writing, as copying programs and browsers give them, or that are no data. */
    private static final Set<String> UNFINISHED =
            Set.of(".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".swp", "~");

    private static final Set<String> NO_DATA = Set.of("thumbs.db", "desktop.ini");
    private static final String SEPARATOR = "--";

    private final Path inbox;

    Folders(DunlinProperties properties) {
        this.inbox = properties.inboxFolder().toAbsolutePath().normalize();
    }

    Path inbox() {
        return inbox;
    }

    /** Makes what is not there. */
    void prepare() {
        try {
            for (String folder : List.of("processing", "processed", "rejected", "reports", "mappings", "uploading")) {
                Files.createDirectories(inbox.resolve(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The inbox " + inbox + " cannot be used", e);
        }
    }

    /** Files that were dropped, finished or not. */
    List<Path> dropped() {
        return files(inbox).stream()
                .filter(file -> isData(file.getFileName().toString()))
                .toList();
    }

    private static boolean isData(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.startsWith(".")
                && !NO_DATA.contains(lower)
                && UNFINISHED.stream().noneMatch(lower::endsWith);
    }

    /** Names of files that are, or were when their node died, worked on. */
    List<String> claims() {
        return names("processing");
    }

    List<String> uploads() {
        return names("uploading");
    }

    private List<String> names(String folder) {
        return files(inbox.resolve(folder)).stream()
                .map(file -> file.getFileName().toString())
                .sorted()
                .toList();
    }

    /** A name of its own for a file while it is worked on. */
    static String newClaim(String fileName) {
        return UUID.randomUUID() + SEPARATOR + fileName;
    }

    /** The name under which the file came. */
    static String fileName(String claim) {
        int separator = claim.indexOf(SEPARATOR);
        return separator < 0 ? claim : claim.substring(separator + SEPARATOR.length());
    }

    Path processing(String claim) {
        return inbox.resolve("processing").resolve(claim);
    }

    Path uploading(String claim) {
        return inbox.resolve("uploading").resolve(claim);
    }

    Path processed(long run, String fileName) {
        return inbox.resolve("processed").resolve(run + "-" + fileName);
    }

    /** Under its own name, so that the same mapping applies when it is dropped again. */
    Path rejected(long run, String fileName) {
        return inbox.resolve("rejected").resolve(Long.toString(run)).resolve(fileName);
    }

    Path report(long run, String fileName, String extension) {
        return inbox.resolve("reports").resolve(run + "-" + fileName + extension);
    }

    /** In one step: whoever comes second finds nothing to move. */
    static void move(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("The folders of the inbox must be on one file system", e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
