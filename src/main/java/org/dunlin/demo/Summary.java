package org.dunlin.demo;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the console says when Dunlin is ready: plain text, made to be read by a person.
 *
 * @param address where the web server is, without a slash at the end
 * @param figures of the demo; {@code null} without one
 * @param data    where the embedded database keeps everything; {@code null} with a server
 */
record Summary(String address, @Nullable Figures figures, @Nullable Path data) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);

    /**
     * What the first look at the demo should show.
     *
     * @param casesWaitingForPayDay cases in which nobody is contacted before the customer's usual pay day has passed
     * @param stepsNext   how many steps of ladders the next day brings that brings any
     * @param nextDay     that day; {@code null} when nothing is waiting for its time
     * @param mailsTo     host and port of a mail server outside of the demo; {@code null} when mails stay in it
     * @param atRest      whether everything that is due has been done
     * @param logins      whose password is their name; the first is the administrator's
     */
    record Figures(
            LocalDate day,
            Map<String, Long> customersBySegment,
            long customersOverdue,
            long invoicesOverdue,
            Map<String, Long> casesByLadder,
            long casesWaitingForPayDay,
            Map<String, Long> contactsByChannel,
            Map<String, Long> tasksByGroup,
            long stepsNext,
            @Nullable LocalDate nextDay,
            List<String> logins,
            @Nullable String mailsTo,
            boolean atRest) {}

    String text() {
        StringBuilder text = new StringBuilder("\n");
        if (figures == null) {
            text.append("Dunlin is ready.\n\n");
            addresses(text);
        } else {
            text.append("Dunlin is ready. It is ")
                    .append(DAY.format(figures.day()))
                    .append(".\n\n");
            figures(text, figures);
            text.append('\n');
            addresses(text);
            text.append('\n');
            hints(text, figures);
        }
        if (data != null) {
            text.append("\nCtrl-C stops Dunlin. It keeps everything in ")
                    .append(data)
                    .append(" and goes on from there at the next start.\n");
        }
        return text.toString();
    }

    private static void figures(StringBuilder text, Figures figures) {
        row(text, "Customers", sum(figures.customersBySegment()), parts("segment ", figures.customersBySegment()));
        row(text, "Overdue", figures.customersOverdue(), "customers with " + figures.invoicesOverdue() + " invoices");
        row(text, "Cases", sum(figures.casesByLadder()), parts("", figures.casesByLadder()));
        if (figures.casesWaitingForPayDay() > 0) {
            row(text, "", figures.casesWaitingForPayDay(), "of them wait for the customer's usual pay day");
        }
        row(text, "Contacts", sum(figures.contactsByChannel()), parts("", figures.contactsByChannel()));
        row(text, "Tasks", sum(figures.tasksByGroup()), parts("", figures.tasksByGroup()));
        if (figures.nextDay() != null) {
            row(text, "Next", figures.stepsNext(), "steps of ladders are due on " + DAY.format(figures.nextDay()));
        }
        if (!figures.atRest()) {
            text.append("  Work is still going on; these figures will grow.\n");
        }
    }

    private void addresses(StringBuilder text) {
        row(text, "Start page", address + "/");
        row(text, "Tasklist", address + "/camunda/app/tasklist/");
        row(text, "Cockpit", address + "/camunda/app/cockpit/");
    }

    private void hints(StringBuilder text, Figures figures) {
        String administrator = figures.logins().get(0);
        row(text, "Log in as", administrator + " (may do everything), the password is the name; or as");
        row(
                text,
                "",
                String.join(", ", figures.logins().subList(1, figures.logins().size())));
        row(
                text,
                "Go on",
                "curl -u %s:%s -X POST '%s/api/demo/clock?days=7'".formatted(administrator, administrator, address));
        row(text, "", "moves the clock, and everything that falls due in these days happens");
        row(
                text,
                "Mails",
                figures.mailsTo() == null
                        ? "stay on this machine; the contact log shows them"
                        : "go to the mail server " + figures.mailsTo());
    }

    private static void row(StringBuilder text, String label, long number, String details) {
        text.append("  %-11s %5d   %s".formatted(label, number, details).stripTrailing())
                .append('\n');
    }

    private static void row(StringBuilder text, String label, String value) {
        text.append("  %-11s %s".formatted(label, value)).append('\n');
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String parts(String before, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> before + words(count.getKey()) + " " + count.getValue())
                .collect(Collectors.joining(", "));
    }

    /** {@code keyAccount}, {@code REGISTERED_LETTER}: key account, registered letter; a single letter stays. */
    private static String words(String name) {
        return name.length() == 1
                ? name
                : name.replaceAll("([a-z])([A-Z])", "$1 $2").replace('_', ' ').toLowerCase(Locale.ENGLISH);
    }
}
