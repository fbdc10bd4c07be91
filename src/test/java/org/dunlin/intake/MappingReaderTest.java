package org.dunlin.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MappingReaderTest {

    private static final String RECORD = "records: [{type: customer, fields: {number: nr}}]\n";

    @Test
    void a_mapping_says_how_a_file_is_written_and_what_its_rows_are() {
        Mapping mapping = read(
                """
                files: [open*.txt, "DEBTORS.csv"]
                source: erp
                csv: {delimiter: ";", quote: "'", encoding: windows-1252}
                formats: {date: [d-M-yyyy, yyyyMMdd], decimal: ",", grouping: "."}
                records:
                  - type: invoice
                    when: [nr]
                    fields:
                      creditor: {value: "1"}
                      customer: debtor
                      number: nr
                      issuedOn: date
                      dueOn: {column: due, optional: true, default: 31-12-2024}
                      amount: amount
                      currency: {column: cur, values: {"€": EUR}}
                """);

        assertThat(mapping.source()).isEqualTo("erp");
        assertThat(mapping.csv().delimiter()).isEqualTo(';');
        assertThat(mapping.csv().encoding().name()).isEqualTo("windows-1252");
        assertThat(mapping.decimal()).isEqualTo(',');
        assertThat(mapping.appliesTo("Open-2024.TXT")).isTrue();
        assertThat(mapping.appliesTo("debtors.csv")).isTrue();
        assertThat(mapping.appliesTo("open.csv")).isFalse();
        Mapping.Rule rule = mapping.records().get(0);
        assertThat(rule.type()).isEqualTo(RecordType.INVOICE);
        assertThat(rule.when()).containsExactly("nr");
        assertThat(rule.fields().get("creditor").otherwise()).isEqualTo("1");
        assertThat(rule.fields().get("currency").values()).containsEntry("€", "EUR");
        assertThat(rule.fields().get("dueOn").optional()).isTrue();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("", "erp.yaml: is empty or not a mapping"),
                Arguments.of("files: [a.csv\n", "erp.yaml: line 1: is not YAML: while parsing a flow sequence"),
                Arguments.of(RECORD, "erp.yaml: files: is missing"),
                Arguments.of("files: a.csv\n", "erp.yaml: records: is missing"),
                Arguments.of("files: a.csv\nfiles: b.csv\n" + RECORD, "Duplicate field 'files'"),
                Arguments.of("files: \"a[.csv\"\n" + RECORD, "erp.yaml: files: 'a[.csv' is not a file pattern"),
                Arguments.of(
                        "files: a.csv\ndelimiter: \",\"\n" + RECORD,
                        "erp.yaml: delimiter: is not known here; known are csv, files, formats, records, source"),
                Arguments.of(
                        "files: a.csv\ncsv: {delimiter: \",,\"}\n" + RECORD,
                        "erp.yaml: csv.delimiter: ',,' is not a single character"),
                Arguments.of(
                        "files: a.csv\ncsv: {encoding: utf-99}\n" + RECORD,
                        "erp.yaml: csv.encoding: 'utf-99' is not known"),
                Arguments.of(
                        "files: a.csv\nformats: {date: \"jjjj-MM\"}\n" + RECORD,
                        "erp.yaml: formats.date: 'jjjj-MM' is not a date pattern"),
                Arguments.of(
                        "files: a.csv\nformats: {decimal: \",\", grouping: \",\"}\n" + RECORD,
                        "erp.yaml: formats.grouping: is the same as formats.decimal"),
                Arguments.of(
                        "files: a.csv\nrecords: [{fields: {number: nr}}]\n",
                        "erp.yaml: records[1].type: is missing; one of creditor, customer, customerMerge, invoice, "
                                + "invoiceWithdrawal, creditNote, payment, paymentReturn"),
                Arguments.of(
                        "files: a.csv\nrecords: [{type: order}]\n",
                        "erp.yaml: records[1].type: 'order' is not a record"),
                Arguments.of(
                        "files: a.csv\nrecords: [{type: customer, fields: {number: nr, nmae: name}}]\n",
                        "erp.yaml: records[1].fields.nmae: is not known here"),
                Arguments.of(
                        "files: a.csv\nrecords: [{type: payment, fields: {number: nr, amount: a}}]\n",
                        "erp.yaml: records[1].fields: needs currency, receivedOn"),
                Arguments.of(
                        "files: a.csv\nrecords: [{type: customer, fields: {number: {}}}]\n",
                        "erp.yaml: records[1].fields.number: needs a column or a constant value"),
                Arguments.of(
                        "files: a.csv\nrecords: [{type: customer, fields: {number: {value: 1, column: a}}}]\n",
                        "erp.yaml: records[1].fields.number: has a constant value, so nothing else belongs here"),
                Arguments.of(
                        "files: a.csv\nrecords: [{type: customer, fields: {number: {column: a, values: {A: }}}}]\n",
                        "erp.yaml: records[1].fields.number.values.A: needs a value"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void what_is_wrong_is_said_with_file_and_key(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(message);
    }

    private static Mapping read(String yaml) {
        return MappingReader.read("erp.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }
}
