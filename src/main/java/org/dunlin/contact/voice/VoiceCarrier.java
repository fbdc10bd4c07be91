package org.dunlin.contact.voice;

import java.time.LocalDate;
import org.dunlin.contact.Channel;
import org.dunlin.contact.delivery.Address;
import org.dunlin.contact.delivery.Carrier;
import org.dunlin.contact.delivery.Finding;
import org.dunlin.contact.delivery.LostMessage;
import org.dunlin.contact.delivery.Terms;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.text.VoiceScript;
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

/** Automated calls. The rung is climbed when the call is placed; what is said in it comes when somebody answers. */
@Component
@EnableConfigurationProperties(VoiceProperties.class)
class VoiceCarrier implements Carrier {

    private final VoiceScript script;
    private final Twilio twilio;
    private final PhoneNumbers numbers;
    private final VoiceProperties properties;

    VoiceCarrier(VoiceScript script, Twilio twilio, PhoneNumbers numbers, VoiceProperties properties) {
        this.script = script;
        this.twilio = twilio;
        this.numbers = numbers;
        this.properties = properties;
    }

    @Override
    public Channel channel() {
        return Channel.VOICE;
    }

    @Override
    public String topic() {
        return VoiceWorker.TOPIC;
    }

    @Override
    public Terms terms() {
        return properties.terms();
    }

    @Override
    public Address address(Customer customer) {
        return numbers.any(customer);
    }

    @Override
    public Address address(Customer customer, Creditor creditor) {
        return twilio.serves(Channel.VOICE, creditor)
                ? address(customer)
                : new Address.Closed("No automated calls are set up for creditor " + creditor.number());
    }

    @Override
    public MessageContent rung(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return script.content(template, statement, customer, creditor, recipient, today);
    }

    /** What came of a hold is worth reading twice, and nobody can do that with a call. */
    @Override
    public MessageContent notice(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        throw new IllegalArgumentException("Notices are not spoken: the step needs another channel");
    }

    @Override
    public String messageId(long contactId, String claim, Creditor creditor) {
        return new Reference(contactId, claim).toString();
    }

    @Override
    public boolean canBeAsked() {
        return twilio.isConfigured();
    }

    @Override
    public Finding find(LostMessage lost) {
        return twilio.findCall(lost);
    }

    @Override
    public Round open() {
        return new StoppingRound(
                parcel -> twilio.call(parcel.creditor(), parcel.content().recipient(), parcel.messageId()));
    }
}
