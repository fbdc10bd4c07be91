package org.dunlin.contact.sales;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.dunlin.contact.delivery.FailureText;
import org.dunlin.contact.sending.Sending;
import org.dunlin.platform.database.Outage;
import org.dunlin.platform.engine.Worker;
import org.dunlin.receivables.EmailAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Sends account managers their weekly overview. Claimed before it is sent: who may have got it does not get it again, because the next one comes
 * in a week.
 */
@Component
class SalesOverviewWorker implements Worker {

    static final String TOPIC = "salesOverview";

    private static final Logger log = LoggerFactory.getLogger(SalesOverviewWorker.class);

    private static final Duration LOCK = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMinutes(30);
    private static final int BATCH = 20;
    private static final int ATTEMPTS = 3;

    private final ExternalTaskService tasks;
    private final SalesOverviews overviews;
    private final OverviewWriter writer;
    private final JavaMailSender mails;
    private final Sending sending;
    private final Clock clock;
    private final String name = TOPIC + "-" + UUID.randomUUID();

    SalesOverviewWorker(
            ExternalTaskService tasks,
            SalesOverviews overviews,
            OverviewWriter writer,
            JavaMailSender mails,
            Sending sending,
            Clock clock) {
        this.tasks = tasks;
        this.overviews = overviews;
        this.writer = writer;
        this.mails = mails;
        this.sending = sending;
        this.clock = clock;
    }

    @Override
    public int runOnce() {
        if (sending.isStopped()) {
            return 0;
        }
        List<LockedExternalTask> batch = tasks.fetchAndLock(BATCH, name)
                .topic(TOPIC, LOCK.toMillis())
                .variables(SalesOverviewProcess.ACCOUNT_MANAGER)
                .execute();
        for (LockedExternalTask task : batch) {
            try {
                send(Objects.requireNonNull((String) task.getVariables().get(SalesOverviewProcess.ACCOUNT_MANAGER)));
                tasks.complete(task.getId(), name);
            } catch (RuntimeException e) {
                if (Outage.caused(e)) {
                    throw e;
                }
                log.warn("An overview for sales could not be sent", e);
                fail(task, FailureText.of(e));
            }
        }
        return batch.size();
    }

    private void fail(LockedExternalTask task, String detail) {
        int left = (task.getRetries() == null ? ATTEMPTS : task.getRetries()) - 1;
        tasks.handleFailure(task.getId(), name, detail, detail, Math.max(0, left), PAUSE.toMillis());
    }

    private void send(String login) {
        List<OverdueCustomer> customers = overviews.customers(login);
        EmailAddress to = overviews.address(login).orElse(null);
        if (customers.isEmpty() || to == null) {
            return;
        }
        Overview overview = writer.write(overviews.name(login), customers, overviews.today());
        MimeMessage mail = mail(login, to, overview);
        if (!overviews.claim(login, to.text(), overview)) {
            return;
        }
        try {
            mails.send(mail);
        } catch (MailSendException e) {
            // Handed over or not, nobody can tell: it counts as sent. Unless there was no connection at all.
            if (!neverConnected(e)) {
                log.warn("Whether the overview for {} was sent is not known; the next one comes in a week", login, e);
                return;
            }
            overviews.giveUp(login);
            throw e;
        } catch (MailException e) {
            overviews.giveUp(login);
            throw e;
        }
    }

    /** Spring names a cause only where there was no connection; what went wrong with a message stands with the message. */
    private static boolean neverConnected(MailSendException failure) {
        return failure.getCause() != null;
    }

    private MimeMessage mail(String login, EmailAddress to, Overview overview) {
        try {
            MimeMessage mail = mails.createMimeMessage();
            MimeMessageHelper helper =
                    new MimeMessageHelper(mail, MimeMessageHelper.MULTIPART_MODE_MIXED_RELATED, "UTF-8");
            helper.setFrom(overviews
                    .sender(login)
                    .orElseThrow(() -> new IllegalStateException("No creditor of these customers has a sender address"))
                    .text());
            helper.setTo(to.text());
            helper.setSubject(overview.subject());
            helper.setSentDate(Date.from(clock.instant()));
            helper.setText(overview.text(), overview.html());
            mail.setHeader("Auto-Submitted", "auto-generated");
            return mail;
        } catch (MessagingException e) {
            throw new IllegalStateException("The overview cannot be made: " + e.getMessage(), e);
        }
    }
}
