package org.dunlin.dunning;

/** A hold has ended; {@link Hold#outcome()} says how. Published within the writing transaction. */
public record HoldEnded(Hold hold) {}
