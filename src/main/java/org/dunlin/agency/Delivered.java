package org.dunlin.agency;

/** What became of a message that was offered to an agency. */
sealed interface Delivered {

    /** The agency has it from now on. */
    record Now() implements Delivered {}

    /**
     * It was there already, left by an attempt that nobody saw the end of.
     *
     * @param content what is there
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Before(byte[] content) implements Delivered {}

    /**
     * The agency certainly does not have it.
     *
     * @param forGood trying again by itself is of no use
     */
    record Not(String detail, boolean forGood) implements Delivered {}

    /** The agency may have it or not. */
    record Perhaps(String detail) implements Delivered {}
}
