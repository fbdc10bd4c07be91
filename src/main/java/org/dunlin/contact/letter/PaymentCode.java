package org.dunlin.contact.letter;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
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

    /** Dots of the picture for one module of the code: sharp on paper at 600 dpi. */
    private static final int SCALE = 8;

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

    /** As a picture that a page can hold: a {@code data:} address of a PNG. */
    public String dataUri() {
        return "data:image/png;base64," + java.util.Base64.getEncoder().encodeToString(png());
    }

    /** As a PNG, black on white, with the quiet zone that scanners need. */
    public byte[] png() {
        BitMatrix modules = modules();
        int size = modules.getWidth() * SCALE;
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                image.setRGB(x, y, modules.get(x / SCALE, y / SCALE) ? 0x000000 : 0xFFFFFF);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private BitMatrix modules() {
        Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
        hints.put(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);
        hints.put(EncodeHintType.MARGIN, 4);
        if (!payload.chars().allMatch(c -> c < 128)) {
            hints.put(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());
        }
        try {
            // As small as it can be: one dot per module.
            return new QRCodeWriter().encode(payload, BarcodeFormat.QR_CODE, 1, 1, hints);
        } catch (WriterException e) {
            throw new IllegalStateException("What fits the guidelines fits a code", e);
        }
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
