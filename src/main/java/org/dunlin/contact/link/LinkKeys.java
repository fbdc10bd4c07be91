package org.dunlin.contact.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.PublicAddress;
import org.springframework.stereotype.Component;

/** The keys that links are signed with: the first one signs, any of them is accepted. */
@Component
class LinkKeys {

    private static final String FILE = "portal.secret";

    private final List<SecretKey> keys;

    /** @throws IllegalStateException when links are to be made and nothing says which secret all nodes share */
    LinkKeys(LinkProperties links, DunlinProperties dunlin, PublicAddress address) {
        List<SecretKey> found = new ArrayList<>();
        if (links.secret() != null) {
            found.add(key(links.secret()));
        } else if (dunlin.embeddedDatabase() || dunlin.demoMode()) {
            found.add(key(kept(dunlin.data())));
        } else if (address.of("/").isPresent()) {
            throw new IllegalStateException(
                    "dunlin.public-url is set, so messages carry links: give dunlin.portal.secret to sign them with");
        }
        if (!found.isEmpty()) {
            links.olderSecrets().forEach(older -> found.add(key(older)));
        }
        this.keys = List.copyOf(found);
    }

    /** The one that signs first; empty when no links are made. */
    List<SecretKey> all() {
        return keys;
    }

    private static SecretKey key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), LinkToken.ALGORITHM);
    }

    /** Made at the first start; readable by nobody else. */
    private static String kept(Path data) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(data);
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                Path fresh = Files.createTempFile(data, FILE, ".new", onlyForUs(data));
                Files.writeString(fresh, Base64.getEncoder().encodeToString(random));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            String secret = Files.readString(file).strip();
            if (secret.length() < 32) {
                throw new IllegalStateException(file + " holds no secret; delete it to have a new one made");
            }
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] onlyForUs(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
