package org.dunlin.demo;

/** Somebody else is moving the clock. */
public class ClockUnderwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClockUnderwayException() {
        super("The clock is being moved already");
    }
}
