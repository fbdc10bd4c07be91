package org.dunlin.intake;

/** A mapping file cannot be used; the message names file, key and what would be right. */
class MappingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MappingException(String file, String key, String message) {
        super(file + ": " + (key.isEmpty() ? "" : key + ": ") + message);
    }
}
