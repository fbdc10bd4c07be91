package org.dunlin.contact.post;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run of many letters. How long it takes with a thousand: {@code mvn test -Dtest=ManyLettersTest -Ddunlin.letters=1000}. */
@DunlinTest
class ManyLettersTest {

    private static final Logger log = LoggerFactory.getLogger(ManyLettersTest.class);
    private static final int LETTERS = Integer.getInteger("dunlin.letters", 60);

    @Autowired
    Timeline timeline;

    @Autowired
    Slate slate;

    @Autowired
    Portfolio portfolio;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PrintRuns runs;

    @Autowired
    RunPrinter printer;

    @Autowired
    LettersPosted steps;

    @Autowired
    Manifest manifest;

    @Test
    void a_run_of_many_letters_is_one_file_one_task_and_a_few_engine_commands() throws Exception {
        slate.clean();
        timeline.startOn(LocalDate.of(2026, 1, 14));
        long creditor = portfolio.creditor("NL");
        jdbc.sql(
                        """
                        with k as (
                            insert into customer (number, name, country, language, employees, sector, street, postal_code, city)
                            select 'MANY-' || n, 'Customer ' || n || ' BV', 'NL', (array['nl', 'en', 'de', 'fr'])[1 + n % 4], 30, 'wholesale',
                                   'Dorpsstraat ' || n, (1000 + n * 7 % 9000) || ' AA', 'Plaats'
                            from generate_series(1, :n) n returning id, number)
                        insert into invoice (creditor_id, customer_id, number, issued_on, due_on, currency, gross)
                        select :creditor, k.id, 'I-' || k.number, '2025-12-13', '2026-01-13', 'EUR', 1000 from k
                        """)
                .param("n", LETTERS)
                .param("creditor", creditor)
                .update();

        long begin = System.nanoTime();
        timeline.passDay();
        long formed = System.nanoTime();
        PrintRun run = runs.latest(1).get(0);
        assertThat(run.letters()).isEqualTo(LETTERS);

        System.gc();
        long before = used();
        // Left there, for eyes.
        Path file = Files.createDirectories(Path.of("target", "letters")).resolve("run.pdf");
        try (OutputStream out = Files.newOutputStream(file)) {
            printer.print(run, out);
        }
        long after = used();
        Files.write(file.resolveSibling("run-manifest.pdf"), manifest.pdf(run));
        long printed = System.nanoTime();
        try (PDDocument pages = Loader.loadPDF(file.toFile())) {
            assertThat(pages.getNumberOfPages()).isEqualTo(LETTERS);
        }

        long posting = System.nanoTime();
        tasks.complete(
                tasks.createTaskQuery()
                        .taskDefinitionKey("postLetters")
                        .singleResult()
                        .getId(),
                Map.of("outcome", "allPosted"));
        long posted = System.nanoTime();
        int told = 0;
        int commands = 0;
        for (int some = steps.runOnce(); some > 0; some = steps.runOnce()) {
            told += some;
            commands++;
        }
        long heard = System.nanoTime();

        assertThat(told).isEqualTo(LETTERS);
        assertThat(commands).isEqualTo((LETTERS + 99) / 100);
        assertThat(jdbc.sql("select count(*) from contact where channel = 'LETTER' and state = 'SENT'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(LETTERS);
        log.info(
                "{} letters: written and formed with their day {}, printed {} ({} kB, heap {} kB before, {} kB after), posted {}, told {}",
                LETTERS,
                between(begin, formed),
                between(formed, printed),
                Files.size(file) / 1024,
                before / 1024,
                after / 1024,
                between(posting, posted),
                between(posted, heard));
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Duration between(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
