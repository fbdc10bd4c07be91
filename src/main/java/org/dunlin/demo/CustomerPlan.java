package org.dunlin.demo;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What kind of customer to make up.
 *
 * @param index  counts from 0; what must be unique comes from it
 * @param size   {@code null} for a consumer
 * @param region key of {@link Names#regions()}
 * @param sector {@code null} for a consumer
 */
record CustomerPlan(int index, Habit habit, @Nullable Size size, String region, @Nullable String sector) {

    private static final Set<String> MOBILE_REGIONS = Set.of("luxembourg", "luxemburg", "international");

    /** Company sizes as the segment table cuts them. */
    enum Size {
        SMALL(3, 19, 6, 420),
        MEDIUM(20, 50, 10, 2_200),
        LARGE(60, 400, 16, 9_500);

        final int fewestEmployees;
        final int mostEmployees;
        final int orders;
        final int typicalNet;

        Size(int fewestEmployees, int mostEmployees, int orders, int typicalNet) {
            this.fewestEmployees = fewestEmployees;
            this.mostEmployees = mostEmployees;
            this.orders = orders;
            this.typicalNet = typicalNet;
        }
    }

    String number() {
        return "D" + (10_001 + index);
    }

    boolean government() {
        return "government".equals(sector);
    }

    /** Some small customers would rather be texted: those of whom a made-up mobile number can be nobody's. */
    boolean prefersTexts() {
        return size != Size.LARGE && !government() && MOBILE_REGIONS.contains(region) && index % 2 == 1;
    }

    /** {@code null} for most, who have never said. */
    @Nullable
    String preferredChannel() {
        if (prefersTexts()) {
            return "SMS";
        }
        return size != Size.LARGE && !government() && !MOBILE_REGIONS.contains(region) && index % 11 == 3
                ? "VOICE"
                : null;
    }

    String currency() {
        return !region.equals("international") ? "EUR" : index % 2 == 0 ? "GBP" : "USD";
    }

    /** How much they order, compared with others. */
    int orders() {
        return size == null ? 4 : size.orders;
    }

    /** What an invoice of theirs usually comes to, without taxes. */
    int typicalNet() {
        return size == null ? 150 : size.typicalNet;
    }

    /** Few customers contest invoices, but those who do, do it often. */
    boolean quarrelsome() {
        return index % 5 == 0 && (habit == Habit.SLOW || habit == Habit.SLIGHTLY_LATE || habit == Habit.BAD);
    }
}
