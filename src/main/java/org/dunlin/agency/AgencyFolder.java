package org.dunlin.agency;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts files into a folder from which a program carries them on. A file is there as a whole or not at all, and each message has a name of
 * its own: one that is there already was delivered by an earlier attempt.
 */
final class AgencyFolder {

    private static final Logger log = LoggerFactory.getLogger(AgencyFolder.class);

    private AgencyFolder() {}

    static Delivered put(Path folder, String name, byte[] content) {
        Path target = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            if (Files.exists(target)) {
                return new Delivered.Before(Files.readAllBytes(target));
            }
            Path unfinished = folder.resolve("." + name + "." + UUID.randomUUID() + ".part");
            try {
                write(unfinished, content);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
            flush(folder);
            return new Delivered.Now();
        } catch (IOException e) {
            return new Delivered.Not(
                    "The folder %s does not take the file: %s".formatted(folder, e.getMessage()), false);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
    }

    /** So that a power failure does not take the name away; not every file system can do it. */
    private static void flush(Path folder) {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            log.debug("The folder {} cannot be flushed", folder, e);
        }
    }
}
