package org.dunlin.contact.killed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.agency.AgencyDesk;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.post.PostalFolderAtWork;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.platform.engine.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Promise R1 for every channel: a message is handed over at most once, or parked where a person sees it. One process stops in the
 * middle of a message per kind and point, and of two print runs, and is then killed; this one finds what it left behind.
 */
@DunlinTest
class KilledTest {

    /** Of PostgreSQL, of what the killed process has open. */
    private static final String APPLICATION = "doomed";

    /** An agency that fetches its dossiers from a folder. */
    private static final String FETCHES = "advocaten-van-rijn";

    private static final int CUSTOMERS_OF_AGENCIES = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path home;

    @Autowired
    HikariDataSource database;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    GreenMail mails;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    ContactCases cases;

    @Autowired
    AgencyDesk desk;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Slate slate;

    @Autowired
    Timeline timeline;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    TaskService tasks;

    @Autowired
    PostalFolderAtWork postalFolder;

    @Autowired
    List<Worker> workers;

    /** What the process has said about one of its messages. */
    private record Begun(String what, String point, String processInstance, String address) {}

    @BeforeEach
    void emptyLedger() {
        slate.clean();
    }

    @AfterEach
    void everythingAsBefore() {
        jdbc.sql("drop function if exists stand_still cascade").update();
        slate.clean();
        cases.timeRunsAgain();
    }

    @Test
    void killed_at_any_point_a_message_arrives_at_most_once_or_somebody_is_asked_and_a_run_is_printed_once()
            throws Exception {
        handOversToConfirm();
        cases.itIs(ContactCases.TUESDAY);
        long fetched = printed(2);
        List<Long> tray = inTray(3);
        String forming = jobThatFormsARun();
        standStillAt("insert on print_run_letter", "new.contact_id = " + tray.get(1));
        standStillAt("update on print_run_letter", "new.state = 'POSTED' and new.run_id = " + fetched);

        List<Begun> begun = killedInTheMiddleOfEverything(forming, fetched);
        jdbc.sql("drop function stand_still cascade").update();
        assertThat(home.resolve("post"))
                .as("the run has appeared before the process died")
                .isNotEmptyDirectory();

        cases.itIs(ContactCases.TUESDAY.plus(Duration.ofMinutes(20)));
        workers.forEach(cases::drain);
        management.executeJob(forming);
        postalFolder.submit(fetched, home.resolve("post"));
        timeline.settleDown();

        String asked = "UNKNOWN, at sendReminder, asked 1";
        String goneOn = "SENT, at afterReminder, asked 0";
        assertThat(outcomes(begun, "EMAIL"))
                .containsExactly(
                        "CLAIMED: arrived 0, " + asked,
                        "ABOUT_TO_SEND: arrived 0, " + asked,
                        "HANDED_OVER: arrived 1, " + asked,
                        "MARKED: arrived 1, " + asked,
                        "COMMITTED: arrived 1, " + goneOn);
        assertThat(outcomes(begun, "NOTICE"))
                .containsExactly(
                        "CLAIMED: arrived 0, UNKNOWN, at tellCustomer, asked 1",
                        "ABOUT_TO_SEND: arrived 0, UNKNOWN, at tellCustomer, asked 1",
                        "HANDED_OVER: arrived 1, UNKNOWN, at tellCustomer, asked 1",
                        "MARKED: arrived 1, UNKNOWN, at tellCustomer, asked 1",
                        "COMMITTED: arrived 1, SENT, at customerTold, asked 0");
        for (String phone : List.of("SMS", "VOICE")) {
            // Twilio is asked before a person is.
            assertThat(outcomes(begun, phone))
                    .containsExactly(
                            "CLAIMED: arrived 0, " + asked,
                            "ABOUT_TO_SEND: arrived 0, " + asked,
                            "HANDED_OVER: arrived 1, " + goneOn,
                            "MARKED: arrived 1, " + goneOn,
                            "COMMITTED: arrived 1, " + goneOn);
        }
        // What is not in the out-tray has not left: nobody needs to be asked.
        assertThat(outcomes(begun, "LETTER"))
                .containsExactly(
                        "CLAIMED: arrived 1, READY, at afterReminder, asked 0",
                        "ABOUT_TO_SEND: arrived 1, READY, at afterReminder, asked 0",
                        "HANDED_OVER: arrived 1, READY, at afterReminder, asked 0",
                        "MARKED: arrived 1, READY, at afterReminder, asked 0",
                        "COMMITTED: arrived 1, READY, at afterReminder, asked 0");
        assertThat(outcomes(begun, "AGENCY_MAIL"))
                .containsExactly(
                        "CLAIMED: arrived 0, UNKNOWN, waiting clarifyDelivery",
                        "ABOUT_TO_DELIVER: arrived 0, UNKNOWN, waiting clarifyDelivery",
                        "DELIVERED: arrived 1, UNKNOWN, waiting clarifyDelivery",
                        "MARKED: arrived 1, UNKNOWN, waiting clarifyDelivery",
                        "COMMITTED: arrived 1, SENT, waiting recordAgencyResult");
        assertThat(outcomes(begun, "AGENCY_FOLDER"))
                .containsExactly(
                        "CLAIMED: arrived 1, SENT, waiting recordAgencyResult",
                        "ABOUT_TO_DELIVER: arrived 1, SENT, waiting recordAgencyResult",
                        "DELIVERED: arrived 1, SENT, waiting recordAgencyResult",
                        "MARKED: arrived 1, SENT, waiting recordAgencyResult",
                        "COMMITTED: arrived 1, SENT, waiting recordAgencyResult");
        assertThat(runsOf(tray)).containsExactlyElementsOf(Collections.nCopies(tray.size(), "in run, printed"));
        assertThat(jdbc.sql("select state || ', ' || letters from print_run where id = :id")
                        .param("id", fetched)
                        .query(String.class)
                        .single())
                .isEqualTo("POSTED, 2");
        try (Stream<Path> runs = Files.list(home.resolve("post"))) {
            assertThat(runs).hasSize(1);
        }
    }

    // --- before ---

    /** As many customers as there are points, twice, whose next step is the agency. */
    private void handOversToConfirm() {
        LocalDate start = LocalDate.of(2026, 3, 1);
        timeline.startOn(start);
        long creditor = portfolio.creditor("NL");
        IntStream.range(0, CUSTOMERS_OF_AGENCIES).forEach(i -> {
            long customer = portfolio.customer();
            long invoice = portfolio.invoice(creditor, customer, start.minusDays(60), "900.00");
            jdbc.sql(
                            """
                            with c as (
                                insert into dunning_case (number, creditor_id, customer_id, currency, state, outcome, opened_on, closed_on,
                                                          rung, first_contact_on, last_contact_at)
                                values ('D' || nextval('dunning_case_number'), :creditor, :customer, 'EUR', 'CLOSED', 'SETTLED', :before,
                                        :before, 60, :before, :before::date)
                                returning id)
                            insert into dunning_case_invoice (case_id, invoice_id, joined_on, left_on)
                            select id, :invoice, :before, :before from c
                            """)
                    .param("creditor", creditor)
                    .param("customer", customer)
                    .param("invoice", invoice)
                    .param("before", start.minusDays(20))
                    .update();
        });
        timeline.passUntil(LocalDate.of(2026, 3, 9));
        assertThat(tasks.createTaskQuery().taskDefinitionKey("confirmHandOver").count())
                .isEqualTo(CUSTOMERS_OF_AGENCIES);
    }

    /** Letters that lie in the out-tray. */
    private List<Long> inTray(int letters) {
        List<String> before = contactsInTray();
        IntStream.range(0, letters).forEach(i -> cases.waitingFor(Channel.LETTER, "NL", "en", "250.00"));
        workers.forEach(cases::drain);
        List<String> after = new ArrayList<>(contactsInTray());
        after.removeAll(before);
        assertThat(after).hasSize(letters);
        return after.stream().map(Long::valueOf).toList();
    }

    private List<String> contactsInTray() {
        return jdbc.sql("select id::text from contact where state = 'READY' order by id")
                .query(String.class)
                .list();
    }

    /** A run of that many letters which waits for whoever brings it to the post. */
    private long printed(int letters) {
        inTray(letters);
        runtime.startProcessInstanceByMessage("contact.printRunRequested");
        timeline.settleDown();
        return jdbc.sql("select id from print_run where state = 'PRINTED' and letters = :letters")
                .param("letters", letters)
                .query(Long.class)
                .single();
    }

    private String jobThatFormsARun() {
        String instance = runtime.startProcessInstanceByMessage("contact.printRunRequested")
                .getId();
        return management
                .createJobQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    /** Whoever does this stands still in the middle of it. DDL takes no parameters. */
    private void standStillAt(String event, String when) {
        jdbc.sql(
                        """
                        create or replace function stand_still() returns trigger language plpgsql as $$
                        begin
                            perform pg_sleep(600);
                            return new;
                        end $$
                        """)
                .update();
        String name = event.startsWith("insert") ? "stand_still_insert" : "stand_still_update";
        jdbc.sql("create trigger " + name + " before " + event + " for each row when (" + when
                        + ") execute function stand_still()")
                .update();
    }

    // --- the end of a process ---

    private List<Begun> killedInTheMiddleOfEverything(String forming, long fetched) throws Exception {
        Process process = victim(forming, fetched);
        List<Begun> begun = new ArrayList<>();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && !line.equals(Victim.READY)) {
                said.append(line).append('\n');
                if (line.startsWith(Victim.BEGUN)) {
                    String[] words = line.split(" ");
                    begun.add(new Begun(words[1], words[2], words[3], words[4]));
                }
                line = lines.readLine();
            }
            assertThat(line).as(said.toString()).isEqualTo(Victim.READY);
            await().atMost(PATIENCE).until(() -> standingStill() == 2);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
        jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = :name")
                .param("name", APPLICATION)
                .query()
                .listOfRows();
        await().atMost(PATIENCE).until(() -> connections("true") == 0);
        return begun;
    }

    private long standingStill() {
        return connections("wait_event = 'PgSleep'");
    }

    private long connections(String which) {
        return jdbc.sql("select count(*) from pg_stat_activity where application_name = :name and " + which)
                .param("name", APPLICATION)
                .query(Long.class)
                .single();
    }

    private Process victim(String forming, long fetched) throws IOException {
        String url = database.getJdbcUrl();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        ContactCases.TUESDAY.toString(),
                        Integer.toString(100_000),
                        forming,
                        Long.toString(fetched),
                        home.resolve("post").toString(),
                        "--spring.profiles.active=test",
                        "--spring.jmx.enabled=false",
                        "--spring.mail.port=" + mails.getSmtp().getPort(),
                        "--dunlin.portal.secret=a-secret-that-both-processes-have",
                        "--dunlin.data=" + home.resolve("data"),
                        "--dunlin.database.url=" + url + (url.contains("?") ? "&" : "?") + "ApplicationName="
                                + APPLICATION,
                        "--dunlin.database.user=postgres",
                        "--dunlin.agency.agencies[0].id=benelux-incasso",
                        "--dunlin.agency.agencies[0].name=Benelux Incasso",
                        "--dunlin.agency.agencies[0].language=nl",
                        "--dunlin.agency.agencies[0].email=cases@benelux-incasso.example",
                        "--dunlin.agency.agencies[1].id=" + FETCHES,
                        "--dunlin.agency.agencies[1].name=Van Rijn Advocaten",
                        "--dunlin.agency.agencies[1].kind=lawyer",
                        "--dunlin.agency.agencies[1].language=nl",
                        "--dunlin.agency.agencies[1].folder="
                                + desk.folder(FETCHES).toAbsolutePath(),
                        "--dunlin.agency.agencies[2].id=euro-collect",
                        "--dunlin.agency.agencies[2].name=Euro Collect",
                        "--dunlin.agency.agencies[2].email=in@euro-collect.example",
                        "--dunlin.twilio.base-url=" + twilio.address(),
                        "--dunlin.twilio.account-sid=" + TwilioDouble.ACCOUNT,
                        "--dunlin.twilio.auth-token=" + TwilioDouble.TOKEN,
                        "--dunlin.twilio.sender.number=" + TwilioDouble.NUMBER,
                        "--dunlin.twilio.sender.voice-number=" + TwilioDouble.NUMBER)
                .redirectErrorStream(true)
                .start();
    }

    // --- afterwards ---

    private List<String> outcomes(List<Begun> begun, String what) {
        return begun.stream()
                .filter(one -> one.what().equals(what))
                .map(one -> one.point() + ": " + (what.startsWith("AGENCY") ? handedOver(one) : sent(one)))
                .toList();
    }

    private String sent(Begun one) {
        long arrived =
                switch (one.what()) {
                    case "SMS", "VOICE" -> twilio.posts(one.address());
                    case "LETTER" -> letters(one);
                    default -> mailsTo(one.address(), "");
                };
        String state = jdbc.sql(
                        "select string_agg(state, ' ' order by attempt) from contact where occurrence like :id || '%'")
                .param("id", one.processInstance())
                .query(String.class)
                .single();
        return "arrived %d, %s, at %s, asked %d".formatted(arrived, state, at(one), asked(one));
    }

    private long letters(Begun one) {
        return jdbc.sql(
                        """
                        select count(*) from contact_letter l join contact c on c.id = l.contact_id
                        where c.occurrence like :id || '%'
                        """)
                .param("id", one.processInstance())
                .query(Long.class)
                .single();
    }

    private long asked(Begun one) {
        return jdbc.sql(
                        """
                        select count(*) from act_ru_task t join act_ru_variable v on v.proc_inst_id_ = t.proc_inst_id_
                            join contact c on c.id = v.long_
                        where t.task_def_key_ = 'clarifyWhetherSent' and v.name_ = 'contactId' and c.occurrence like :id || '%'
                        """)
                .param("id", one.processInstance())
                .query(Long.class)
                .single();
    }

    private String at(Begun one) {
        return jdbc.sql(
                        """
                        select coalesce(string_agg(act_id_, ' '), 'the end') from act_ru_execution
                        where proc_inst_id_ = :id and act_id_ is not null
                        """)
                .param("id", one.processInstance())
                .query(String.class)
                .single();
    }

    private String handedOver(Begun one) {
        return jdbc.sql(
                        """
                        select f.reference, m.state,
                               (select string_agg(t.task_def_key_, ' ') from act_ru_task t join act_ru_execution x on x.id_ = t.proc_inst_id_
                                where x.root_proc_inst_id_ = c.process_instance_id) as waiting
                        from agency_file f join agency_message m on m.file_id = f.id and m.kind = 'HAND_OVER'
                            join dunning_case c on c.id = f.case_id join act_ru_execution e on e.root_proc_inst_id_ = c.process_instance_id
                        where e.id_ = :id
                        """)
                .param("id", one.processInstance())
                .query((row, n) -> {
                    long arrived = one.what().equals("AGENCY_MAIL")
                            ? mailsTo("benelux-incasso.example", row.getString("reference"))
                            : filesOf(row.getString("reference"));
                    return "arrived %d, %s, waiting %s"
                            .formatted(arrived, row.getString("state"), row.getString("waiting"));
                })
                .single();
    }

    /** What a first attempt may have left under a name of its own counts too. */
    private long filesOf(String reference) {
        try (Stream<Path> files = Files.list(desk.folder(FETCHES))) {
            return files.filter(file -> file.getFileName().toString().contains(reference + ".zip"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long mailsTo(String address, String subject) {
        return Arrays.stream(mails.getReceivedMessages())
                .filter(mail -> isTo(mail, address, subject))
                .count();
    }

    private static boolean isTo(MimeMessage mail, String address, String subject) {
        try {
            return mail.getSubject().contains(subject)
                    && Arrays.stream(mail.getRecipients(Message.RecipientType.TO))
                            .anyMatch(to -> to.toString().contains(address));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> runsOf(List<Long> letters) {
        return jdbc.sql(
                        """
                        select case l.state when 'IN_RUN' then 'in run' else l.state end || ', ' || lower(r.state)
                        from print_run_letter l join print_run r on r.id = l.run_id where l.contact_id = any(:letters)
                        """)
                .param("letters", letters.toArray(Long[]::new))
                .query(String.class)
                .list();
    }
}
