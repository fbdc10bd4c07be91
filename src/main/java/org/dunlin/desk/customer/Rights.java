package org.dunlin.desk.customer;

import org.dunlin.platform.security.CurrentUser;
import org.dunlin.platform.security.Groups;

/**
 * What the person who looks at the page may do; the endpoints check the same again.
 *
 * @param holds   register promises, disputes and plans
 * @param details correct how the customer is reached
 * @param decide  block, take holds back, begin and lift credit stops, start the follow-up
 */
record Rights(boolean holds, boolean details, boolean decide) {

    static Rights of(CurrentUser user) {
        boolean talking =
                user.isInAnyOf(Groups.JUNIOR_COLLECTORS, Groups.SENIOR_COLLECTORS, Groups.SALES, Groups.MANAGERS);
        return new Rights(talking, talking, user.isInAnyOf(Groups.SENIOR_COLLECTORS, Groups.MANAGERS));
    }
}
