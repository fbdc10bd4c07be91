package org.dunlin.platform.security;

import java.util.List;

/** Ids of the groups that people belong to; tasks, pages and permissions refer to them. */
public final class Groups {

    public static final String JUNIOR_COLLECTORS = "juniorCollectors";
    public static final String SENIOR_COLLECTORS = "seniorCollectors";
    public static final String SALES = "sales";
    public static final String DISPUTES = "disputes";
    public static final String MAILROOM = "mailroom";
    public static final String MANAGERS = "managers";
    public static final String DESIGNERS = "designers";

    /** Users of collection agencies and lawyers: not of the house, they see their own files and nothing else. */
    public static final String AGENCIES = "agencies";

    /** May do everything; never named in {@link Roles}. */
    public static final String ADMINS = "admins";

    /** Everybody whose work comes as tasks. */
    public static final List<String> WITH_TASKS =
            List.of(JUNIOR_COLLECTORS, SENIOR_COLLECTORS, SALES, DISPUTES, MAILROOM);

    private Groups() {}
}
