package org.dunlin.contact.template;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The entries of a file of texts, each with the line it begins in: the format of {@code java.util.Properties}, in UTF-8.
 *
 * @param entries by key, in their order
 */
record TextFile(Map<String, Entry> entries, List<TemplateProblem> problems) {

    /** A text and where it stands. */
    record Entry(int line, String text) {}

    static TextFile parse(String file, String content) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<TemplateProblem> problems = new ArrayList<>();
        String[] lines = content.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            int first = i + 1;
            StringBuilder logical = new StringBuilder(lines[i]);
            boolean comment = isComment(lines[i]);
            while (!comment && endsInBackslash(logical) && i + 1 < lines.length) {
                i++;
                logical.append('\n').append(lines[i]);
            }
            read(file, first, logical.toString(), entries, problems);
        }
        return new TextFile(entries, problems);
    }

    private static void read(
            String file, int line, String logical, Map<String, Entry> entries, List<TemplateProblem> problems) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            problems.add(
                    new TemplateProblem(file, line, "a character after \\u has four hexadecimal digits, like \\u00a0"));
            return;
        }
        one.stringPropertyNames().forEach(key -> {
            Entry before = entries.putIfAbsent(key, new Entry(line, one.getProperty(key)));
            if (before != null) {
                problems.add(new TemplateProblem(
                        file, line, key + " stands in line " + before.line() + " already; keep one"));
            }
        });
    }

    private static boolean isComment(String line) {
        String start = line.stripLeading();
        return start.startsWith("#") || start.startsWith("!");
    }

    private static boolean endsInBackslash(CharSequence line) {
        int count = 0;
        while (count < line.length() && line.charAt(line.length() - 1 - count) == '\\') {
            count++;
        }
        return count % 2 == 1;
    }
}
