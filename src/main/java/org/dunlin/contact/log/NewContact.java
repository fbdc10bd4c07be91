package org.dunlin.contact.log;

import org.dunlin.contact.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A contact about to be claimed: a rung of a case, or a notice about a hold.
 *
 * @param caseId null for a notice
 * @param holdId null for a rung
 * @param rung   0 for a notice
 */
public record NewContact(
        @Nullable Long caseId,
        @Nullable Long holdId,
        Occurrence occurrence,
        int rung,
        Channel channel,
        @Nullable String template) {

    public NewContact {
        if ((caseId == null) == (holdId == null)) {
            throw new IllegalArgumentException("A contact is about a case or about a hold");
        }
    }

    public static NewContact rung(
            long caseId, Occurrence occurrence, int rung, Channel channel, @Nullable String template) {
        return new NewContact(caseId, null, occurrence, rung, channel, template);
    }

    public static NewContact notice(long holdId, Occurrence occurrence, Channel channel, String template) {
        return new NewContact(null, holdId, occurrence, 0, channel, template);
    }
}
