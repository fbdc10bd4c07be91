package org.dunlin.contact.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.delivery.CrashPoint.Point;
import org.dunlin.contact.email.CrashingSender.What;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/**
 * Promise R1: a contact is handed over at most once, or parked where a person sees it. A process is killed at each point between
 * claim and complete, each time in another case or hold; the next process finds what it left behind.
 */
@DunlinTest
class AtMostOnceTest {

    @Autowired
    HikariDataSource database;

    @Autowired
    JdbcClient jdbc;

    private final List<String> received = new CopyOnWriteArrayList<>();

    /** What the process said about the case or the hold in which it was killed. */
    private record Interrupted(String address, String processInstance) {}

    @ParameterizedTest
    @CsvSource({"RUNG, sendReminder, afterReminder", "NOTICE, tellCustomer, customerTold"})
    void killed_at_any_point_a_message_is_received_at_most_once_or_somebody_is_asked(
            What what, String step, String nextStep) throws Exception {
        String name = Portfolio.unique("crash").replace('-', '_');
        jdbc.sql("create database " + name).update();
        String url = database.getJdbcUrl().replaceFirst("/postgres(?=\\?|$)", "/" + name);
        Map<Point, Interrupted> begun = new EnumMap<>(Point.class);
        SMTPServer server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .simpleMessageListener(new Counting())
                .build();
        server.start();
        try {
            Instant now = ContactCases.TUESDAY;
            for (Point point : Point.values()) {
                begun.put(point, killedAt(point, what, url, server.getPortAllocated(), now));
                now = now.plus(Duration.ofMinutes(20));
            }
            run(url, server.getPortAllocated(), now, CrashingSender.NOWHERE, what, 0);
        } finally {
            server.stop();
        }

        JdbcClient left = JdbcClient.create(new SingleConnectionDataSource(url, "postgres", "", true));
        Map<Point, String> outcome = new EnumMap<>(Point.class);
        begun.forEach((point, interrupted) -> outcome.put(point, outcome(left, interrupted)));
        assertThat(outcome)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Point.CLAIMED, "received 0, UNKNOWN, " + step + ", asked 1",
                        Point.ABOUT_TO_SEND, "received 0, UNKNOWN, " + step + ", asked 1",
                        Point.HANDED_OVER, "received 1, UNKNOWN, " + step + ", asked 1",
                        Point.MARKED, "received 1, UNKNOWN, " + step + ", asked 1",
                        Point.COMMITTED, "received 1, SENT, " + nextStep + ", asked 0"));
    }

    private String outcome(JdbcClient left, Interrupted interrupted) {
        long mails = received.stream().filter(interrupted.address()::equals).count();
        String state = left.sql(
                        "select string_agg(state, ' ' order by attempt) from contact where occurrence like :id || '%'")
                .param("id", interrupted.processInstance())
                .query(String.class)
                .single();
        String step = left.sql(
                        "select string_agg(act_id_, ' ') from act_ru_execution where proc_inst_id_ = :id and act_id_ is not null")
                .param("id", interrupted.processInstance())
                .query(String.class)
                .single();
        long asked = left.sql(
                        """
                        select count(*) from act_ru_task t join act_ru_variable v on v.proc_inst_id_ = t.proc_inst_id_
                            join contact c on c.id = v.long_
                        where t.task_def_key_ = 'clarifyWhetherSent' and v.name_ = 'contactId' and c.occurrence like :id || '%'
                        """)
                .param("id", interrupted.processInstance())
                .query(Long.class)
                .single();
        return "received %d, %s, %s, asked %d".formatted(mails, state, step, asked);
    }

    private Interrupted killedAt(Point point, What what, String url, int mailPort, Instant now) throws Exception {
        String said = run(url, mailPort, now, point.name(), what, CrashingSender.GONE);
        String[] words = said.lines()
                .filter(line -> line.startsWith(CrashingSender.BEGUN))
                .findFirst()
                .orElseThrow()
                .split(" ");
        return new Interrupted(words[1], words[2]);
    }

    private static String run(String url, int mailPort, Instant now, String point, What what, int exitCode)
            throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingSender.class.getName(),
                        url,
                        Integer.toString(mailPort),
                        now.toString(),
                        point,
                        what.name())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> said.append(line).append('\n'));
        }
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said.toString()).isEqualTo(exitCode);
        return said.toString();
    }

    private final class Counting implements SimpleMessageListener {

        @Override
        public boolean accept(String from, String recipient) {
            return true;
        }

        @Override
        public void deliver(String from, String recipient, InputStream data) throws IOException {
            data.transferTo(OutputStream.nullOutputStream());
            received.add(recipient);
        }
    }
}
