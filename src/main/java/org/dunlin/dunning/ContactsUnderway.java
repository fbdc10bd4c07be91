package org.dunlin.dunning;

import java.util.Collection;
import java.util.Set;

/** Messages of which nobody knows yet whether they reached the customer; provided by the module that sends them. */
public interface ContactsUnderway {

    /**
     * Those of the cases that have such a message. While the caller holds the lock of a case ({@link DunningCases#lock}), none of its
     * messages leaves.
     */
    Set<Long> among(Collection<Long> caseIds);
}
