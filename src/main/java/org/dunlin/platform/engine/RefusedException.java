package org.dunlin.platform.engine;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * What a person asked for is not possible as things are; nothing was changed. The message is for that person: plain words, no
 * markup. Every interface answers it with the status that stands at the class.
 */
@ResponseStatus(HttpStatus.CONFLICT)
public class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
