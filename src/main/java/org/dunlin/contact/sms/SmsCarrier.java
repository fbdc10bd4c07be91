package org.dunlin.contact.sms;

import java.time.LocalDate;
import org.dunlin.contact.Channel;
import org.dunlin.contact.delivery.Address;
import org.dunlin.contact.delivery.Carrier;
import org.dunlin.contact.delivery.Finding;
import org.dunlin.contact.delivery.Handover;
import org.dunlin.contact.delivery.LostMessage;
import org.dunlin.contact.delivery.Parcel;
import org.dunlin.contact.delivery.Terms;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.text.MessageComposer;
import org.dunlin.contact.twilio.PhoneNumbers;
import org.dunlin.contact.twilio.Reference;
import org.dunlin.contact.twilio.StoppingRound;
import org.dunlin.contact.twilio.Twilio;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Text messages, handed to Twilio one by one. */
@Component
@EnableConfigurationProperties(SmsProperties.class)
class SmsCarrier implements Carrier {

    private final MessageComposer composer;
    private final Twilio twilio;
    private final PhoneNumbers numbers;
    private final SmsProperties properties;

    SmsCarrier(MessageComposer composer, Twilio twilio, PhoneNumbers numbers, SmsProperties properties) {
        this.composer = composer;
        this.twilio = twilio;
        this.numbers = numbers;
        this.properties = properties;
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public String topic() {
        return SmsWorker.TOPIC;
    }

    @Override
    public Terms terms() {
        return properties.terms();
    }

    @Override
    public Address address(Customer customer) {
        return numbers.mobile(customer);
    }

    @Override
    public Address address(Customer customer, Creditor creditor) {
        return twilio.serves(Channel.SMS, creditor)
                ? address(customer)
                : new Address.Closed("No text messages are set up for creditor " + creditor.number());
    }

    @Override
    public MessageContent rung(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return composer.sms(template, statement, customer, creditor, recipient, today);
    }

    @Override
    public MessageContent notice(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return composer.smsNotice(template, statement, customer, creditor, recipient, today);
    }

    @Override
    public String messageId(long contactId, String claim, Creditor creditor) {
        return new Reference(contactId, claim).toString();
    }

    /** Twilio lists messages with their text, and with nothing else that only this one has. */
    @Override
    public MessageContent findable(MessageContent content, String messageId) {
        return content.saying(content.text() + " " + mark(messageId));
    }

    @Override
    public boolean canBeAsked() {
        return twilio.isConfigured();
    }

    @Override
    public Finding find(LostMessage lost) {
        return twilio.findText(lost, mark(lost.messageId()));
    }

    private static String mark(String messageId) {
        return "(" + Reference.mark(messageId) + ")";
    }

    @Override
    public Round open() {
        return new StoppingRound(this::hand);
    }

    private Handover hand(Parcel parcel) {
        return twilio.text(
                parcel.creditor(),
                parcel.content().recipient(),
                parcel.content().text(),
                parcel.messageId());
    }
}
