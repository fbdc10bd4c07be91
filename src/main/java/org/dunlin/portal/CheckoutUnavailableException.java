package org.dunlin.portal;

import org.jspecify.annotations.Nullable;

/** The payment service could not do what it was asked for. The message is for our log; it holds no key and nothing of a customer. */
class CheckoutUnavailableException extends RuntimeException {

    CheckoutUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
