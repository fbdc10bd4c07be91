package org.dunlin.agency;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.dunning.Debtor;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cases on their way to an agency, and what the agency finds in its mail. */
@TestComponent
@Scope("prototype")
public class AgencyDesk {

    static final LocalDate DUE = LocalDate.of(2026, 1, 13);
    /** On which the hand-over comes up. */
    static final LocalDate CONFIRM = LocalDate.of(2026, 2, 13);

    private final Slate slate;
    private final Timeline timeline;
    private final Debtor debtor;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final GreenMail mails;
    private final JdbcClient jdbc;
    private final Agencies agencies;

    AgencyDesk(
            Slate slate,
            Timeline timeline,
            Debtor debtor,
            RuntimeService runtime,
            TaskService tasks,
            GreenMail mails,
            JdbcClient jdbc,
            Agencies agencies) {
        this.slate = slate;
        this.timeline = timeline;
        this.debtor = debtor;
        this.runtime = runtime;
        this.tasks = tasks;
        this.mails = mails;
        this.jdbc = jdbc;
        this.agencies = agencies;
    }

    /** From which an agency fetches what is meant for it. */
    public Path folder(String agency) {
        return Objects.requireNonNull(agencies.get(agency).folder());
    }

    Debtor debtor() {
        return debtor;
    }

    /** A small company that owes this much, on the evening on which the hand-over is to be confirmed; ids of the invoices. */
    List<Long> aboutToGo(String... amounts) {
        slate.clean();
        timeline.startOn(DUE.minusDays(1));
        debtor.of("NL", 5);
        List<Long> invoices =
                Arrays.stream(amounts).map(amount -> debtor.owes(amount, DUE)).toList();
        debtor.until(CONFIRM);
        return invoices;
    }

    /** The same, handed over to that agency. */
    List<Long> handedOver(String agency, String... amounts) {
        List<Long> invoices = aboutToGo(amounts);
        confirm(agency);
        timeline.settleDown();
        return invoices;
    }

    void confirm(String agency) {
        complete("confirmHandOver", Map.of("outcome", "handedOver", "agency", agency));
    }

    void complete(String task, Map<String, Object> form) {
        tasks.complete(
                tasks.createTaskQuery().taskDefinitionKey(task).singleResult().getId(), new HashMap<>(form));
    }

    List<String> tasks() {
        return tasks.createTaskQuery().active().list().stream()
                .map(task -> task.getTaskDefinitionKey())
                .sorted()
                .toList();
    }

    String reference() {
        return jdbc.sql("select reference from agency_file order by id desc limit 1")
                .query(String.class)
                .single();
    }

    String fileState() {
        return jdbc.sql("select concat_ws(' ', state, outcome) from agency_file order by id desc limit 1")
                .query(String.class)
                .single();
    }

    /** Kind and state of everything that was said to agencies, in order. */
    List<String> messages() {
        return jdbc.sql("select kind || ' ' || state from agency_message order by id")
                .query(String.class)
                .list();
    }

    /** E-mails to that address, in order. */
    List<MimeMessage> mailsTo(String address) {
        return Arrays.stream(mails.getReceivedMessages())
                .filter(mail -> {
                    try {
                        return mail.getAllRecipients()[0].toString().contains(address);
                    } catch (MessagingException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    static String text(MimeMessage mail) {
        return part(mail, 0).toString();
    }

    static String attachmentName(MimeMessage mail) {
        try {
            return ((MimeMultipart) mail.getContent()).getBodyPart(1).getFileName();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] attachment(MimeMessage mail) {
        try {
            BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(1);
            return part.getInputStream().readAllBytes();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object part(MimeMessage mail, int position) {
        try {
            return ((MimeMultipart) mail.getContent()).getBodyPart(position).getContent();
        } catch (IOException | MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Contents of an archive by name, in their order. */
    static Map<String, byte[]> unzip(byte[] archive) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
