package org.dunlin.intake;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/**
 * Remembers what was read since a given line, so that reading can go back to the start of a later line: the way on after a row
 * that cannot be parsed, without reading the file again. Lines end with CR LF, LF or CR, and count from 1.
 */
final class ReplayReader extends Reader {

    private final Reader source;

    /** What is remembered stands from {@code from} to {@code to}; up to {@code next} it has been handed out. */
    private char[] window = new char[1 << 15];

    private int from;
    private int next;
    private int to;

    /** The line that starts at {@code from}. */
    private long line = 1;

    private char lastVisible;

    ReplayReader(Reader source) {
        this.source = source;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (next == to && !fill(length)) {
            return -1;
        }
        int count = Math.min(length, to - next);
        System.arraycopy(window, next, buffer, offset, count);
        next += count;
        return count;
    }

    private boolean fill(int length) throws IOException {
        if (to + length > window.length) {
            int kept = to - from;
            char[] target = kept + length > window.length ? new char[2 * (kept + length)] : window;
            System.arraycopy(window, from, target, 0, kept);
            window = target;
            next -= from;
            to = kept;
            from = 0;
        }
        int count = source.read(window, to, length);
        if (count <= 0) {
            return false;
        }
        to += count;
        for (int i = to - 1; i >= to - count; i--) {
            if (window[i] != '\r' && window[i] != '\n') {
                lastVisible = window[i];
                break;
            }
        }
        return true;
    }

    /** The last character of the file, as far as it has been read, that does not end a line. */
    char lastVisible() {
        return lastVisible;
    }

    /** Lines before this one will not be asked for again. */
    void forgetBefore(long lineNumber) {
        int start = startOf(lineNumber);
        // At the very end it is not known yet whether an LF belongs to the line before.
        if (start >= 0 && start < to) {
            from = start;
            line = lineNumber;
        }
    }

    /** What is read next is the start of that line, or the end of the file; the line must not have been forgotten. */
    void goTo(long lineNumber) throws IOException {
        int start = startOf(lineNumber);
        while ((start < 0 || start == to) && fill(1 << 13)) {
            start = startOf(lineNumber);
        }
        next = start < 0 ? to : start;
    }

    private int startOf(long lineNumber) {
        long current = line;
        int i = from;
        while (current < lineNumber && i < to) {
            char c = window[i++];
            if (c == '\r' && i < to && window[i] == '\n') {
                i++;
            }
            if (c == '\r' || c == '\n') {
                current++;
            }
        }
        return current == lineNumber ? i : -1;
    }

    @Override
    public String toString() {
        return "line " + line + ": " + new String(Arrays.copyOfRange(window, from, Math.min(to, from + 80)));
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
