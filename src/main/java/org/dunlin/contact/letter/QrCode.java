package org.dunlin.contact.letter;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A text as a picture that cameras read: a QR code with error correction M and the quiet zone that scanners need.
 *
 * @param payload what the code says
 */
public record QrCode(String payload) {

    /** Dots of the picture for one module of the code: sharp on paper at 600 dpi. */
    private static final int ON_PAPER = 8;

    /** Enough for the screen of a telephone, and a quarter of the work. */
    private static final int ON_SCREEN = 4;

    private static final int QUIET_ZONE = 4;

    /** As a picture that a page to be printed can hold: a {@code data:} address of a PNG. */
    public String forPaper() {
        return dataUri(ON_PAPER);
    }

    /** The same for a screen, in fewer dots. */
    public String forScreen() {
        return dataUri(ON_SCREEN);
    }

    private String dataUri(int scale) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(scale));
    }

    /** Black on white, one bit a dot. */
    private byte[] png(int scale) {
        BitMatrix modules = modules();
        int size = modules.getWidth() * scale;
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_BINARY);
        byte[] dots = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int row = (size + 7) / 8;
        for (int y = 0; y < size; y += scale) {
            for (int x = 0; x < size; x++) {
                if (!modules.get(x / scale, y / scale)) {
                    dots[y * row + x / 8] |= (byte) (0x80 >> x % 8);
                }
            }
            for (int below = y + 1; below < y + scale; below++) {
                System.arraycopy(dots, y * row, dots, below * row, row);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        // Given a plain stream, ImageIO would go by way of a file.
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private BitMatrix modules() {
        Map<EncodeHintType, Object> hints = new EnumMap<>(EncodeHintType.class);
        hints.put(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M);
        hints.put(EncodeHintType.MARGIN, QUIET_ZONE);
        if (!payload.chars().allMatch(c -> c < 128)) {
            hints.put(EncodeHintType.CHARACTER_SET, StandardCharsets.UTF_8.name());
        }
        try {
            // As small as it can be: one dot per module.
            return new QRCodeWriter().encode(payload, BarcodeFormat.QR_CODE, 1, 1, hints);
        } catch (WriterException e) {
            throw new IllegalStateException("Too long for a code: " + payload.length() + " characters", e);
        }
    }
}
