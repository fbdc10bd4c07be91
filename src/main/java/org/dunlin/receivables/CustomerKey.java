package org.dunlin.receivables;

/**
 * A customer as their source names them.
 *
 * @param source the system the customer comes from, {@value #DEFAULT_SOURCE} where there is only one
 * @param number that system's own key
 */
public record CustomerKey(String source, String number) {

    public static final String DEFAULT_SOURCE = "default";

    public CustomerKey {
        Rows.require(!source.isBlank(), "a customer needs a source");
        Rows.require(!number.isBlank(), "a customer needs a number");
    }

    /** A customer of the default source. */
    public static CustomerKey of(String number) {
        return new CustomerKey(DEFAULT_SOURCE, number);
    }

    @Override
    public String toString() {
        return source.equals(DEFAULT_SOURCE) ? number : number + " (" + source + ")";
    }
}
