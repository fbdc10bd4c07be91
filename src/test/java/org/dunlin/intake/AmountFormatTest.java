package org.dunlin.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1.234,56 | , | . | 1234.56",
                "1234,56 | , | . | 1234.56",
                "-12,5 | , | . | -12.5",
                "1,234,567.89 | . | , | 1234567.89",
                "1234567 | . | , | 1234567",
                "1'234.50 | . | ' | 1234.5"
            })
    void amounts_are_read_as_the_mapping_says(String text, char decimal, char grouping, String amount) {
        assertThat(new AmountFormat(decimal, grouping).parse(text)).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 234,50", "1\u00A0234,50", "1\u202F234,50"})
    void a_space_that_groups_may_be_any_space(String text) {
        assertThat(new AmountFormat(',', ' ').parse(text)).isEqualByComparingTo("1234.50");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234.50", "1.23,00", "12.34", "1.2345", "1,2,3", "€ 5", "5-", "", "1e5", "٣", ",5", "5,"})
    void what_is_written_otherwise_is_not_guessed_at(String text) {
        assertThat(new AmountFormat(',', '.').parse(text)).isNull();
    }
}
