package org.dunlin.dunning;

/** What a person entered cannot be recorded; nothing was changed, and they can correct it. */
public class InvalidOutcomeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidOutcomeException(String field, String message) {
        super(message);
        this.field = field;
    }

    /** Key of the form's field. */
    public String field() {
        return field;
    }
}
