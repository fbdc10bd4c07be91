package org.dunlin.scoring;

/** Hears how far a run over all customers is, after each batch that was committed. Called by the thread that asked for the run. */
@FunctionalInterface
public interface Progress {

    /** Nobody listens. */
    Progress UNHEARD = (done, total) -> {};

    /**
     * @param done  how many customers were worked on; with all batches done it is less than {@code total} only by those that others
     *              were working on, or that failed
     * @param total how many there are to work on in this run
     */
    void reached(int done, int total);
}
