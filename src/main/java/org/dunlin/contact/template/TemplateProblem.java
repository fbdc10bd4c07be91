package org.dunlin.contact.template;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a file of texts or a layout is not used, so that whoever wrote it can mend it.
 *
 * @param file relative name
 * @param line from 1; 0 when it is about the file as a whole
 * @param what one or two sentences
 */
public record TemplateProblem(String file, int line, String what) {

    @Override
    public String toString() {
        return Stream.of(file, line == 0 ? "" : "line " + line)
                        .filter(s -> !s.isEmpty())
                        .collect(Collectors.joining(", "))
                + ": " + what;
    }
}
