package org.dunlin.agency;

/** A table or a file names an agency that is not configured, perhaps no longer. */
class UnknownAgencyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownAgencyException(String id, String configured) {
        super("There is no agency '" + id + "' under dunlin.agency.agencies (there: " + configured
                + "). Configure it, or change the decision table chooseAgency.");
    }
}
