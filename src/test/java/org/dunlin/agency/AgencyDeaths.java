package org.dunlin.agency;

import java.util.function.Consumer;
import org.springframework.boot.test.context.TestComponent;

/** Tells a test in another package where the delivery to an agency is, by the name of the point. */
@TestComponent
public class AgencyDeaths implements AgencyCrashPoint {

    private final Consumer<String> at;

    public AgencyDeaths(Consumer<String> at) {
        this.at = at;
    }

    /** The names of all points, in their order. */
    public static java.util.List<String> points() {
        return java.util.Arrays.stream(Point.values()).map(Enum::name).toList();
    }

    @Override
    public void reached(Point point) {
        at.accept(point.name());
    }
}
