package org.dunlin.platform.models;

/** A decision could not be evaluated, or its answer is not one that can be used: the table has to be looked at. */
public class DecisionFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param decision key of the decision
     * @param what     what about its answer cannot be used
     */
    public DecisionFailedException(String decision, String what) {
        super("Decision " + decision + ": " + what);
    }

    DecisionFailedException(String decision, String what, Throwable cause) {
        super("Decision " + decision + ": " + what, cause);
    }
}
