package org.dunlin.contact.email;

import jakarta.mail.MessagingException;
import java.time.LocalDate;
import java.util.Optional;
import org.dunlin.contact.Channel;
import org.dunlin.contact.delivery.Address;
import org.dunlin.contact.delivery.Carrier;
import org.dunlin.contact.delivery.Handover;
import org.dunlin.contact.delivery.Parcel;
import org.dunlin.contact.delivery.Terms;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.dunlin.receivables.EmailAddress;
import org.springframework.stereotype.Component;

/** E-mail, handed to the mail server over a connection per batch and lane. */
@Component
class EmailCarrier implements Carrier {

    private final MessageComposer composer;
    private final SmtpServer server;
    private final EmailProperties properties;

    EmailCarrier(MessageComposer composer, SmtpServer server, EmailProperties properties) {
        this.composer = composer;
        this.server = server;
        this.properties = properties;
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public boolean sideBySide() {
        return true;
    }

    @Override
    public Terms terms() {
        return properties.terms();
    }

    @Override
    public Address address(Customer customer) {
        Optional<Customer.ContactPerson> person = customer.byEmail();
        if (person.isEmpty() || person.get().email() == null) {
            return new Address.Unusable(null, "No e-mail address");
        }
        return EmailAddress.parse(person.get().email())
                .<Address>map(address ->
                        new Address.Usable(address.text(), person.get().name()))
                .orElseGet(() -> new Address.Unusable(
                        person.get().email(),
                        "Not an e-mail address: " + person.get().email()));
    }

    @Override
    public MessageContent rung(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return composer.email(template, statement, customer, creditor, recipient, today);
    }

    @Override
    public MessageContent notice(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return composer.notice(template, statement, customer, creditor, recipient, today);
    }

    @Override
    public String messageId(long contactId, String claim, Creditor creditor) {
        return EmailMessage.messageId(contactId, claim, creditor);
    }

    @Override
    public Round open() {
        return new Connected(server.connect());
    }

    private record Connected(SmtpConnection connection) implements Round {

        @Override
        public Handover hand(Parcel parcel) {
            try {
                return connection.send(EmailMessage.of(connection.session(), parcel));
            } catch (MessagingException e) {
                return new Handover.NotSent(SmtpConnection.text(e));
            }
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
