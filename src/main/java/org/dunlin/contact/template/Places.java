package org.dunlin.contact.template;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can stand in curly brackets in a text, by name or number. {@code {total}} is the total; {@code {count,choice,1#one|1<more}}
 * chooses by a number.
 *
 * @param names in the order of the numbers
 */
public record Places(List<String> names) {

    private static final Pattern PLACE = Pattern.compile("\\{\\s*([^{},\\s]*)\\s*(?:,\\s*([^{},\\s]*)\\s*(,)?)?");
    private static final Pattern MARKUP = Pattern.compile("</?[a-zA-Z][^<>]*>|&[a-zA-Z]+;|&#[0-9]+;");

    public Places {
        names = List.copyOf(names);
    }

    public static Places of(String... names) {
        return new Places(List.of(names));
    }

    /** The text as {@link MessageFormat} reads it: numbers for names. An apostrophe is only ever an apostrophe. */
    String pattern(String text) {
        Matcher place = PLACE.matcher(text.replace('\'', '’'));
        return place.replaceAll(found -> {
            int number = number(found.group(1));
            String rest = found.group()
                    .substring(found.group().indexOf(found.group(1), 1)
                            + found.group(1).length());
            return Matcher.quoteReplacement("{" + number + rest);
        });
    }

    /** What is wrong with a text, in words; empty when nothing is. */
    List<String> problems(String text, Locale locale) {
        List<String> problems = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            if (number(place.group(1)) < 0) {
                problems.add("{" + place.group(1) + "} is not known here; " + known());
            }
            String format = place.group(2);
            if (format != null && !(format.equals("choice") && place.group(3) != null)) {
                problems.add("after {" + place.group(1) + ", only choice is possible, like {" + place.group(1)
                        + ",choice,1#one|1<several}");
            }
        }
        return problems.isEmpty() ? tried(text, locale) : problems;
    }

    private List<String> tried(String text, Locale locale) {
        try {
            MessageFormat format = new MessageFormat(pattern(text), locale);
            for (int number = 0; number < 3; number++) {
                Object[] samples = new Object[names.size()];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = number;
                }
                String result = format.format(samples);
                if (result.indexOf('{') >= 0 || result.indexOf('}') >= 0) {
                    return List.of("a curly bracket has no partner");
                }
                Matcher markup = MARKUP.matcher(result);
                if (markup.find()) {
                    return List.of("texts are plain: " + markup.group() + " would be shown as it stands");
                }
            }
            return List.of();
        } catch (RuntimeException e) {
            return List.of("cannot be read: " + e.getMessage());
        }
    }

    private String known() {
        return names.isEmpty()
                ? "this text has no places"
                : "known are "
                        + String.join(
                                ", ",
                                names.stream().map(name -> "{" + name + "}").toList());
    }

    private int number(String name) {
        if (name.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(name);
            return number < names.size() ? number : -1;
        }
        return names.indexOf(name);
    }
}
