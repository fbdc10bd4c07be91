package org.dunlin.scoring;

/** The customer is stopped by hand already; that stop has to be lifted before there can be another. */
public class AlreadyStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AlreadyStoppedException() {
        super("There is a credit stop by hand already; lift it first.");
    }
}
