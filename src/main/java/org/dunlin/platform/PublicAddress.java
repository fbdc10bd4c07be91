package org.dunlin.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Under which address customers reach Dunlin: {@code dunlin.public-url}, in the demo this machine. Where there is none, nothing that
 * leaves the house links back to it.
 */
@Component
public class PublicAddress {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final @Nullable URI base;

    PublicAddress(
            DunlinProperties properties,
            @Value("${dunlin.public-url:}") String configured,
            @Value("${server.port:8080}") int port) {
        if (!configured.isBlank()) {
            this.base = checked(configured.strip());
        } else {
            this.base = properties.demoMode() ? URI.create("http://localhost:" + port) : null;
        }
    }

    /** The address of a page of ours, for people outside; empty when nobody outside can reach us. */
    public Optional<URI> of(String path) {
        return Optional.ofNullable(base).map(known -> URI.create(known + path));
    }

    /** Whether others than this machine can reach it. */
    public boolean isReachable() {
        return base != null && !isThisMachine(base);
    }

    private static boolean isThisMachine(URI uri) {
        return THIS_MACHINE.contains(uri.getHost());
    }

    private static URI checked(String url) {
        try {
            URI uri = new URI(url.replaceFirst("/+$", ""));
            boolean complete = uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            boolean safe = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isThisMachine(uri);
            if (complete && safe) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "dunlin.public-url is an https address like https://pay.example.com, not " + url);
    }
}
