package org.dunlin.scoring;

/**
 * Somebody who learns about customers while following them up, and has not handed all of it in at once. Scoring knows nobody who
 * follows up; so it asks all of them before it computes the facts of a day.
 */
public interface Learning {

    /** Hands in what is new by {@link Experiences#record}, each thing once, committed when it returns. May be called again at any time. */
    void handIn();
}
