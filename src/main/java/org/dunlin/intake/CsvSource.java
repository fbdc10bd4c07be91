package org.dunlin.intake;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV file row by row, with the line each begins in. A row that cannot be parsed is handed out as broken, and reading
 * goes on with the line after its first: one stray quotation mark does not cost the rest of the file.
 */
final class CsvSource implements Closeable {

    /** Stands for bytes that mean nothing in the file's encoding. A Unicode non-character: no text contains it. */
    static final char MALFORMED = '\uFDD0';

    /** Longer than any field; what is longer is a quotation mark that was never closed. */
    private static final int LONGEST_FIELD = 100_000;

    private static final int FORGET_EVERY = 500;

    private final CountingStream bytes;
    private final ReplayReader text;
    private final Charset charset;
    private final char delimiter;
    private final char quote;
    private final List<String> header;
    private CloseableIterator<CsvRecord> records;
    private long nextLine = 1;
    private int sinceForgotten;

    /** Of the row after the one that was handed out last. */
    private @Nullable CsvParseException failed;

    /**
     * A row of the file.
     *
     * @param line   in which it begins, from 1
     * @param broken why it is not a row of this file; {@code null} when it is
     */
    record Row(long line, List<String> fields, @Nullable String broken) {}

    private CsvSource(CountingStream bytes, ReplayReader text, Charset charset, Mapping.Csv format) throws IOException {
        this.bytes = bytes;
        this.text = text;
        this.charset = charset;
        this.quote = format.quote();
        this.delimiter = format.delimiter() != null ? format.delimiter() : guessDelimiter();
        this.records = parse();
        this.header = readHeader();
    }

    /** @throws UnreadableFileException when there is no usable header */
    static CsvSource open(Path file, Mapping.Csv format) throws IOException {
        CountingStream bytes = new CountingStream(Files.newInputStream(file));
        try {
            BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
            Charset charset = charset(buffered, format.encoding());
            InputStreamReader decoder = new InputStreamReader(
                    buffered,
                    charset.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE)
                            .replaceWith(String.valueOf(MALFORMED)));
            return new CsvSource(bytes, new ReplayReader(decoder), charset, format);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** A byte order mark says more about the file than a setting does. */
    private static Charset charset(BufferedInputStream in, Charset configured) throws IOException {
        in.mark(4);
        byte[] start = in.readNBytes(3);
        in.reset();
        if (start.length == 3 && start[0] == (byte) 0xEF && start[1] == (byte) 0xBB && start[2] == (byte) 0xBF) {
            in.skipNBytes(3);
            return StandardCharsets.UTF_8;
        }
        if (start.length >= 2 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16BE;
        }
        if (start.length >= 2 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE) {
            in.skipNBytes(2);
            return StandardCharsets.UTF_16LE;
        }
        return configured;
    }

    Charset charset() {
        return charset;
    }

    char delimiter() {
        return delimiter;
    }

    char quote() {
        return quote;
    }

    /** Names of the columns, without surrounding space. */
    List<String> header() {
        return header;
    }

    /** How much of the file has been read. */
    long bytesRead() {
        return bytes.count;
    }

    /** The next row, {@code null} at the end; empty lines are passed over. */
    @Nullable
    Row next() {
        try {
            while (true) {
                Row row = row();
                if (row == null || row.broken() != null || !isEmpty(row.fields())) {
                    return row;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Row row() throws IOException {
        forget();
        long line = nextLine;
        CsvRecord parsed;
        try {
            if (failed != null) {
                throw failed;
            }
            if (!records.hasNext()) {
                return null;
            }
            parsed = records.next();
        } catch (CsvParseException e) {
            failed = null;
            return broken(line, List.of(), "a quotation mark is missing, or one too many: " + reason(e));
        }
        List<String> fields = parsed.getFields();
        long lines = lines(fields);
        nextLine = line + lines;
        if (fields.size() != header.size() && !isEmpty(fields)) {
            String broken = "has " + fields.size() + " fields, the header has " + header.size();
            // Its further lines are looked at again, each for itself: they may be rows that an open quotation mark
            // swallowed.
            return lines > 1 ? broken(line, fields, broken) : new Row(line, fields, broken);
        }
        if (lines > 1 && text.lastVisible() != quote && isLast()) {
            return broken(line, fields, "a quotation mark is opened and never closed");
        }
        return new Row(line, fields, null);
    }

    private boolean isLast() {
        try {
            return !records.hasNext();
        } catch (CsvParseException e) {
            failed = e;
            return false;
        }
    }

    private Row broken(long line, List<String> fields, String reason) throws IOException {
        text.goTo(line);
        String first = firstLine();
        text.goTo(line + 1);
        records = parse();
        nextLine = line + 1;
        return new Row(line, fields.isEmpty() || lines(fields) > 1 ? List.of(first) : fields, reason);
    }

    private String firstLine() throws IOException {
        StringBuilder first = new StringBuilder();
        char[] one = new char[1];
        while (text.read(one, 0, 1) == 1 && one[0] != '\n' && one[0] != '\r' && first.length() < LONGEST_FIELD) {
            first.append(one[0]);
        }
        return first.toString();
    }

    private void forget() {
        if (++sinceForgotten >= FORGET_EVERY) {
            sinceForgotten = 0;
            text.forgetBefore(nextLine);
        }
    }

    private CloseableIterator<CsvRecord> parse() {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(quote)
                .skipEmptyLines(false)
                .ignoreDifferentFieldCount(true)
                .acceptCharsAfterQuotes(false)
                .maxBufferSize(LONGEST_FIELD)
                .build(CsvRecordHandler.of(), text)
                .iterator();
    }

    private List<String> readHeader() {
        List<String> names = List.of();
        try {
            while (isEmpty(names)) {
                if (!records.hasNext()) {
                    throw new UnreadableFileException(
                            "The file is empty: it needs a line with the names of the columns.");
                }
                names = records.next().getFields();
                nextLine += lines(names);
            }
        } catch (CsvParseException e) {
            throw new UnreadableFileException("The first line is not a line of column names: " + reason(e) + ".");
        }
        List<String> trimmed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String column = name.strip();
            if (column.indexOf(MALFORMED) >= 0) {
                throw new UnreadableFileException("The names of the columns are not written in " + charset.name()
                        + "; set csv.encoding in the mapping to the encoding of the file.");
            }
            if (!column.isEmpty() && !seen.add(column.toLowerCase(Locale.ROOT))) {
                throw new UnreadableFileException("Column '" + column + "' stands twice in the first line.");
            }
            trimmed.add(column);
        }
        return List.copyOf(trimmed);
    }

    private char guessDelimiter() throws IOException {
        StringBuilder first = new StringBuilder();
        while (first.isEmpty()) {
            String line = firstLine();
            if (line.isEmpty() && text.read(new char[1], 0, 1) <= 0) {
                break;
            }
            first.append(line.strip());
        }
        text.goTo(1);
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            long count = first.chars().filter(c -> c == candidate).count();
            if (count > most) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    private static boolean isEmpty(List<String> fields) {
        return fields.isEmpty() || (fields.size() == 1 && fields.get(0).isBlank());
    }

    /** Lines that a row takes: one, and one more for each line end within its fields. */
    private static long lines(List<String> fields) {
        long lines = 1;
        for (String field : fields) {
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                if (c == '\n' || (c == '\r' && !(i + 1 < field.length() && field.charAt(i + 1) == '\n'))) {
                    lines++;
                }
            }
        }
        return lines;
    }

    private static String reason(CsvParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() throws IOException {
        records.close();
        text.close();
    }

    private static final class CountingStream extends FilterInputStream {

        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
