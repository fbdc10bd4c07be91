package org.dunlin.portal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the page of a link says, in the customer's language: its template places these texts and computes nothing.
 *
 * @param creditor  name
 * @param notice    what has just happened; null when nothing has
 * @param worry     whether that is something that did not work
 * @param heading   what is open in one line
 * @param lead      paragraphs below it
 * @param atOnce    the button that leads to the payment service; null where there is none
 * @param transfer  how to transfer it; null when nothing is to be paid
 * @param parts     of a payment plan; empty when there is none
 * @param invoices  what is open
 * @param examined  what is being looked into; empty when nothing is
 * @param contact   whom to ask
 */
record PayView(
        String language,
        String creditor,
        @Nullable String notice,
        boolean worry,
        String heading,
        List<String> lead,
        @Nullable Button atOnce,
        @Nullable Transfer transfer,
        @Nullable Parts parts,
        @Nullable Invoices invoices,
        @Nullable Invoices examined,
        Contact contact) {

    /** @param hint what happens when it is pressed */
    record Button(String text, String hint) {}

    /**
     * @param code     picture of the code for a banking app as a {@code data:} address; null where there is none
     * @param codeHint what to do with it
     */
    record Transfer(String heading, List<Detail> details, @Nullable String code, String codeHint) {}

    /** @param copy whether it is something to copy whole */
    record Detail(String label, String value, boolean copy) {}

    record Parts(String heading, List<Part> lines) {}

    record Part(String date, String amount, @Nullable String paid) {}

    record Invoices(String heading, @Nullable String note, List<Line> lines) {}

    /** @param of what it was, when a part is paid */
    record Line(String number, String dates, String open, @Nullable String of) {}

    /** @param phoneLink as a {@code tel:} address */
    record Contact(
            String heading,
            String text,
            @Nullable String phone,
            @Nullable String phoneLink,
            String email,
            List<String> address) {}
}
