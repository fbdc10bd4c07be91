package org.dunlin.insight;

import java.util.Locale;

/**
 * A cell of the matrix of segments.
 *
 * @param size      company size, as the table {@code segment} calls it
 * @param behaviour payment behaviour, as the table calls it
 */
record Cell(String size, String behaviour) {

    /** As people say it: {@code medium, good payer}. */
    public String words() {
        return size(size) + ", " + behaviour + (behaviour.equals("new") ? " customer" : " payer");
    }

    static String size(String size) {
        return size.equals("unknown") ? "size unknown" : size;
    }

    /** With a capital letter, to begin with. */
    static String capitalised(String words) {
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
