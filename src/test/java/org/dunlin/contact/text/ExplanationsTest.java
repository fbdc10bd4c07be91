package org.dunlin.contact.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dunlin.contact.text.MessageComposerTest.creditor;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dunlin.contact.link.PayLink;
import org.dunlin.contact.link.PayLinks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationsTest {

    private static final PayLink.Occasion REMINDER =
            new PayLink.Occasion(1, 2, null, "D100042/../?x=#", "reminder", "EMAIL", List.of());

    private final PayLinks pages = mock();

    @Test
    void the_places_of_an_address_are_filled_with_what_says_nothing_about_a_person() {
        when(pages.make(any())).thenReturn(Optional.of(URI.create("https://pay.example/pay/TOKEN")));
        assertThat(explanation("https://video.example/{language}/{template}/{reference}?l={link}&c={creditor}"))
                .contains("https://video.example/nl/reminder/D100042%2F..%2F%3Fx%3D%23?l=TOKEN&c="
                        + creditor(null).number());
    }

    @Test
    void without_a_link_there_is_no_explanation_that_needs_one() {
        when(pages.make(any())).thenReturn(Optional.empty());
        assertThat(explanation("https://video.example/{link}")).isEmpty();
        assertThat(explanation("https://video.example/{template}")).contains("https://video.example/reminder");
    }

    @Test
    void each_creditor_may_have_one_of_its_own_for_each_language() {
        var properties = new ExplanationProperties(
                "https://all.example/",
                Map.of("1000", Map.of("nl", "https://nl.example/", "any", "https://own.example/")));
        assertThat(properties.of("1000", "nl")).isEqualTo("https://nl.example/");
        assertThat(properties.of("1000", "fr")).isEqualTo("https://own.example/");
        assertThat(properties.of("2000", "nl")).isEqualTo("https://all.example/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://video.example/",
                "javascript:alert(1)",
                "https://{language}.example/",
                "https://video.example.{creditor}/",
                "https://me@video.example/",
                "https:///x",
                "https://video.example/{name}",
                "https://video.example/{email}",
                "https://video.example/ x",
                "video.example"
            })
    void an_address_that_is_not_safe_is_refused_at_the_start(String address) {
        assertThatThrownBy(() -> new ExplanationProperties(address, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dunlin.contact.explanation.url");
    }

    private Optional<String> explanation(String address) {
        return new SignedLinks(pages, new ExplanationProperties(address, Map.of()))
                .explanation(REMINDER, creditor(null), "nl");
    }
}
