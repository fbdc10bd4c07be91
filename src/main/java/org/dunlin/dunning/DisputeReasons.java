package org.dunlin.dunning;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What customers contest, by the keys of the forms and of decision table {@code disputeDepartment}. A form that was edited may offer
 * further ones; programs keep to these.
 */
public final class DisputeReasons {

    private static final Map<String, String> WORDS = new TreeMap<>(Map.of(
            "price", "The price",
            "goods", "The goods or the service",
            "delivery", "The delivery",
            "address", "The name or address on it",
            "poNumber", "The purchase order number is missing or wrong",
            "other", "Something else"));

    private DisputeReasons() {}

    /** In alphabetical order. */
    public static Collection<String> keys() {
        return WORDS.keySet();
    }

    /** For people; what is no key stands for itself. */
    public static String words(String reason) {
        return WORDS.getOrDefault(reason, reason);
    }
}
