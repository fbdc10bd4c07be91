package org.dunlin.contact.letter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dunlin.receivables.Creditor;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.PaymentReference;

/**
 * The QR code with which a banking app fills in a SEPA credit transfer, after the guidelines EPC069-12 of the European Payments
 * Council, version 002 of the data: UTF-8, error correction M, at most 331 bytes.
 *
 * @param payload what the code says, line by line
 */
public record PaymentCode(String payload) {

    private static final BigDecimal SMALLEST = new BigDecimal("0.01");
    private static final BigDecimal LARGEST = new BigDecimal("999999999.99");
    private static final int LONGEST_NAME = 70;
    private static final int LONGEST = 331;

    /**
     * @return empty where a SEPA transfer is not how it can be paid: without an IBAN, in another currency than the euro, or beyond
     *     the amounts that the scheme allows
     */
    public static Optional<PaymentCode> of(Creditor creditor, Money amount, PaymentReference reference) {
        BigDecimal euros = amount.amount().setScale(2, RoundingMode.HALF_UP);
        if (creditor.iban() == null
                || !amount.currency().getCurrencyCode().equals("EUR")
                || euros.compareTo(SMALLEST) < 0
                || euros.compareTo(LARGEST) > 0) {
            return Optional.empty();
        }
        // The field for structured references is for ISO 11649 only; banks find a Belgian one in the text.
        boolean iso = reference.form() == PaymentReference.Form.ISO_11649;
        String payload = List.of(
                        "BCD",
                        "002",
                        "1",
                        "SCT",
                        creditor.bic() == null ? "" : creditor.bic(),
                        shortened(oneLine(creditor.name())),
                        creditor.iban(),
                        "EUR" + euros.toPlainString(),
                        "",
                        iso ? reference.electronic() : "",
                        iso ? "" : reference.formatted())
                .stream()
                .collect(Collectors.joining("\n"))
                .stripTrailing();
        return payload.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                ? Optional.of(new PaymentCode(payload))
                : Optional.empty();
    }

    /** The picture of it. */
    public QrCode picture() {
        return new QrCode(payload);
    }

    private static String oneLine(String name) {
        return name.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, LONGEST_NAME).strip();
    }
}
