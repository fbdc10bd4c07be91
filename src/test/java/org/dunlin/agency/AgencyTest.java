package org.dunlin.agency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Timeline;
import org.dunlin.dunning.CaseRescue;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.InvalidOutcomeException;
import org.dunlin.dunning.NewHold;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases at an agency, day by day: out, reports, and back. */
@DunlinTest
class AgencyTest {

    private static final String BENELUX = "benelux-incasso.example";

    @Autowired
    AgencyDesk desk;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Agencies agencies;

    @Autowired
    Holds holds;

    @Autowired
    CaseRescue rescue;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    private static LocalDate day(int month, int day) {
        return LocalDate.of(2026, month, day);
    }

    @Test
    void a_senior_confirms_and_the_agency_that_the_table_chose_gets_the_dossier_by_mail() throws Exception {
        desk.aboutToGo("200.00");
        String task = tasks.createTaskQuery().singleResult().getId();
        assertThat(tasks.getVariables(task))
                .containsEntry("agency", "benelux-incasso")
                .containsEntry("agencyChosen", "Benelux Incasso (agency)")
                .containsEntry("agencyReason", "In the Benelux, a company, an ordinary sum")
                .containsEntry("dossierLink", "/agency/dossiers/" + task)
                .hasEntrySatisfying("agencyChoices", choices -> assertThat(
                                choices.toString().lines())
                        .containsExactly(
                                "benelux-incasso|Benelux Incasso (agency)",
                                "advocaten-van-rijn|Van Rijn Advocaten (lawyer)",
                                "euro-collect|Euro Collect (agency)"));
        tasks.complete(task, Map.of("outcome", "handedOver", "note", "The owner has moved"));
        assertThat(desk.fileState()).as("before it has left").isEqualTo("PREPARED");
        assertThat(handedOverOn()).isNull();
        timeline.settleDown();

        assertThat(desk.fileState()).isEqualTo("HANDED_OVER");
        assertThat(handedOverOn()).isEqualTo(day(2, 13));
        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
        MimeMessage mail = desk.mailsTo(BENELUX).get(0);
        assertThat(mail.getSubject()).startsWith("Nieuw dossier " + desk.reference() + ", zaak D");
        assertThat(AgencyDesk.text(mail))
                .contains("Geachte Benelux Incasso", "€ 200,00".replace(' ', '\u00a0'), "The owner has moved")
                .contains("Vermeld bij alles wat u meldt het kenmerk " + desk.reference());
        assertThat(AgencyDesk.attachmentName(mail)).isEqualTo(desk.reference() + ".zip");
        assertThat(AgencyDesk.unzip(AgencyDesk.attachment(mail))).containsKey("dossier.json");
        assertThat(jdbc.sql("select channel || ' ' || state || ' ' || rung from contact where channel = 'AGENCY'")
                        .query(String.class)
                        .list())
                .containsExactly("AGENCY SENT 70");
        assertThat(jdbc.sql(
                                """
                                select happened_on || ' ' || reference from customer_experience
                                where kind = 'AGENCY_HAND_OVER' and reference = :reference
                                """)
                        .param("reference", desk.reference())
                        .query(String.class)
                        .list())
                .containsExactly("2026-02-13 " + desk.reference());
    }

    @Test
    void the_senior_may_choose_another_and_a_lawyer_finds_the_dossier_in_a_folder() throws IOException {
        desk.handedOver("advocaten-van-rijn", "200.00");

        Path folder = agencies.get("advocaten-van-rijn").folder();
        Path file = folder.resolve(desk.reference() + ".zip");
        assertThat(AgencyDesk.unzip(Files.readAllBytes(file))).containsKeys("dossier.json", "summary.pdf");
        try (var all = Files.list(folder)) {
            assertThat(all.filter(one -> one.getFileName().toString().contains(".part")))
                    .isEmpty();
        }
        assertThat(desk.mailsTo(BENELUX)).isEmpty();
        assertThat(desk.fileState()).isEqualTo("HANDED_OVER");
    }

    @Test
    void an_agency_that_does_not_exist_is_refused_in_the_form() {
        desk.aboutToGo("200.00");
        assertThatThrownBy(() -> desk.confirm("nobody"))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessage("There is no agency 'nobody'; choose one of the list");
        assertThat(desk.tasks()).containsExactly("confirmHandOver");
        assertThat(desk.messages()).isEmpty();
    }

    @Test
    void an_agency_that_a_table_names_and_nobody_has_configured_is_an_incident_that_says_so() {
        try (ChangedTable changed = new ChangedTable("\"euro-collect\"", "\"gone-collect\"")) {
            assertThat(changed).isNotNull();
            desk.aboutToGo("200.00");
            jdbc.sql("update customer set country = 'PL'").update();
            assertThat(desk.tasks()).as("chosen before").containsExactly("confirmHandOver");
            desk.complete("confirmHandOver", Map.of("outcome", "notYet"));
            desk.complete("decideNextStep", Map.of("outcome", "agency"));
            timeline.settleDown();

            assertThat(desk.tasks()).isEmpty();
            assertThat(runtime.createIncidentQuery()
                            .activityId("chooseAgency")
                            .singleResult()
                            .getIncidentMessage())
                    .isEqualTo(
                            "There is no agency 'gone-collect' under dunlin.agency.agencies (there: benelux-incasso, advocaten-van-rijn, euro-collect)."
                                    + " Configure it, or change the decision table chooseAgency.");
        }
        management.setJobRetries(
                management.createJobQuery().noRetriesLeft().singleResult().getId(), 1);
        timeline.settleDown();
        assertThat(desk.tasks()).as("with the table mended").containsExactly("confirmHandOver");
    }

    /** The table as a designer changed it, until the end of a test. */
    private final class ChangedTable implements AutoCloseable {

        private final String deployment;

        ChangedTable(String was, String is) {
            try {
                String table = Files.readString(Path.of("bpmn/case/choose-agency.dmn"), StandardCharsets.UTF_8);
                deployment = repository
                        .createDeployment()
                        .addString("choose-agency.dmn", table.replace(was, is))
                        .deploy()
                        .getId();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            repository.deleteDeployment(deployment, true);
        }
    }

    @Test
    void payment_before_the_dossier_has_left_stops_it_and_nobody_is_told_anything() {
        long invoice = desk.aboutToGo("200.00").get(0);
        desk.confirm("benelux-incasso");
        portfolio.pay(invoice, day(2, 13), "200.00");
        timeline.settleDown();

        assertThat(desk.debtor().cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(desk.messages()).containsExactly("HAND_OVER CANCELLED");
        assertThat(desk.fileState()).isEqualTo("CANCELLED");
        assertThat(desk.mailsTo(BENELUX)).isEmpty();
    }

    @Test
    void a_dispute_between_confirmation_and_delivery_keeps_the_dossier_here_until_it_is_over() {
        desk.aboutToGo("200.00");
        desk.confirm("benelux-incasso");
        var dispute = holds.raise(NewHold.dispute(desk.debtor().customer(), List.of(), "price", "Twice", "sem"));
        timeline.settleDown();
        desk.debtor().until(day(2, 17));
        assertThat(desk.mailsTo(BENELUX)).isEmpty();
        assertThat(desk.messages()).containsExactly("HAND_OVER WAITING");

        holds.withdraw(dispute.id(), "sem", "A mistake");
        timeline.settleDown();
        desk.debtor().until(day(2, 18));
        assertThat(desk.mailsTo(BENELUX)).hasSize(1);
        assertThat(desk.fileState()).isEqualTo("HANDED_OVER");
    }

    @Test
    void payment_in_full_ends_the_case_and_recalls_the_file() throws Exception {
        long invoice = desk.handedOver("benelux-incasso", "200.00").get(0);
        desk.debtor().until(day(2, 20));
        portfolio.pay(invoice, day(2, 20), "200.00");
        assertThat(desk.debtor().cases().values()).containsExactly("CLOSED SETTLED");
        assertThat(desk.tasks()).isEmpty();
        timeline.settleDown();

        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "RECALL SENT");
        assertThat(desk.fileState()).isEqualTo("RECALLED");
        MimeMessage recall = desk.mailsTo(BENELUX).get(1);
        assertThat(recall.getSubject()).isEqualTo("Dossier " + desk.reference() + ": intrekking");
        assertThat(AgencyDesk.text(recall))
                .contains("Alles erin is betaald of gecrediteerd.", "benader de schuldenaar niet meer")
                .doesNotContain("nooit ontvangen");
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
        desk.debtor().until(day(3, 20));
        assertThat(desk.mailsTo(BENELUX)).hasSize(2);
    }

    @Test
    void a_debt_that_is_given_up_is_recalled_too() {
        desk.handedOver("benelux-incasso", "200.00");
        runtime.startProcessInstanceByKey(
                "insolvency",
                Map.of("customerNumber", portfolio.customerNumber(desk.debtor().customer()), "reason", "Register"));
        timeline.settleDown();
        assertThat(desk.tasks()).as("an agency at work is not stopped").contains("recordAgencyResult");
        desk.complete("decideOnInsolvency", Map.of("outcome", "writeOff", "note", "Nothing to get"));
        timeline.settleDown();

        assertThat(desk.debtor().cases().values()).containsExactly("CLOSED WRITTEN_OFF");
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "RECALL SENT");
        assertThat(AgencyDesk.text(desk.mailsTo(BENELUX).get(1))).contains("De vordering is opgegeven.");
    }

    @Test
    void a_part_payment_is_told_to_the_agency_once_and_a_returned_one_as_well() {
        List<Long> invoices = desk.handedOver("benelux-incasso", "200.00", "300.00");
        desk.debtor().until(day(2, 17));
        portfolio.pay(invoices.get(0), day(2, 17), "120.00");
        portfolio.credit(invoices.get(1), day(2, 17), "50.00");
        timeline.settleDown();

        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "PAYMENT SENT");
        assertThat(AgencyDesk.text(desk.mailsTo(BENELUX).get(1)).replace('\u00a0', ' '))
                .contains("In dit dossier staat nu € 330,00 open")
                .contains(portfolio.invoiceNumber(invoices.get(0)) + ": was € 200,00, nu € 80,00")
                .contains(portfolio.invoiceNumber(invoices.get(1)) + ": was € 300,00, nu € 250,00");
        desk.debtor().until(day(2, 24));
        assertThat(desk.messages()).as("nothing new").hasSize(2);

        jdbc.sql(
                        """
                        insert into allocation (invoice_id, payment_id, effective_on, amount)
                        select invoice_id, payment_id, '2026-02-24', -amount from allocation where invoice_id = :invoice
                        """)
                .param("invoice", invoices.get(0))
                .update();
        desk.debtor().until(day(2, 25));
        assertThat(desk.messages())
                .as("what no signal told is made up for")
                .containsExactly("HAND_OVER SENT", "PAYMENT SENT", "PAYMENT SENT");
        assertThat(AgencyDesk.text(desk.mailsTo(BENELUX).get(2)).replace('\u00a0', ' '))
                .contains("was € 80,00, nu € 200,00");
    }

    @Test
    void nothing_else_speaks_to_the_customer_about_the_case_while_another_case_goes_its_way() {
        desk.handedOver("benelux-incasso", "200.00");
        desk.debtor().onThisEvening();
        int before = desk.debtor().diary().size();
        long later = desk.debtor().owes("400.00", day(2, 20));
        desk.debtor().until(day(3, 6));

        List<String> since =
                desk.debtor().diary().subList(before, desk.debtor().diary().size());
        assertThat(since).containsExactly("2026-02-24 mail at rung 10", "2026-03-05 mail at rung 30");
        assertThat(desk.debtor().cases()).hasSize(2);
        assertThat(jdbc.sql(
                                """
                                select count(*) from contact t join contact_invoice l on l.contact_id = t.id
                                where t.sent_at > '2026-02-13' and l.invoice_id <> :later
                                """)
                        .param("later", later)
                        .query(Long.class)
                        .single())
                .as("messages about what the agency has")
                .isZero();
        assertThat(jdbc.sql("select due_date_::date from act_ru_task where task_def_key_ = 'recordAgencyResult'")
                        .query(LocalDate.class)
                        .single())
                .as("sixty working days after the hand-over")
                .isEqualTo("2026-05-13");
    }

    @Test
    void what_the_agency_reports_by_phone_ends_the_case_or_lets_it_go_on() {
        desk.handedOver("benelux-incasso", "200.00");
        desk.complete(
                "recordAgencyResult",
                Map.of("agencyOutcome", "paidDirectly", "amount", "150.00", "paidOn", "2026-02-12", "note", "To them"));
        timeline.settleDown();
        assertThat(desk.tasks()).containsExactly("checkLedger", "recordAgencyResult");
        assertThat(jdbc.sql("select count(*) from payment").query(Long.class).single())
                .as("only the bank says what was paid")
                .isZero();
        String check = tasks.createTaskQuery()
                .taskDefinitionKey("checkLedger")
                .singleResult()
                .getId();
        assertThat(tasks.getVariables(check))
                .containsEntry("reportAmountText", "€150.00")
                .containsEntry("reportPaidOn", "12 Feb 2026")
                .containsEntry("agencyName", "Benelux Incasso")
                .containsEntry("fileReference", desk.reference());

        desk.complete("checkLedger", Map.of("outcome", "notFound", "note", "Bookkeeping asks"));
        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
        desk.complete("recordAgencyResult", Map.of("agencyOutcome", "irrecoverable", "note", "Nobody there"));

        assertThat(desk.debtor().cases().values()).containsExactly("CLOSED AGENCY_CONCLUDED");
        assertThat(desk.fileState()).isEqualTo("CLOSED IRRECOVERABLE");
        timeline.settleDown();
        assertThat(desk.messages()).as("the agency knows").containsExactly("HAND_OVER SENT");
        assertThat(jdbc.sql("select outcome from dunning_note where kind = 'AGENCY' order by id")
                        .query(String.class)
                        .list())
                .containsExactly("handedOver", "paidDirectly", "ledgerChecked", "irrecoverable");
    }

    @Test
    void a_question_is_answered_by_a_senior_and_the_answer_goes_to_the_agency() {
        desk.handedOver("benelux-incasso", "200.00");
        desk.complete("recordAgencyResult", Map.of("agencyOutcome", "moreInformation", "note", "Which\naddress?"));
        timeline.settleDown();
        assertThat(desk.tasks()).containsExactly("answerAgency", "recordAgencyResult");
        desk.complete("answerAgency", Map.of("answer", "Kade 5, Breda"));
        timeline.settleDown();

        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "ANSWER SENT");
        assertThat(AgencyDesk.text(desk.mailsTo(BENELUX).get(1)).replace("\r\n", "\n"))
                .contains("antwoordt op uw vraag:\n\n> Which\n> address?\n\nKade 5, Breda");
    }

    @Test
    void reports_that_lack_something_are_refused_in_the_form() {
        desk.handedOver("benelux-incasso", "200.00");
        for (Map<String, Object> incomplete : List.<Map<String, Object>>of(
                Map.of("agencyOutcome", "paidDirectly", "paidOn", "2026-02-12"),
                Map.of("agencyOutcome", "paidDirectly", "amount", "1.00"),
                Map.of("agencyOutcome", "paidDirectly", "amount", "1.00", "paidOn", "2026-02-14"),
                Map.of("agencyOutcome", "paidDirectly", "amount", "1.005", "paidOn", "2026-02-13"),
                Map.of("agencyOutcome", "paidDirectly", "amount", "-1", "paidOn", "2026-02-13"),
                Map.of("agencyOutcome", "moreInformation"),
                Map.of("agencyOutcome", "irrecoverable"),
                Map.of("agencyOutcome", "somethingElse"))) {
            assertThatThrownBy(() -> desk.complete("recordAgencyResult", incomplete))
                    .as("%s", incomplete)
                    .isInstanceOf(InvalidOutcomeException.class);
        }
        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
        assertThat(jdbc.sql("select count(*) from agency_report")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_file_that_comes_back_can_go_to_another_agency_under_another_reference() {
        desk.handedOver("benelux-incasso", "200.00");
        String first = desk.reference();
        desk.complete("recordAgencyResult", Map.of("agencyOutcome", "returned"));
        assertThat(desk.fileState()).isEqualTo("CLOSED RETURNED");
        assertThat(handedOverOn()).isNull();
        desk.complete("decideNextStep", Map.of("outcome", "agency"));
        timeline.settleDown();
        desk.confirm("euro-collect");
        timeline.settleDown();

        assertThat(desk.reference()).isNotEqualTo(first);
        MimeMessage mail = desk.mailsTo("euro-collect.example").get(0);
        assertThat(AgencyDesk.attachmentName(mail))
                .as("an agency that wants the data only")
                .isEqualTo(desk.reference() + ".json");
        assertThat(new String(AgencyDesk.attachment(mail), StandardCharsets.UTF_8))
                .startsWith("{")
                .contains("\"reference\" : \"" + desk.reference() + "\"");
        assertThat(AgencyDesk.text(mail)).contains("Dear Euro Collect");
    }

    @Test
    void a_case_that_an_operator_starts_again_stays_with_its_agency_and_still_hears_of_it() {
        long invoice = desk.handedOver("benelux-incasso", "200.00").get(0);
        long caseId = jdbc.sql("select id from dunning_case").query(Long.class).single();
        rescue.startAgain(caseId);
        desk.debtor().until(day(3, 6));

        assertThat(desk.tasks()).containsExactly("recordAgencyResult");
        assertThat(desk.messages()).as("nothing goes twice").containsExactly("HAND_OVER SENT");
        portfolio.pay(invoice, day(3, 6), "200.00");
        timeline.settleDown();
        assertThat(desk.messages()).containsExactly("HAND_OVER SENT", "RECALL SENT");
    }

    private LocalDate handedOverOn() {
        return jdbc.sql("select handed_over_on from dunning_case")
                .query((row, n) -> row.getObject(1, LocalDate.class))
                .list()
                .get(0);
    }
}
