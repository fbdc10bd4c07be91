package org.dunlin.contact;

/** The way a customer is reached. */
public enum Channel {
    EMAIL,
    SMS,
    VOICE,
    CALL,
    LETTER,
    REGISTERED_LETTER,
    SALES,
    AGENCY
}
