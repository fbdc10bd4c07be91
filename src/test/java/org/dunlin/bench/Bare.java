package org.dunlin.bench;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.DunningCases;
import org.dunlin.receivables.Receivables;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** The same messages with nothing around them: mails that are only sent, letters that are only rendered. */
final class Bare {

    private static final int MOST = 1_000;

    private final Product product;
    private final DiscardingMailServer mails;
    private final JdbcClient jdbc;

    Bare(Product product, DiscardingMailServer mails) {
        this.product = product;
        this.mails = mails;
        this.jdbc = product.bean(JdbcClient.class);
    }

    private record Mail(String to, String subject, String text, String html) {}

    /** How many of the mails that were sent can be made and sent in a second over one connection. */
    double emails() {
        List<Mail> sent = jdbc.sql(
                        "select recipient, subject, body_text, body_html from contact where channel = 'EMAIL' and state = 'SENT' limit "
                                + MOST)
                .query((row, n) -> new Mail(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
        Properties settings = new Properties();
        // As the product does: else each of them would wait 40 ms for the network.
        settings.put(
                "mail.smtp.socketFactory",
                product.bean(JavaMailSenderImpl.class).getJavaMailProperties().get("mail.smtp.socketFactory"));
        Session session = Session.getInstance(settings);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", mails.port(), null, null);
            // Once for a start: what is loaded only once belongs to nobody.
            send(session, transport, sent.subList(0, Math.min(100, sent.size())));
            long start = System.nanoTime();
            send(session, transport, sent);
            return perSecond("bare SMTP", sent.size(), start);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Session session, Transport transport, List<Mail> sent) throws MessagingException {
        for (Mail mail : sent) {
            MimeMessage message = new MimeMessage(session);
            MimeMessageHelper helper = new MimeMessageHelper(message, true, "UTF-8");
            helper.setFrom("ar@creditor.example");
            helper.setTo(mail.to());
            helper.setSubject(mail.subject());
            helper.setText(mail.text(), mail.html());
            message.saveChanges();
            transport.sendMessage(message, message.getRecipients(Message.RecipientType.TO));
        }
    }

    private record Letter(long caseId, String template) {}

    /** @param without so many letters that were written before the others */
    double letters(long without) {
        List<Letter> written = jdbc.sql(
                        """
                        select case_id, template from contact where channel = 'LETTER' and state = 'READY'
                        order by id offset :without limit :most
                        """)
                .param("without", without)
                .param("most", MOST)
                .query((row, n) -> new Letter(row.getLong(1), row.getString(2)))
                .list();
        DunningCases cases = product.bean(DunningCases.class);
        Receivables receivables = product.bean(Receivables.class);
        MessageComposer composer = product.bean(MessageComposer.class);
        record Ready(String template, CaseStatement statement) {}
        List<Ready> ready = written.stream()
                .map(letter -> new Ready(letter.template(), cases.statementForAll(letter.caseId())))
                .toList();
        LocalDate today = PortfolioFiles.DAY;
        long start = System.nanoTime();
        for (Ready letter : ready) {
            composer.letterOnPaper(
                    letter.template(),
                    letter.statement(),
                    receivables.customer(letter.statement().dunningCase().customerId()),
                    receivables.creditor(letter.statement().dunningCase().creditorId()),
                    today);
        }
        return perSecond("bare PDF", ready.size(), start);
    }

    private static double perSecond(String what, int items, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "  %-20s %,9d %-10s %,8.1f s%n", what, items, "", seconds);
        return items / seconds;
    }
}
