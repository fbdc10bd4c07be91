package org.dunlin.dunning;

import org.dunlin.platform.engine.RefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What a person entered cannot be recorded; nothing was changed, and they can correct it. */
@ResponseStatus(HttpStatus.BAD_REQUEST)
public class InvalidOutcomeException extends RefusedException {

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
