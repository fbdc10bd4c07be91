package org.dunlin.contact.post;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Letters: printed to PDF and put into the out-tray, where they lie until a print run takes them. */
@Component
@EnableConfigurationProperties(LetterProperties.class)
class LetterCarrier implements Carrier {

    /** Countries of our customers in which an address can do without a postal code. */
    private static final Set<String> WITHOUT_POSTAL_CODE = Set.of("IE", "HK", "AE");

    private final MessageComposer composer;
    private final LetterProperties properties;

    LetterCarrier(MessageComposer composer, LetterProperties properties) {
        this.composer = composer;
        this.properties = properties;
    }

    @Override
    public Channel channel() {
        return Channel.LETTER;
    }

    @Override
    public Terms terms() {
        return properties.terms();
    }

    /** The out-tray is a table of ours: what was not noted there is not in it. */
    @Override
    public boolean canBeLost() {
        return false;
    }

    @Override
    public Address address(Customer customer) {
        String missing = Stream.of(
                        isBlank(customer.street()) ? "street" : "",
                        isBlank(customer.postalCode()) && !WITHOUT_POSTAL_CODE.contains(customer.country())
                                ? "postal code"
                                : "",
                        isBlank(customer.city()) ? "town" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            return new Address.Unusable(null, "Address without " + missing);
        }
        String line = Stream.of(
                        customer.name(),
                        customer.street(),
                        Stream.of(customer.postalCode(), customer.city())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" ")),
                        customer.country())
                .filter(Objects::nonNull)
                .map(MessageComposer::line)
                .collect(Collectors.joining(", "));
        return new Address.Usable(line, "");
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    @Override
    public MessageContent rung(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return composer.letterToPost(template, statement, customer, creditor, recipient, today);
    }

    @Override
    public MessageContent notice(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today) {
        return composer.noticeToPost(template, statement, customer, creditor, recipient, today);
    }

    @Override
    public String messageId(long contactId, String claim, Creditor creditor) {
        return "L" + contactId;
    }

    @Override
    public Round open() {
        return new OutTray();
    }

    /** Whatever is kept with the contact lies in it. */
    private static final class OutTray implements Round {

        @Override
        public Handover hand(Parcel parcel) {
            return new Handover.Ready();
        }

        @Override
        public void close() {
            // Nothing was opened.
        }
    }
}
