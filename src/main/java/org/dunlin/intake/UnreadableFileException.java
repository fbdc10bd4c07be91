package org.dunlin.intake;

/** Nothing can be read from the file as a whole. */
class UnreadableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableFileException(String message) {
        super(message);
    }
}
