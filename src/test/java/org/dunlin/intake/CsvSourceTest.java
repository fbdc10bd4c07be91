package org.dunlin.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {

    private static final Mapping.Csv COMMA = new Mapping.Csv(',', '"', StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void a_row_is_named_by_the_line_it_begins_in_also_after_fields_of_several_lines(String end) throws IOException {
        List<CsvSource.Row> rows =
                read(String.join(end, "a,b", "1,\"one", "two", "three\"", "", "2,x", "3,\"y", "z\"", "4,w", ""));

        assertThat(rows)
                .extracting(CsvSource.Row::line, row -> row.fields().get(0), CsvSource.Row::broken)
                .containsExactly(
                        tuple(2L, "1", null), tuple(6L, "2", null), tuple(7L, "3", null), tuple(9L, "4", null));
    }

    @Test
    void a_stray_quotation_mark_costs_its_own_row_only() throws IOException {
        List<CsvSource.Row> rows =
                read("a,b\n1,one\n2,\"Bakery \"De Molen\"\"\n3,three\n4,\"four\nmore\"\n5,5\"\n6,six\n");

        assertThat(rows)
                .extracting(CsvSource.Row::line, row -> row.fields().get(0), row -> row.broken() == null)
                .containsExactly(
                        tuple(2L, "1", true),
                        tuple(3L, "2,\"Bakery \"De Molen\"\"", false),
                        tuple(4L, "3", true),
                        tuple(5L, "4", true),
                        tuple(7L, "5", true),
                        tuple(8L, "6", true));
    }

    @Test
    void a_quotation_mark_that_is_never_closed_does_not_swallow_the_rows_after_it() throws IOException {
        List<CsvSource.Row> inTheLastColumn = read("a,b\n1,one\n2,\"two\n3,three\n4,four\n");
        List<CsvSource.Row> before = read("a,b,c\n1,\"one,x\n3,three,x\n4,four,x\n");
        List<CsvSource.Row> closedMuchLater = read("a,b,c\n1,\"one,x\n3,three,x\n4,\"four\",x\n");

        assertThat(inTheLastColumn)
                .extracting(CsvSource.Row::line, row -> row.broken() == null)
                .containsExactly(tuple(2L, true), tuple(3L, false), tuple(4L, true), tuple(5L, true));
        assertThat(List.of(before, closedMuchLater)).allSatisfy(rows -> assertThat(rows)
                .extracting(CsvSource.Row::line, row -> row.broken() == null)
                .containsExactly(tuple(2L, false), tuple(3L, true), tuple(4L, true)));
    }

    @Test
    void thousands_of_rows_after_an_open_quotation_mark_are_still_read() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 40_000; i++) {
            text.append(i).append(i % 10_000 == 17 ? ",\"open\n" : ",closed\n");
        }

        List<CsvSource.Row> rows = read(text.toString());

        assertThat(rows).hasSize(40_000);
        assertThat(rows)
                .filteredOn(row -> row.broken() != null)
                .extracting(CsvSource.Row::line)
                .containsExactly(19L, 10_019L, 20_019L, 30_019L);
        assertThat(rows.get(39_999).fields()).containsExactly("39999", "closed");
    }

    @Test
    void a_row_with_too_few_or_too_many_fields_says_so() throws IOException {
        assertThat(read("a,b\n1\n1,2,3\n1,2"))
                .extracting(CsvSource.Row::broken)
                .containsExactly("has 1 fields, the header has 2", "has 3 fields, the header has 2", null);
    }

    @Test
    void the_delimiter_is_found_in_the_header() throws IOException {
        Mapping.Csv auto = new Mapping.Csv(null, '"', StandardCharsets.UTF_8);

        for (String delimiter : List.of(",", ";", "\t", "|")) {
            Path file = write(
                    String.join(delimiter, "a", "b", "c") + "\n" + String.join(delimiter, "1,5", "2", "3") + "\n",
                    StandardCharsets.UTF_8);
            try (CsvSource source = CsvSource.open(file, auto)) {
                assertThat(source.header()).containsExactly("a", "b", "c");
                assertThat(source.delimiter()).isEqualTo(delimiter.charAt(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void a_byte_order_mark_is_no_part_of_the_first_column_and_tells_the_encoding(String charset) throws IOException {
        Path file = write("\uFEFFnaam,b\nCafé €,2\n", Charset.forName(charset));

        try (CsvSource source = CsvSource.open(file, new Mapping.Csv(',', '"', StandardCharsets.ISO_8859_1))) {
            assertThat(source.header()).containsExactly("naam", "b");
            assertThat(source.next().fields()).containsExactly("Café €", "2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "ISO-8859-15", "UTF-8"})
    void text_is_read_in_the_encoding_that_is_configured(String charset) throws IOException {
        Path file = write("a,b\nCafé €,2\n", Charset.forName(charset));

        try (CsvSource source = CsvSource.open(file, new Mapping.Csv(',', '"', Charset.forName(charset)))) {
            assertThat(source.next().fields()).containsExactly("Café €", "2");
        }
    }

    @Test
    void bytes_that_mean_nothing_are_marked_and_not_silently_replaced() throws IOException {
        Path file = write("a,b\n1,good\n2,Café\n", StandardCharsets.ISO_8859_1);

        try (CsvSource source = CsvSource.open(file, COMMA)) {
            assertThat(source.next().fields()).containsExactly("1", "good");
            assertThat(source.next().fields()).containsExactly("2", "Caf" + CsvSource.MALFORMED);
        }
    }

    @Test
    void a_file_without_a_usable_header_is_refused() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> read("\n\n"))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> read("a,b,A\n1,2,3\n"))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage("Column 'A' stands twice in the first line.");
    }

    private Path write(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("file.csv"), text.getBytes(charset));
    }

    private List<CsvSource.Row> read(String text) throws IOException {
        List<CsvSource.Row> rows = new ArrayList<>();
        try (CsvSource source = CsvSource.open(write(text, StandardCharsets.UTF_8), COMMA)) {
            for (CsvSource.Row row = source.next(); row != null; row = source.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
