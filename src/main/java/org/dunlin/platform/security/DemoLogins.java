package org.dunlin.platform.security;

import java.util.List;

/** The logins of the demo, one per role; the password is the name. */
public final class DemoLogins {

    /**
     * One login of the demo.
     *
     * @param name  login and password
     * @param group group the login is in
     * @param role  what a visitor calls it
     */
    public record DemoLogin(String name, String group, String firstName, String lastName, String role) {}

    public static final List<DemoLogin> ALL = List.of(
            new DemoLogin("demo", Groups.ADMINS, "Dana", "Molenaar", "Administrator"),
            new DemoLogin("junior", Groups.JUNIOR_COLLECTORS, "Joris", "Peeters", "Junior collector"),
            new DemoLogin("senior", Groups.SENIOR_COLLECTORS, "Saskia", "de Vries", "Senior collector"),
            new DemoLogin("sales", Groups.SALES, "Sander", "Claes", "Sales"),
            new DemoLogin("disputes", Groups.DISPUTES, "Dirk", "Hendriks", "Disputes"),
            new DemoLogin("mailroom", Groups.MAILROOM, "Mia", "Janssens", "Mail room"),
            new DemoLogin("manager", Groups.MANAGERS, "Marijke", "Bakker", "Manager"),
            new DemoLogin("designer", Groups.DESIGNERS, "Daan", "Willems", "Designer"));

    private DemoLogins() {}
}
