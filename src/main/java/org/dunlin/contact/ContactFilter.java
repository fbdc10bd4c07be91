package org.dunlin.contact;

import org.jspecify.annotations.Nullable;

/** Which contacts to list; what is null does not restrict. */
public record ContactFilter(
        @Nullable Long caseId, @Nullable String customerOrCaseNumber, @Nullable ContactState state) {

    public static ContactFilter ofCase(long caseId) {
        return new ContactFilter(caseId, null, null);
    }
}
