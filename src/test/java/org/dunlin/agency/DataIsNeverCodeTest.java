package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Promise R10 for what goes to agencies: mails, data, names of files. Papers and tables are proved with the dossier. */
@DunlinTest
class DataIsNeverCodeTest {

    private static final String EVIL =
            "../../x\r\nBcc: thief@example.com\r\n\r\n<script>alert(1)</script> =1+1 ${7*7} \", \"open\": 0";

    @Autowired
    AgencyDesk desk;

    @Autowired
    AgencyWorker worker;

    @Autowired
    HandOvers handOvers;

    @Autowired
    AgencyProcesses processes;

    @Autowired
    Slate slate;

    @Autowired
    ContactCases cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ObjectMapper json;

    @Autowired
    JdbcClient jdbc;

    private Case dunningCase;

    @BeforeEach
    void everybodyIsCalledSo() {
        slate.clean();
        cases.itIs(ContactCases.TUESDAY);
        long creditor = portfolio.creditor("NL");
        dunningCase = cases.waiting(creditor, "NL", "en", "100.00");
        jdbc.sql("update creditor set name = :evil, sender_name = :evil where id = :id")
                .param("evil", EVIL)
                .param("id", creditor)
                .update();
        jdbc.sql("update customer set name = :evil, street = :evil, city = :evil where id = :id")
                .param("evil", EVIL)
                .param("id", dunningCase.customer())
                .update();
        jdbc.sql("update invoice set number = :evil, description = :evil where customer_id = :id")
                .param("evil", EVIL)
                .param("id", dunningCase.customer())
                .update();
        jdbc.sql("update dunning_case set number = :evil where id = :id")
                .param("evil", EVIL)
                .param("id", dunningCase.id())
                .update();
    }

    @AfterEach
    void everythingAsBefore() {
        cases.timeRunsAgain();
        slate.clean();
    }

    @Test
    void no_name_adds_a_header_to_a_mail_or_a_field_to_its_data() throws Exception {
        handOver("euro-collect");

        assertThat(desk.mailsTo("in@euro-collect.example")).hasSize(1);
        MimeMessage mail = desk.mailsTo("in@euro-collect.example").get(0);
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getFrom()).hasSize(1);
        assertThat(mail.getSubject()).contains("${7*7}").doesNotContain("\r", "\n", "49");
        assertThat(mail.getContentType()).startsWith("multipart/mixed");
        assertThat(mail.getHeader("Content-Type")).hasSize(1);
        assertThat(AgencyDesk.attachmentName(mail)).isEqualTo(desk.reference() + ".json");
        JsonNode data = json.readTree(AgencyDesk.attachment(mail));
        assertThat(data.at("/debtor/name").asText()).contains("\", \"open\": 0");
        assertThat(data.at("/claim/open").decimalValue()).isEqualByComparingTo("100.00");
    }

    @Test
    void no_name_chooses_a_file_outside_or_beside_the_one_that_is_meant() throws IOException {
        Path folder = desk.folder("advocaten-van-rijn");
        Set<String> before = names(folder);
        handOver("advocaten-van-rijn");

        assertThat(names(folder)).hasSize(before.size() + 1).containsAll(before).contains(desk.reference() + ".zip");
        // Where the name would lead.
        assertThat(names(folder.resolve("../.."))).noneMatch(name -> name.startsWith("x"));
        Map<String, byte[]> files = AgencyDesk.unzip(Files.readAllBytes(folder.resolve(desk.reference() + ".zip")));
        assertThat(files.keySet())
                .contains("dossier.json", "invoices.csv")
                .allMatch(name -> name.matches("(messages/)?[a-z0-9-]+\\.(json|pdf|csv|txt|html)"));
    }

    private void handOver(String agency) {
        transaction.executeWithoutResult(status -> processes.tell(
                dunningCase.id(), handOvers.confirm(dunningCase.id(), agency, EVIL, "sara", dunningCase.ladder())));
        cases.drain(worker);
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT");
    }

    private static Set<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (var all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
