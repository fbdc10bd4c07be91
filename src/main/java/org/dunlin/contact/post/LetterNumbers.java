package org.dunlin.contact.post;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dunlin.platform.engine.RefusedException;

/** Numbers of letters as people write them: {@code 3, 12-14}. */
final class LetterNumbers {

    private static final Pattern DASH = Pattern.compile("\\s*[-–]\\s*");
    private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");
    private static final Pattern PART = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    private LetterNumbers() {}

    /** @throws RefusedException for anything else */
    static List<Integer> parse(String typed) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String part : BETWEEN.split(DASH.matcher(typed.strip()).replaceAll("-"))) {
            Matcher match = PART.matcher(part);
            if (!match.matches()) {
                throw new RefusedException(
                        "Write numbers of letters like 3, 12-14, and not %s. Nothing was recorded.".formatted(part));
            }
            int first = Integer.parseInt(match.group(1));
            int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return List.copyOf(numbers);
    }
}
