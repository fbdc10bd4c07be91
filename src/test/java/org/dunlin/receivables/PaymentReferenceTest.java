package org.dunlin.receivables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dunlin.receivables.PaymentReference.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentReferenceTest {

    @ParameterizedTest
    @CsvSource({
        // base, Belgian: the remainder by 97, and 97 where it is 0
        "0123456789, +++012/3456/78939+++",
        "1000000001, +++100/0000/00135+++",
        "0000000097, +++000/0000/09797+++"
    })
    void the_belgian_form_ends_with_the_remainder_by_97(String base, String formatted) {
        PaymentReference reference = new PaymentReference(Form.BELGIAN, base);

        assertThat(reference.formatted()).isEqualTo(formatted);
        assertThat(reference.electronic()).isEqualTo(formatted.replaceAll("[+/]", ""));
        assertThat(PaymentReference.parse(formatted)).contains(reference);
    }

    @Test
    void the_iso_form_has_check_digits_by_mod_97_10_and_is_printed_in_groups_of_four() {
        PaymentReference reference = new PaymentReference(Form.ISO_11649, "1000000001");

        // By the rule of ISO 11649: R is 27, F is 15, the check digits make the whole leave 1 by 97.
        assertThat(new java.math.BigInteger(
                                "1000000001" + "2715" + reference.electronic().substring(2, 4))
                        .mod(java.math.BigInteger.valueOf(97)))
                .isEqualTo(1);
        assertThat(reference.formatted()).matches("RF\\d\\d 1000 0000 01");
        assertThat(PaymentReference.parse(reference.formatted())).contains(reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+++100/0000/00134+++", "RF00 1000 0000 01", "100000000", "RF", "", "abc", "RF18539007547034"})
    void what_is_not_one_of_ours_is_no_reference(String text) {
        assertThat(PaymentReference.parse(text)).isEmpty();
    }

    @Test
    void a_reference_is_found_in_the_words_of_a_payer() {
        assertThat(PaymentReference.find("invoice 2024-17 *** 100/0000/00135 *** thanks"))
                .map(PaymentReference::base)
                .contains("1000000001");
        String iso = new PaymentReference(Form.ISO_11649, "1000000001").formatted();
        assertThat(PaymentReference.find("ref. " + iso.toLowerCase(java.util.Locale.ROOT) + ", second half"))
                .map(PaymentReference::base)
                .contains("1000000001");
        assertThat(PaymentReference.find("phone 100000000135")).isEmpty();
    }

    @Test
    void only_belgian_creditors_use_the_belgian_form() {
        assertThat(Form.of("BE")).isEqualTo(Form.BELGIAN);
        assertThat(Form.of("NL")).isEqualTo(Form.ISO_11649);
        assertThatThrownBy(() -> new PaymentReference(Form.BELGIAN, "12")).isInstanceOf(IllegalArgumentException.class);
    }
}
