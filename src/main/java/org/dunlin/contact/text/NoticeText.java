package org.dunlin.contact.text;

import java.util.Arrays;

/** The notices there are, by the names that models use, and what each shows besides its words and the invoices. */
enum NoticeText {
    /** The customer was right: a credit note follows. */
    DISPUTE_CREDIT("disputeCredit", Payment.NONE),
    /** The customer was right: a corrected invoice follows. */
    DISPUTE_CORRECTED("disputeCorrected", Payment.NONE),
    /** The invoice stands. */
    DISPUTE_REJECTED("disputeRejected", Payment.OF_WHAT_IS_OPEN),
    /** What was agreed about paying in parts. */
    PLAN_AGREED("planAgreed", Payment.IN_INSTALMENTS);

    /** What the customer is to pay. */
    enum Payment {
        NONE,
        OF_WHAT_IS_OPEN,
        IN_INSTALMENTS
    }

    private final String template;
    private final Payment payment;

    NoticeText(String template, Payment payment) {
        this.template = template;
        this.payment = payment;
    }

    /** @throws IllegalArgumentException when there is no such notice */
    static NoticeText of(String template) {
        return Arrays.stream(values())
                .filter(notice -> notice.template.equals(template))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not the name of a notice: " + template));
    }

    String template() {
        return template;
    }

    Payment payment() {
        return payment;
    }
}
