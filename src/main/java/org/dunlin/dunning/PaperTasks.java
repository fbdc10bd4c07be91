package org.dunlin.dunning;

import java.util.Set;

/** Tasks by which people bring paper to customers. */
public final class PaperTasks {

    /** Ids of those at which a letter is posted. */
    public static final Set<String> TO_POST = Set.of("postRegisteredLetter");

    private PaperTasks() {}
}
