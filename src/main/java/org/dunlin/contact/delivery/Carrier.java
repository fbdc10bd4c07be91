package org.dunlin.contact.delivery;

import java.time.LocalDate;
import java.util.Locale;
import org.dunlin.contact.Channel;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.dunning.CaseStatement;
import org.dunlin.dunning.HoldStatement;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Customer;

/**
 * A channel that needs no human: where it finds its customers, how it words what is to be said, and how it hands a message over.
 * When to speak, at most once, and what to do after a failure is the same for all and not its business.
 */
public interface Carrier {

    Channel channel();

    /** Of the steps in models that this channel serves. */
    default String topic() {
        return channel().name().toLowerCase(Locale.ROOT);
    }

    Terms terms();

    /**
     * Whether a message can have left although its worker stopped before it noted so. If not, one that is found without its worker is
     * taken up again and nobody has to be asked.
     */
    default boolean canBeLost() {
        return true;
    }

    /** Whether several messages may be worded and handed over at the same time. */
    default boolean sideBySide() {
        return false;
    }

    /** Where the customer is reached by this channel, as far as the master data tell. */
    Address address(Customer customer);

    /** The same for what comes from that creditor, who may not have the channel. */
    default Address address(Customer customer, Creditor creditor) {
        return address(customer);
    }

    /**
     * The words of a rung.
     *
     * @param template  name as the model uses it
     * @param recipient a usable {@link #address}
     * @throws IllegalArgumentException when there is no such template
     */
    MessageContent rung(
            String template,
            CaseStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today);

    /** The words of a notice about a hold; as {@link #rung}. */
    MessageContent notice(
            String template,
            HoldStatement statement,
            Customer customer,
            Creditor creditor,
            String recipient,
            LocalDate today);

    /** The name under which the other side will know the message; unique even when a restored database counts again. */
    String messageId(long contactId, String claim, Creditor creditor);

    /** The message with what the other side will be asked for, should nobody know whether it has it. */
    default MessageContent findable(MessageContent content, String messageId) {
        return content;
    }

    /** Whether {@link #find} is worth calling. */
    default boolean canBeAsked() {
        return false;
    }

    /**
     * Asks the other side whether it has a message that was left in doubt.
     *
     * @param lost as it was offered, or would have been
     */
    default Finding find(LostMessage lost) {
        return Finding.CANNOT_TELL;
    }

    /** Gets ready for a batch. Does not fail: when the other side is out of reach each message says so. */
    Round open();

    /** The messages of a batch, for example over one connection. */
    interface Round extends AutoCloseable {

        /** Offers a message to the other side. What came of it is the answer, an exception is the same as not sent. */
        Handover hand(Parcel parcel);

        @Override
        void close();
    }
}
