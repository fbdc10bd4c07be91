package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.agency.dossier.DossierOrder;
import org.dunlin.agency.dossier.Dossiers;
import org.dunlin.dunning.Debtor;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.NewHold;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What an agency finds in a dossier. Each is left in {@code target/dossiers}, for eyes. */
@DunlinTest
class DossierTest {

    private static final LocalDate DUE = LocalDate.of(2026, 1, 13);

    @Autowired
    AgencyDesk desk;

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    Debtor debtor;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Holds holds;

    @Autowired
    TaskService tasks;

    @Autowired
    ObjectMapper json;

    @Autowired
    Dossiers dossiers;

    @Autowired
    JdbcClient jdbc;

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    /** A debtor with a story: part payment, call, broken promise, rejected dispute, an invoice still contested. */
    private void story() {
        slate.clean();
        timeline.startOn(day(1, 12));
        debtor.of("NL", 30)
                .answers("callCustomer", Map.of("outcome", "refuses", "note", "Says <b>nothing</b> was ordered"))
                .answers("talkToCustomer", Map.of("outcome", "goOn"))
                .answers("writeLetter", Map.of("outcome", "sent", "letterText", "Dear Sir,\nplease pay.\nWe"))
                .answers(
                        "postRegisteredLetter",
                        Map.of("outcome", "sent", "letterText", "Last time", "trackingNumber", "RR1"))
                .answers("resolveDispute", Map.of("outcome", "rejected", "explanation", "It was delivered on time"));
        jdbc.sql(
                        "update customer set name = '=HYPERLINK(\"x\") & Zonen <i> Bücher Żółć', vat_number = 'NL001234567B01' where id = :id")
                .param("id", debtor.customer())
                .update();
        long first = debtor.owes("1200.00", DUE);
        long second = debtor.owes("800.00", DUE);
        long contested = debtor.owes("99.50", DUE);
        jdbc.sql("update invoice set number = '=1+1', description = '../../etc/passwd' where id = :id")
                .param("id", second)
                .update();
        jdbc.sql("update invoice set number = '@SUM(A1)' where id = :id")
                .param("id", contested)
                .update();
        debtor.until(day(1, 16));
        portfolio.pay(first, day(1, 16), "200.00");
        portfolio.credit(second, day(1, 16), "50.00");
        holds.raise(NewHold.promise(debtor.customer(), day(1, 21), null, "tess").naming(List.of(number(first))));
        holds.raise(NewHold.dispute(debtor.customer(), List.of("=1+1"), "delivery", "Came too late", "tess"));
        holds.raise(NewHold.dispute(debtor.customer(), List.of("@SUM(A1)"), "price", "Too dear", "tess"));
        debtor.until(day(1, 19)).leaves("resolveDispute");
        // Of others: another creditor, another case of the same customer.
        long stranger = portfolio.creditor("NL");
        portfolio.invoice(stranger, debtor.customer(), day(1, 20), "7777.00");
        debtor.until(day(3, 27));
        jdbc.sql("update invoice set disputed = true, dispute_resolved = false where id = :id")
                .param("id", contested)
                .update();
    }

    private String number(long invoice) {
        return portfolio.invoiceNumber(invoice);
    }

    private Map<String, byte[]> handedOver(String agency, String name) throws IOException {
        timeline.settleDown();
        String number = jdbc.sql("select number from dunning_case where creditor_id = :creditor")
                .param("creditor", debtor.creditor())
                .query(String.class)
                .single();
        String task = tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey("confirmHandOver")
                .singleResult()
                .getId();
        tasks.complete(task, Map.of("outcome", "handedOver", "agency", agency, "note", "Owner moved\nto Breda"));
        timeline.settleDown();
        byte[] archive = jdbc.sql(
                        "select attachment from agency_message where kind = 'HAND_OVER' order by id desc limit 1")
                .query((row, n) -> row.getBytes(1))
                .single();
        Path folder = Files.createDirectories(Path.of("target/dossiers"));
        Files.write(folder.resolve(name + ".zip"), archive);
        Map<String, byte[]> files = AgencyDesk.unzip(archive);
        for (String pdf : List.of("summary.pdf", "statement.pdf", "messages.pdf")) {
            if (files.containsKey(pdf)) {
                Files.write(folder.resolve(name + "-" + pdf), files.get(pdf));
            }
        }
        return files;
    }

    @Test
    void a_dossier_tells_everything_about_the_case_and_nothing_about_others() throws Exception {
        story();
        Map<String, byte[]> files = handedOver("euro-collect", "story");

        assertThat(files.keySet())
                .contains(
                        "dossier.json", "summary.pdf", "statement.pdf", "messages.pdf", "invoices.csv", "payments.csv")
                .allMatch(name -> name.matches("(messages/)?[a-z0-9-]+\\.[a-z]+"));
        JsonNode dossier = json.readTree(files.get("dossier.json"));
        assertThat(problems("dossier-1.schema.json", dossier)).isEmpty();
        String all = dossier.toString();
        assertThat(all).doesNotContain("7777");

        assertThat(dossier.at("/reference").asText()).isEqualTo(desk.reference());
        assertThat(dossier.at("/note").asText()).isEqualTo("Owner moved\nto Breda");
        assertThat(dossier.at("/debtor/name").asText()).startsWith("=HYPERLINK");
        assertThat(dossier.at("/debtor/persons/0/phone").asText()).isEqualTo("+31201234567");
        assertThat(dossier.at("/claim/open").decimalValue()).isEqualByComparingTo("1750.00");
        assertThat(dossier.at("/claim/paymentReference").asText()).startsWith("RF");
        assertThat(dossier.findValuesAsText("claimed")).containsExactlyInAnyOrder("true", "true", "false");
        assertThat(dossier.at("/payments")).hasSize(2);
        assertThat(dossier.at("/promises")).hasSize(1);
        assertThat(dossier.at("/promises/0/outcome").asText()).isEqualTo("BROKEN");
        assertThat(dossier.at("/promises/0/amount").decimalValue()).isEqualByComparingTo("1000.00");
        assertThat(dossier.at("/disputes").findValuesAsText("outcome")).contains("REJECTED");
        assertThat(dossier.at("/score/score").isInt()).isTrue();
        assertThat(dossier.at("/contacts").findValuesAsText("channel"))
                .contains("EMAIL", "CALL", "LETTER", "SALES", "REGISTERED_LETTER")
                .doesNotContain("AGENCY");
    }

    @Test
    void every_message_is_there_as_it_was_sent_and_the_tables_run_nothing() throws Exception {
        story();
        Map<String, byte[]> files = handedOver("benelux-incasso", "story-nl");
        JsonNode dossier = json.readTree(files.get("dossier.json"));

        List<String> named = new ArrayList<>();
        for (JsonNode contact : dossier.at("/contacts")) {
            contact.at("/files").forEach(file -> named.add(file.asText()));
        }
        assertThat(named).isNotEmpty().allMatch(files::containsKey);
        assertThat(files.keySet().stream().filter(name -> name.startsWith("messages/")))
                .containsExactlyInAnyOrderElementsOf(named);
        jdbc.sql(
                        "select body_text, body_html from contact where channel = 'EMAIL' and hold_id is null order by sent_at limit 1")
                .query((row, n) -> {
                    assertThat(text(files, "messages/001-2026-01-15-email.txt")).isEqualTo(row.getString("body_text"));
                    assertThat(text(files, "messages/001-2026-01-15-email.html"))
                            .isEqualTo(row.getString("body_html"));
                    return 1;
                })
                .single();

        List<CsvRecord> invoices = records(files.get("invoices.csv"));
        assertThat(text(files, "invoices.csv")).contains("\r\n");
        assertThat(invoices.get(0).getFields())
                .containsExactly(
                        "invoice",
                        "issuedOn",
                        "dueOn",
                        "daysOverdue",
                        "currency",
                        "gross",
                        "paid",
                        "credited",
                        "open",
                        "claimed",
                        "description");
        assertThat(invoices).hasSize(4);
        assertThat(invoices.stream().map(row -> row.getField(0))).contains("'=1+1", "'@SUM(A1)");
        List<CsvRecord> payments = records(files.get("payments.csv"));
        assertThat(payments).hasSize(3);
        assertThat(payments.get(1).getFields()).contains("2026-01-16", "PAYMENT", "EUR", "200.00");
        for (CsvRecord row : invoices) {
            assertThat(row.getFields()).noneMatch(field -> field.startsWith("=") || field.startsWith("@"));
        }
    }

    @Test
    void its_papers_are_what_archives_accept_in_every_language_and_show_data_as_data() throws Exception {
        story();
        timeline.settleDown();
        long caseId = jdbc.sql("select id from dunning_case where creditor_id = :id")
                .param("id", debtor.creditor())
                .query(Long.class)
                .single();
        for (String language : List.of("nl", "fr", "en", "de")) {
            Map<String, byte[]> files = AgencyDesk.unzip(dossiers.make(new DossierOrder(
                            caseId,
                            "A1",
                            "x",
                            "Kantoor Van Rijn",
                            "LAWYER",
                            Locale.forLanguageTag(language),
                            "Note",
                            Instant.parse("2026-03-13T10:00:00Z")))
                    .archive());
            for (String pdf : List.of("summary.pdf", "statement.pdf", "messages.pdf")) {
                Files.write(
                        Files.createDirectories(Path.of("target/dossiers")).resolve(language + "-" + pdf),
                        files.get(pdf));
                assertThat(faults(files.get(pdf))).as("%s %s", language, pdf).isEmpty();
                try (PDDocument document = Loader.loadPDF(files.get(pdf))) {
                    assertThat(new PDFTextStripper().getText(document))
                            .as("%s %s", language, pdf)
                            .contains("A1")
                            .doesNotContain("??", "{0}", "#{");
                }
            }
            try (PDDocument document = Loader.loadPDF(files.get("summary.pdf"))) {
                assertThat(new PDFTextStripper().getText(document))
                        .contains("=HYPERLINK(\"x\") & Zonen <i> Bücher Żółć", "NL001234567B01", "../../etc/passwd");
            }
        }
    }

    @Test
    void messages_about_a_file_are_what_their_schema_promises() throws Exception {
        List<Long> invoices = desk.handedOver("benelux-incasso", "200.00", "300.00");
        portfolio.pay(invoices.get(0), AgencyDesk.CONFIRM, "20.00");
        timeline.settleDown();
        desk.complete("recordAgencyResult", Map.of("agencyOutcome", "moreInformation", "note", "Who?"));
        timeline.settleDown();
        desk.complete("answerAgency", Map.of("answer", "Her"));
        timeline.settleDown();
        portfolio.pay(invoices.get(0), AgencyDesk.CONFIRM, "180.00");
        portfolio.pay(invoices.get(1), AgencyDesk.CONFIRM, "300.00");
        timeline.settleDown();

        List<JsonNode> said = new ArrayList<>();
        for (var mail : desk.mailsTo("benelux-incasso.example")) {
            if (AgencyDesk.attachmentName(mail).endsWith(".json")) {
                said.add(json.readTree(AgencyDesk.attachment(mail)));
            }
        }
        assertThat(said)
                .extracting(message -> message.at("/kind").asText())
                .startsWith("PAYMENT", "ANSWER")
                .endsWith("RECALL");
        for (JsonNode message : said) {
            assertThat(problems("agency-message-1.schema.json", message)).isEmpty();
        }
        assertThat(said.get(0).at("/open").decimalValue()).isEqualByComparingTo("480.00");
        assertThat(said.get(said.size() - 1).at("/reason").asText()).isEqualTo("SETTLED");
    }

    private static Set<ValidationMessage> problems(String schema, JsonNode document) throws IOException {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        try (InputStream file = DossierTest.class.getResourceAsStream("/agency/" + schema)) {
            JsonSchema validator =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(file, config);
            return validator.validate(document);
        }
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private static List<CsvRecord> records(byte[] csv) {
        return CsvReader.builder().ofCsvRecord(new String(csv, StandardCharsets.UTF_8)).stream()
                .toList();
    }

    private static List<String> faults(byte[] pdf) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser =
                        Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFA_2_U);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_2_U, false)) {
            return validator.validate(parser).getTestAssertions().stream()
                    .map(fault -> fault.getRuleId().getClause() + ": " + fault.getMessage())
                    .distinct()
                    .toList();
        }
    }
}
