package org.dunlin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final List<String> LOGINS = List.of("demo", "junior", "senior", "manager");

    @Test
    void it_says_what_there_is_where_to_look_and_how_to_go_on() {
        String text =
                new Summary("http://localhost:8080", figures(null, true), Path.of("/home/anna/dunlin/data")).text();

        assertThat(text)
                .isEqualTo(
                        """

                        Dunlin is ready. It is Saturday 21 November 2026.

                          Customers     150   segment A 61, segment B 58, segment C 31
                          Overdue        50   customers with 63 invoices
                          Cases          47   standard 31, key account 16
                                          3   of them wait for the customer's usual pay day
                          Contacts        9   email 7, registered letter 2
                          Tasks          12   junior collectors 7, senior collectors 5
                          Next           43   steps of ladders are due on Monday 23 November 2026

                          Start page  http://localhost:8080/
                          Tasklist    http://localhost:8080/camunda/app/tasklist/
                          Cockpit     http://localhost:8080/camunda/app/cockpit/

                          Log in as   demo (may do everything), the password is the name; or as
                                      junior, senior, manager
                          Go on       curl -u demo:demo -X POST 'http://localhost:8080/api/demo/clock?days=7'
                                      moves the clock, and everything that falls due in these days happens
                          Mails       stay on this machine; the contact log shows them

                        Ctrl-C stops Dunlin. It keeps everything in /home/anna/dunlin/data and goes on from there at the next start.
                        """);
        assertThat(text.lines()).hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void it_says_so_when_mails_leave_the_machine_and_when_work_is_not_done() {
        String text = new Summary("http://localhost:8080", figures("mail.example:587", false), null).text();

        assertThat(text)
                .contains("go to the mail server mail.example:587")
                .contains("Work is still going on")
                .doesNotContain("stay on this machine")
                .doesNotContain("keeps everything in");
    }

    @Test
    void without_demo_it_gives_addresses_and_no_passwords() {
        String text = new Summary("http://localhost:8080", null, Path.of("data")).text();

        assertThat(text).contains("http://localhost:8080/camunda/app/tasklist/").doesNotContain("password", "curl");
    }

    private static Summary.Figures figures(String mailsTo, boolean atRest) {
        return new Summary.Figures(
                LocalDate.parse("2026-11-21"),
                ordered("A", 61, "B", 58, "C", 31),
                50,
                63,
                ordered("standard", 31, "keyAccount", 16),
                3,
                ordered("EMAIL", 7, "REGISTERED_LETTER", 2),
                ordered("juniorCollectors", 7, "seniorCollectors", 5),
                43,
                LocalDate.parse("2026-11-23"),
                LOGINS,
                mailsTo,
                atRest);
    }

    private static Map<String, Long> ordered(Object... entries) {
        Map<String, Long> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], ((Number) entries[i + 1]).longValue());
        }
        return map;
    }
}
