package org.dunlin.contact.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.dunlin.contact.link.LinkToken.Opened;
import org.dunlin.platform.DunlinProperties;
import org.dunlin.platform.PublicAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTokenTest {

    private static final String SECRET = "a secret of more than thirty-two characters";
    private static final String NEWER = "another secret of more than thirty-two characters";
    private static final LocalDate DAY = LocalDate.of(2026, 9, 6);

    @TempDir
    Path data;

    private final LinkToken tokens = new LinkToken(keys(SECRET));

    @Test
    void a_token_says_which_link_and_until_when_in_a_path_short_enough_for_a_text_message() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            long id = random.nextLong();
            String token = tokens.seal(id, DAY.plusDays(i));
            assertThat((PayLink.PATH + token).length()).isLessThanOrEqualTo(40);
            assertThat(tokens.open(token)).contains(new Opened(id, DAY.plusDays(i)));
            if (LinkToken.isGood(id)) {
                assertThat(token).matches(".*[A-Za-z0-9]");
            }
        }
    }

    @Test
    void a_token_of_which_any_character_was_changed_opens_nothing() {
        String token = tokens.seal(4711, DAY);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. %";
        for (int at = 0; at < token.length(); at++) {
            for (char c : alphabet.toCharArray()) {
                if (c != token.charAt(at)) {
                    assertThat(tokens.open(token.substring(0, at) + c + token.substring(at + 1)))
                            .isEmpty();
                }
            }
        }
        for (String wrong :
                List.of("", "A", token + "A", token.substring(1), token + "=", " " + token, "ä".repeat(32))) {
            assertThat(tokens.open(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    void the_last_day_is_signed_too() {
        String longer = new LinkToken(keys(NEWER)).seal(4711, DAY.plusYears(1));
        String token = tokens.seal(4711, DAY);
        String mixed = token.substring(0, 18) + longer.substring(18);
        assertThat(mixed).hasSameSizeAs(token);
        assertThat(tokens.open(mixed)).isEmpty();
    }

    @Test
    void after_a_change_of_the_secret_older_links_open_as_long_as_the_older_secret_is_named() {
        String older = tokens.seal(4711, DAY);

        assertThat(new LinkToken(keys(NEWER, SECRET)).open(older)).isPresent();
        assertThat(new LinkToken(keys(NEWER)).open(older)).isEmpty();
        assertThat(new LinkToken(keys(SECRET)).open(new LinkToken(keys(NEWER, SECRET)).seal(1, DAY)))
                .as("signed with the newer one")
                .isEmpty();
    }

    @Test
    void without_a_secret_one_is_made_once_that_only_we_can_read() throws Exception {
        LinkProperties none = new LinkProperties(null, List.of(), Period.ofDays(180));
        String token = new LinkToken(new LinkKeys(none, embedded(true), address(true))).seal(7, DAY);

        Path file = data.resolve("portal.secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new LinkToken(new LinkKeys(none, embedded(true), address(true))).open(token))
                .as("after a restart")
                .isPresent();
        try (var files = Files.list(data)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void with_a_database_for_several_nodes_the_secret_has_to_be_given() {
        LinkProperties none = new LinkProperties(null, List.of(), Period.ofDays(180));
        assertThatThrownBy(() -> new LinkKeys(none, embedded(false), address(true)))
                .hasMessageContaining("dunlin.portal.secret");
        assertThat(new LinkKeys(none, embedded(false), address(false)).all()).isEmpty();
        assertThatThrownBy(() -> new LinkProperties("short", List.of(), Period.ofDays(180)))
                .hasMessageContaining("32");
    }

    private LinkKeys keys(String secret, String... older) {
        return new LinkKeys(
                new LinkProperties(secret, List.of(older), Period.ofDays(180)), embedded(false), address(true));
    }

    private DunlinProperties embedded(boolean embedded) {
        return new DunlinProperties(
                new DunlinProperties.Database(embedded ? null : "jdbc:postgresql://db/dunlin", null, null, null),
                data == null ? Path.of("target") : data,
                null,
                false,
                null,
                false,
                new DunlinProperties.Admin(null, null));
    }

    private static PublicAddress address(boolean known) {
        PublicAddress address = mock();
        when(address.of("/")).thenReturn(known ? Optional.of(URI.create("https://pay.example/")) : Optional.empty());
        return address;
    }
}
