package org.dunlin.contact.email;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.LocalDate;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Contact;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactFilter;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Contacts;
import org.dunlin.dunning.DunningCases;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DunlinTest
class EmailWorkerTest {

    @Autowired
    EmailWorker worker;

    @Autowired
    ContactCases cases;

    @Autowired
    Contacts contacts;

    @Autowired
    DunningCases dunningCases;

    @Autowired
    Portfolio portfolio;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void now() {
        cases.timeRunsAgain();
    }

    @Test
    void a_reminder_goes_out_is_kept_as_sent_and_the_ladder_goes_on() throws Exception {
        ContactCases.Case dunningCase = cases.waiting("1250.00", "300.00");

        drain();

        assertThat(cases.steps(dunningCase)).containsExactly("afterReminder");
        assertThat(cases.mailsTo(dunningCase)).hasSize(1);
        MimeMessage mail = cases.mailsTo(dunningCase).get(0);
        Contact contact = onlyContact(dunningCase);
        assertThat(contact.state()).isEqualTo(ContactState.SENT);
        assertThat(contact.sentAt()).isEqualTo(ContactCases.TUESDAY);
        assertThat(mail.getSubject()).isEqualTo(contact.subject()).contains("2 invoices");
        assertThat(mail.getMessageID()).isEqualTo(contact.messageId());
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).contains("multipart/alternative");
        assertThat(normal(parts.getBodyPart(0).getContent())).isEqualTo(normal(contact.bodyText()));
        assertThat(normal(parts.getBodyPart(1).getContent())).isEqualTo(normal(contact.bodyHtml()));
        assertThat(contact.total()).hasToString("EUR 1550.00");
        assertThat(contact.invoices())
                .extracting(Contact.Line::invoiceId)
                .containsExactlyInAnyOrderElementsOf(dunningCase.invoices());
        assertThat(dunningCases.get(dunningCase.id()).rung()).isEqualTo(10);
        assertThat(dunningCases.get(dunningCase.id()).lastContactAt()).isEqualTo(ContactCases.TUESDAY);
    }

    @Test
    void a_payment_committed_before_sending_stops_the_message() {
        ContactCases.Case dunningCase = cases.waiting("1250.00");
        portfolio.pay(dunningCase.invoices().get(0), LocalDate.of(2026, 3, 10), "1250.00");

        drain();

        assertThat(cases.mailsTo(dunningCase)).isEmpty();
        assertThat(onlyContact(dunningCase).state()).isEqualTo(ContactState.CANCELLED);
        assertThat(cases.steps(dunningCase)).containsExactly("sendReminder");
    }

    private Contact onlyContact(ContactCases.Case dunningCase) {
        var latest = contacts.latest(ContactFilter.ofCase(dunningCase.id()), 10);
        assertThat(latest).hasSize(1);
        return contacts.find(latest.get(0).id()).orElseThrow();
    }

    private static String normal(Object text) {
        return String.valueOf(text).replace("\r\n", "\n").strip();
    }

    private void drain() {
        while (worker.runOnce() > 0) {
            // until nothing is left that can be done now
        }
    }
}
