package org.dunlin.intake;

/** Another node goes on with this run, because the lock of this one was lost with its connection. */
class TakenOverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TakenOverException(long run) {
        super("Run " + run + " is being continued elsewhere.");
    }
}
