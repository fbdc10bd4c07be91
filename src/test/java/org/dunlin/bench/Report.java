package org.dunlin.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The table that is printed for one size. */
final class Report {

    private static final String COLUMNS = "%-24s %9s %-9s %8s %7s %9s %11s %11s %9s %9s %9s %8s %7s%n";

    private final String title;
    private final List<Measurement> lines = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Report(String title) {
        this.title = title;
    }

    /** A stage that is one piece of work. */
    void add(Measurement stage) {
        lines.add(stage);
    }

    /** A stage whose parts are shown below it. */
    void add(String stage, Measurement... parts) {
        lines.add(Arrays.stream(parts).reduce(Measurement::and).orElseThrow().named(stage));
        for (Measurement part : parts) {
            lines.add(part.named("  " + part.stage()));
        }
    }

    void remark(String format, Object... values) {
        remarks.add(String.format(Locale.ROOT, format, values));
    }

    static String machine(String postgres) {
        return String.format(
                Locale.ROOT,
                "%d cores, Java %s, PostgreSQL %s, %,d MB heap; load before the run %.1f",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                postgres,
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(title).append('\n');
        text.append(String.format(
                COLUMNS,
                "stage",
                "items",
                "",
                "seconds",
                "cpu s",
                "items/s",
                "calls/item",
                "stmts/item",
                "tx/item",
                "rows/item",
                "B/item",
                "floor s",
                "ratio"));
        lines.forEach(line -> text.append(row(line)));
        remarks.forEach(remark -> text.append(remark).append('\n'));
        return text.toString();
    }

    private static String row(Measurement line) {
        return String.format(
                COLUMNS,
                line.stage(),
                String.format(Locale.ROOT, "%,d", line.items()),
                line.unit(),
                number("%,.1f", line.seconds()),
                number("%,.1f", line.cpuSeconds()),
                number("%,.0f", line.itemsPerSecond()),
                number("%,.2f", line.perItem(line.calls())),
                number("%,.2f", line.perItem(line.statements())),
                number("%,.3f", line.perItem(line.transactions())),
                number("%,.1f", line.perItem(line.rowChanges())),
                number("%,.0f", line.perItem(line.bytes())),
                number("%,.1f", line.floorSeconds()),
                number("%.3f", line.ratioToFloor()));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
