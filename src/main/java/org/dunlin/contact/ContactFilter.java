package org.dunlin.contact;

import org.jspecify.annotations.Nullable;

/**
 * Which contacts to list; what is null does not restrict.
 *
 * @param number of a customer, a case or a hold
 */
public record ContactFilter(@Nullable Long caseId, @Nullable String number, @Nullable ContactState state) {

    public static ContactFilter ofCase(long caseId) {
        return new ContactFilter(caseId, null, null);
    }
}
