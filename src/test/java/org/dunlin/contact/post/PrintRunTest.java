package org.dunlin.contact.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.log.LetterArchive;
import org.dunlin.contact.sending.Sending;
import org.dunlin.dunning.Debtor;
import org.dunlin.dunning.Holds;
import org.dunlin.dunning.NewHold;
import org.dunlin.platform.engine.RefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Letters from the ladder to the post, as calendars. A debtor without e-mail address gets the reminder by letter. */
@DunlinTest
class PrintRunTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    Portfolio portfolio;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Holds holds;

    @Autowired
    PrintRuns runs;

    @Autowired
    RunPrinter printer;

    @Autowired
    Manifest manifest;

    @Autowired
    LetterArchive archive;

    @Autowired
    Sending sending;

    @Autowired
    LettersPosted steps;

    private long invoice;

    @BeforeEach
    void aReminderGoesByLetter() {
        slate.clean();
        timeline.startOn(day(5));
        invoice = debtor.of("NL", 30).withoutEmail().owes("1000.00", day(13));
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 1, day);
    }

    // --- from the tray to the next wait ---

    @Test
    void a_letter_is_posted_with_the_run_of_its_day_and_the_next_wait_counts_from_the_day_of_the_post() {
        debtor.until(day(15));
        assertThat(debtor.diary()).containsExactly("2026-01-15 postLetters for mailroom");
        assertThat(letters()).containsExactly("10 READY");
        assertThat(rung()).as("not posted yet").isZero();

        debtor.until(day(19));
        mailRoom("allPosted", Map.of("postedOn", "2026-01-16"));
        debtor.onThisEvening();

        assertThat(letters()).containsExactly("10 SENT");
        assertThat(rung()).isEqualTo(10);
        debtor.until(day(21));
        assertThat(debtor.diary())
                .as("three working days after Friday")
                .containsExactly("2026-01-15 postLetters for mailroom", "2026-01-21 callCustomer for juniorCollectors");
    }

    @Test
    void what_is_kept_of_a_letter_is_the_file_that_was_printed() throws Exception {
        debtor.until(day(15));
        long contact = contact();
        byte[] pdf = archive.pdf(contact).orElseThrow();

        assertThat(archive.find(contact)).hasValueSatisfying(kept -> {
            assertThat(kept.pages()).isEqualTo(1);
            assertThat(kept.sha256()).isEqualTo(sha256(pdf));
        });
        assertThat(text(pdf)).contains("15 January 2026", "€1,000.00", "Sam Jansen", "Dorpsstraat 1");
        mailRoom("allPosted");
        assertThat(archive.pdf(contact)).contains(pdf);
    }

    @Test
    void a_letter_of_a_case_that_is_paid_before_the_run_is_never_printed() {
        timeline.passUntil(day(14));
        debtor.until(day(14));
        timeline.passDay();
        portfolio.pay(invoice, day(15), "1000.00");
        // The run of the day was formed at ten; this is about one that comes later.
        mailRoom("notPrinted");
        timeline.passDay();

        assertThat(letters()).containsExactly("10 CANCELLED");
        assertThat(theRun()).isEmpty();
        assertThat(debtor.cases().values()).containsExactly("CLOSED SETTLED");
    }

    @Test
    void who_pays_between_print_and_post_stands_on_the_list_and_never_counts_as_posted() {
        debtor.until(day(15));
        PrintRun run = run();
        assertThat(runs.toTakeOut(run)).isEmpty();

        portfolio.pay(invoice, day(15), "1000.00");
        assertThat(runs.toTakeOut(run)).singleElement().satisfies(out -> {
            assertThat(out.number()).isEqualTo(1);
            assertThat(out.why()).isEqualTo("The case has ended");
        });

        mailRoom("allPosted");
        assertThat(letters()).containsExactly("10 CANCELLED");
        assertThat(rung()).isZero();
        assertThat(fates()).containsExactly("TAKEN_OUT");
        debtor.until(day(22));
        assertThat(debtor.diary()).containsExactly("2026-01-15 postLetters for mailroom");
    }

    @Test
    void a_part_payment_between_print_and_post_takes_the_letter_out_and_another_one_says_what_is_left()
            throws Exception {
        debtor.until(day(15));
        portfolio.pay(invoice, day(15), "400.00");
        assertThat(runs.toTakeOut(run()))
                .extracting(PrintRun.ToTakeOut::why)
                .containsExactly("Paid, credited or contested since it was printed");
        mailRoom("allPosted");
        assertThat(letters()).containsExactly("10 READY");
        assertThat(rung()).isZero();

        debtor.answers("postLetters", Map.of("outcome", "allPosted")).until(day(16));
        assertThat(letters()).containsExactly("10 SENT");
        assertThat(text(archive.pdf(contact()).orElseThrow())).contains("16 January 2026", "€600.00");
        debtor.until(day(21));
        assertThat(debtor.diary())
                .containsExactly(
                        "2026-01-15 postLetters for mailroom",
                        "2026-01-16 postLetters for mailroom",
                        "2026-01-21 callCustomer for juniorCollectors");
    }

    @Test
    void a_hold_between_print_and_post_takes_the_letter_out_and_it_goes_when_the_hold_is_over() {
        debtor.until(day(15));
        holds.raise(NewHold.promise(debtor.customer(), day(20), null, "anna"));
        timeline.settleDown();
        assertThat(runs.toTakeOut(run())).extracting(PrintRun.ToTakeOut::why).containsExactly("On hold");
        mailRoom("allPosted");

        debtor.answers("postLetters", Map.of("outcome", "allPosted")).until(day(20));
        assertThat(letters()).containsExactly("10 READY");
        debtor.until(day(30));
        assertThat(letters()).containsExactly("10 SENT");
        assertThat(debtor.diary())
                .filteredOn(line -> line.contains("postLetters"))
                .containsExactly("2026-01-15 postLetters for mailroom", "2026-01-23 postLetters for mailroom");
    }

    @Test
    void a_hold_that_comes_right_after_the_post_lets_the_step_go_on_when_it_is_over() {
        debtor.until(day(15));
        String task = task().getId();
        tasks.complete(task, Map.of("outcome", "allPosted"));
        holds.raise(NewHold.promise(debtor.customer(), day(20), null, "anna"));
        timeline.settleDown();
        assertThat(letters()).containsExactly("10 SENT");
        assertThat(stepsThatWait()).isEqualTo(1);

        debtor.until(day(23));
        assertThat(stepsThatWait()).isZero();
        assertThat(letters()).containsExactly("10 SENT");
    }

    @Test
    void a_case_that_leaves_its_ladder_takes_its_letter_with_it() {
        debtor.until(day(15));
        runtime.createMessageCorrelation("dunning.ladderChanged")
                .processInstanceId(jdbc.sql("select process_instance_id from dunning_case")
                        .query(String.class)
                        .single())
                .correlate();
        timeline.settleDown();

        assertThat(runs.toTakeOut(run()))
                .extracting(PrintRun.ToTakeOut::why)
                .containsExactly("The case has left this step");
        mailRoom("allPosted");
        assertThat(letters()).first().isEqualTo("10 CANCELLED");
    }

    // --- what the mail room says ---

    @Test
    void a_run_that_was_not_printed_comes_again_with_a_letter_of_the_new_day() throws Exception {
        debtor.until(day(15));
        mailRoom("notPrinted");
        assertThat(letters()).containsExactly("10 READY");

        debtor.until(day(16));
        mailRoom("allPosted");
        assertThat(text(archive.pdf(contact()).orElseThrow())).contains("16 January 2026");
        assertThat(fates()).containsExactly("UNDONE", "POSTED");
        assertThat(letters()).containsExactly("10 SENT");
    }

    @Test
    void a_damaged_letter_comes_into_the_next_run() {
        debtor.until(day(15));
        mailRoom("allBut", Map.of("printAgain", "1"));
        assertThat(letters()).containsExactly("10 READY");
        debtor.until(day(16));
        mailRoom("allPosted");
        assertThat(fates()).containsExactly("PRINT_AGAIN", "POSTED");
        assertThat(letters()).containsExactly("10 SENT");
    }

    @Test
    void a_letter_whose_address_cannot_be_right_goes_to_the_corrected_one() throws Exception {
        debtor.until(day(15));
        mailRoom("allBut", Map.of("addressWrong", "1", "note", "Torn down"));
        debtor.onThisEvening();
        assertThat(letters()).containsExactly("10 FAILED");
        Task task = tasks.createTaskQuery().taskDefinitionKey("correctAddress").singleResult();
        assertThat(tasks.getVariables(task.getId()))
                .containsEntry("street", "Dorpsstraat 1")
                .containsEntry("addressProblem", "The mail room: the address cannot be right");

        tasks.complete(
                task.getId(),
                Map.of("outcome", "corrected", "street", "Kerkstraat 5", "postalCode", "1017 GB", "city", "Amsterdam"));
        debtor.until(day(16));
        mailRoom("allPosted");

        assertThat(letters()).containsExactly("10 FAILED", "10 SENT");
        assertThat(text(archive.pdf(contact()).orElseThrow())).contains("Kerkstraat 5", "1017 GB Amsterdam");
    }

    @Test
    void a_letter_without_a_complete_address_goes_to_a_person_and_the_ladder_goes_on_without_it() {
        jdbc.sql("update customer set street = null").update();
        debtor.until(day(15));
        assertThat(debtor.diary()).containsExactly("2026-01-15 correctAddress for juniorCollectors");
        assertThat(letters()).containsExactly("10 FAILED");

        Task task = tasks.createTaskQuery().taskDefinitionKey("correctAddress").singleResult();
        assertThatThrownBy(() ->
                        tasks.complete(task.getId(), Map.of("outcome", "corrected", "street", "", "city", "Amsterdam")))
                .hasStackTraceContaining("An address has a street and a town");
        tasks.complete(task.getId(), Map.of("outcome", "cannotBeSent"));
        debtor.until(day(16));

        assertThat(debtor.diary())
                .as("three working days after it was due, the last thing that happened")
                .last()
                .isEqualTo("2026-01-16 callCustomer for juniorCollectors");
        assertThat(rung()).isZero();
    }

    @Test
    void what_cannot_be_is_refused_and_nothing_is_recorded() {
        debtor.until(day(15));
        for (Map<String, Object> form : List.<Map<String, Object>>of(
                Map.of("outcome", "allBut", "printAgain", "2"),
                Map.of("outcome", "allBut", "printAgain", "one"),
                Map.of("outcome", "allBut", "printAgain", "1", "addressWrong", "1"),
                Map.of("outcome", "allPosted", "postedOn", "2026-01-16"),
                Map.of("outcome", "allPosted", "postedOn", "2026-01-14"),
                Map.of())) {
            assertThatThrownBy(() -> tasks.complete(task().getId(), form))
                    .as(form.toString())
                    .isInstanceOf(RefusedException.class)
                    .hasStackTraceContaining("Nothing was recorded");
        }
        assertThat(letters()).containsExactly("10 READY");
        assertThat(fates()).containsExactly("IN_RUN");
    }

    // --- the files ---

    @Test
    void a_run_is_in_postal_order_by_creditor_and_its_table_says_what_is_where() throws Exception {
        jdbc.sql("update creditor set name = 'Alpha'").update();
        move(debtor.customer(), "9711 AB", "Groningen", "Last of Alpha");
        long first = another(debtor.creditor(), "1011 AA", "Amsterdam", "First of Alpha");
        long belgian = portfolio.creditor("BE");
        jdbc.sql("update creditor set name = 'Beta' where id = :id")
                .param("id", belgian)
                .update();
        another(belgian, "1000", "Brussel", "=Only of Beta");
        debtor.until(day(16));

        List<PrintRun> formed = runs.latest(10);
        assertThat(formed).hasSize(1);
        PrintRun run = formed.get(0);
        assertThat(runs.letters(run.id()))
                .extracting(PrintRun.Letter::addressee)
                .containsExactly("First of Alpha", "Last of Alpha", "=Only of Beta");
        assertThat(runs.letters(run.id()))
                .extracting(PrintRun.Letter::firstPage)
                .containsExactly(1, 2, 3);
        assertThat(manifest.table(run).lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(run.number() + ",1,1,1,Alpha,First of Alpha,Dorpsstraat 1,1011 AA,Amsterdam,NL,"
                                + portfolio.customerNumber(first)))
                .anySatisfy(line -> assertThat(line).contains(",Beta,'=Only of Beta,"));
        assertThat(text(manifest.pdf(run)))
                .contains("Alpha: 2 envelopes", "Beta: 1 envelope", "3 pages to print", "9711 AB Groningen");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        printer.print(run, file);
        try (PDDocument pages = Loader.loadPDF(file.toByteArray())) {
            assertThat(pages.getNumberOfPages()).isEqualTo(3);
            PDFTextStripper stripper = new PDFTextStripper();
            for (int page = 1; page <= 3; page++) {
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                assertThat(stripper.getText(pages))
                        .contains(run.number() + " / " + page)
                        .contains(runs.letters(run.id()).get(page - 1).addressee());
            }
        }
    }

    @Test
    void printed_on_both_sides_each_letter_begins_on_a_sheet_of_its_own() throws Exception {
        another(debtor.creditor(), "1011 AA", "Amsterdam", "Another");
        debtor.until(day(15));
        PrintRun run = run();
        jdbc.sql("update print_run set duplex = true, state = 'FORMING' where id = :id")
                .param("id", run.id())
                .update();
        rows.complete(run.id());
        PrintRun both = runs.get(run.id());

        assertThat(both.pages()).isEqualTo(4);
        assertThat(runs.letters(run.id()))
                .extracting(PrintRun.Letter::firstPage)
                .containsExactly(1, 3);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        printer.print(both, file);
        try (PDDocument pages = Loader.loadPDF(file.toByteArray())) {
            assertThat(pages.getNumberOfPages()).isEqualTo(4);
        }
    }

    @Autowired
    PrintRunRows rows;

    // --- crashes ---

    @Test
    void a_letter_that_a_worker_had_when_it_died_is_written_by_the_next_one_and_nobody_is_asked() {
        timeline.passUntil(day(14));
        timeline.passDay();
        mailRoom("notPrinted");
        // As it stands when the worker dies after its claim: its transaction is gone, the step waits.
        jdbc.sql("update contact set state = 'SENDING', claimed_by = 'dead' where channel = 'LETTER'")
                .update();
        jdbc.sql("delete from contact_letter").update();
        String instance = jdbc.sql("select split_part(occurrence, ':', 1) from contact where channel = 'LETTER'")
                .query(String.class)
                .single();
        runtime.createProcessInstanceModification(instance)
                .cancelAllForActivity("whatBecameOfIt")
                .startBeforeActivity("putIntoTray")
                .execute();
        timeline.settleDown();

        assertThat(letters()).containsExactly("10 READY");
        assertThat(archive.find(contact())).isPresent();
        assertThat(tasks.createTaskQuery()
                        .taskDefinitionKey("clarifyWhetherSent")
                        .count())
                .isZero();
    }

    @Test
    void a_run_whose_forming_was_interrupted_is_the_same_run_when_it_is_formed_again() {
        another(debtor.creditor(), "1011 AA", "Amsterdam", "Another");
        debtor.until(day(15));
        PrintRun run = run();
        String instance = jdbc.sql("select process_instance_id from print_run where id = :id")
                .param("id", run.id())
                .query(String.class)
                .single();
        // One letter was in it, and it had no numbers yet.
        jdbc.sql("update print_run set state = 'FORMING', letters = 0 where id = :id")
                .param("id", run.id())
                .update();
        jdbc.sql("update print_run_letter set number = null").update();
        jdbc.sql("delete from print_run_letter where contact_id = (select max(contact_id) from print_run_letter)")
                .update();

        PrintRun again = runs.form(instance);
        assertThat(again.id()).isEqualTo(run.id());
        assertThat(again.letters()).isEqualTo(2);
        assertThat(runs.form(instance)).isEqualTo(again);
        assertThat(fates()).containsExactly("IN_RUN", "IN_RUN");
    }

    @Test
    void letters_of_a_run_that_somebody_has_ended_in_cockpit_come_into_the_next_one() {
        debtor.until(day(15));
        runtime.deleteProcessInstance(task().getProcessInstanceId(), "by hand");
        debtor.until(day(16));
        mailRoom("allPosted");
        assertThat(fates()).containsExactly("UNDONE", "POSTED");
        assertThat(letters()).containsExactly("10 SENT");
    }

    @Test
    void a_step_that_had_not_heard_of_the_post_when_the_node_died_hears_it_once() {
        debtor.until(day(15));
        tasks.complete(task().getId(), Map.of("outcome", "allPosted"));
        assertThat(stepsThatWait()).as("nobody has told it yet").isEqualTo(1);

        assertThat(steps.runOnce()).isEqualTo(1);
        assertThat(steps.runOnce()).isZero();
        assertThat(stepsThatWait()).isZero();
        assertThat(letters()).containsExactly("10 SENT");
    }

    // --- a postal service ---

    @TempDir
    Path folder;

    @Autowired
    PostalFolderAtWork postalFolder;

    @Test
    void a_postal_service_gets_a_folder_of_its_own_for_each_run_without_those_who_have_paid() throws Exception {
        another(debtor.creditor(), "1011 AA", "Amsterdam", "Another");
        debtor.until(day(15));
        PrintRun run = run();
        portfolio.pay(invoice, day(15), "1000.00");

        assertThat(postalFolder.submit(run.id(), folder)).isTrue();

        try (Stream<Path> there = Files.list(folder)) {
            assertThat(there).containsExactly(folder.resolve(run.number()));
        }
        assertThat(Files.readString(folder.resolve(run.number()).resolve(run.number() + ".csv"))
                        .lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith(run.number() + ",1,1,1,")
                .contains(",Another,");
        assertThat(text(Files.readAllBytes(folder.resolve(run.number()).resolve(run.number() + ".pdf"))))
                .contains("Another", run.number() + " / 1")
                .doesNotContain("€1,000.00");
        assertThat(letters()).containsExactlyInAnyOrder("10 CANCELLED", "10 SENT");
        assertThat(postalFolder.submit(run.id(), folder))
                .as("again, and nothing happens")
                .isTrue();
    }

    /** Promise R4 for letters. */
    @Test
    void from_a_restored_back_up_no_letter_is_printed_and_no_run_goes_to_a_postal_service_by_itself() {
        debtor.until(day(15));
        PrintRun run = run();
        sending.stop("restored");
        try {
            assertThat(postalFolder.submit(run.id(), folder))
                    .as("a person is asked")
                    .isFalse();
            assertThat(folder).isEmptyDirectory();
            mailRoom("notPrinted");
            debtor.until(day(16));
            assertThat(theRun()).isEmpty();
        } finally {
            sending.release("test");
        }
        assertThat(letters()).containsExactly("10 READY");

        timeline.print();
        assertThat(postalFolder.submit(run().id(), folder)).isTrue();
        assertThat(letters()).containsExactly("10 SENT");
    }

    @Test
    void what_a_customer_is_called_is_no_path_no_formula_and_no_line_of_its_own_for_a_postal_service()
            throws Exception {
        jdbc.sql("update creditor set name = '../../x' || chr(10) || '=1+1'").update();
        move(debtor.customer(), "@SUM(1)", "+1+1", "=../../cmd|'/C calc'!A0\r\n99,\"x\",<b>${7*7}</b>");
        debtor.until(day(15));
        PrintRun run = run();

        Path post = folder.resolve("for/the post");
        postalFolder.submit(run.id(), post);

        try (Stream<Path> there = Files.walk(folder)) {
            assertThat(there.filter(Files::isRegularFile)
                            .map(path -> post.relativize(path).toString()))
                    .containsExactlyInAnyOrder(
                            run.number() + "/" + run.number() + ".csv", run.number() + "/" + run.number() + ".pdf");
        }
        try (CsvReader<CsvRecord> table =
                CsvReader.builder().ofCsvRecord(post.resolve(run.number()).resolve(run.number() + ".csv"))) {
            List<CsvRecord> rows = table.stream().toList();
            assertThat(rows).hasSize(2);
            assertThat(rows.get(1).getFields())
                    .hasSize(13)
                    .contains("'=../../cmd|'/C calc'!A0\r\n99,\"x\",<b>${7*7}</b>", "'@SUM(1)", "'+1+1")
                    .noneMatch(field -> field.matches("(?s)[=+@-].*"));
        }
        assertThat(text(manifest.pdf(run))).contains("<b>${7*7}<");
    }

    @Test
    void what_is_in_the_folder_counts_as_posted_also_when_the_node_died_before_it_could_say_so() throws Exception {
        debtor.until(day(15));
        PrintRun run = run();
        Files.createDirectory(folder.resolve(run.number()));
        portfolio.pay(invoice, day(15), "1000.00");

        assertThat(postalFolder.submit(run.id(), folder)).isTrue();

        assertThat(letters()).containsExactly("10 SENT");
        assertThat(fates()).containsExactly("POSTED");
    }

    @Test
    void a_folder_that_cannot_be_written_leaves_everything_as_it_was() throws Exception {
        debtor.until(day(15));
        PrintRun run = run();
        Files.delete(folder);
        Files.writeString(folder, "in the way");
        try {
            assertThatThrownBy(() -> postalFolder.submit(run.id(), folder)).isInstanceOf(UncheckedIOException.class);
        } finally {
            Files.delete(folder);
            Files.createDirectory(folder);
        }
        assertThat(letters()).containsExactly("10 READY");
        assertThat(postalFolder.submit(run.id(), folder)).isTrue();
        assertThat(letters()).containsExactly("10 SENT");
    }

    // --- helpers ---

    private long another(long creditor, String postalCode, String city, String name) {
        long customer = portfolio.customer(Portfolio.unique("OTHER"), "NL", "en", 30);
        jdbc.sql("update contact_person set email = null where customer_id = :id")
                .param("id", customer)
                .update();
        move(customer, postalCode, city, name);
        portfolio.invoice(creditor, customer, day(13), "500.00");
        return customer;
    }

    private void move(long customer, String postalCode, String city, String name) {
        jdbc.sql("update customer set postal_code = :code, city = :city, name = :name where id = :id")
                .param("code", postalCode)
                .param("city", city)
                .param("name", name)
                .param("id", customer)
                .update();
    }

    private Task task() {
        return tasks.createTaskQuery().taskDefinitionKey("postLetters").singleResult();
    }

    private List<Task> theRun() {
        return tasks.createTaskQuery().taskDefinitionKey("postLetters").list();
    }

    private PrintRun run() {
        return runs.latest(1).get(0);
    }

    private void mailRoom(String outcome) {
        mailRoom(outcome, Map.of());
    }

    private void mailRoom(String outcome, Map<String, Object> more) {
        Map<String, Object> form = new HashMap<>(more);
        form.put("outcome", outcome);
        tasks.complete(task().getId(), form);
        timeline.settleDown();
    }

    /** Rung and state of each letter. */
    private List<String> letters() {
        return jdbc.sql("select rung || ' ' || state from contact where channel = 'LETTER' order by id")
                .query(String.class)
                .list();
    }

    private List<String> fates() {
        return jdbc.sql("select state from print_run_letter order by run_id, number")
                .query(String.class)
                .list();
    }

    private long contact() {
        return jdbc.sql("select max(id) from contact where channel = 'LETTER'")
                .query(Long.class)
                .single();
    }

    private int rung() {
        return jdbc.sql("select rung from dunning_case").query(Integer.class).single();
    }

    private long stepsThatWait() {
        return runtime.createProcessInstanceQuery()
                .processDefinitionKey("letter")
                .count();
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static String sha256(byte[] pdf) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pdf));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
