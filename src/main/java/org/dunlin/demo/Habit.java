package org.dunlin.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/** How a made-up customer pays. */
enum Habit {
    PROMPT,
    /** Pays promptly, but one invoice has slipped their mind. */
    FORGETFUL,
    /** Pays early, but one invoice is stuck on the desk of somebody who should approve it. */
    MISLAYING,
    SLIGHTLY_LATE,
    /** Pays on the 25th, whatever the due date says. */
    MONTHLY,
    SLOW,
    /** Slow but sure, and one invoice waits for something: an approval, a missing number, the next salary. */
    WAITING,
    /** Very late, in parts, and sometimes not at all. */
    BAD,
    WORSENING,
    IMPROVING,
    NEW,
    /** Buys from April to September only, and pays when the season has brought in money. */
    SEASONAL;

    /**
     * A part of an invoice that is paid on a day.
     *
     * @param percent of what is due
     */
    record Instalment(int percent, LocalDate on) {}

    /** Whether one invoice of theirs is left lying. */
    boolean letsOneSlip() {
        return this == FORGETFUL || this == MISLAYING || this == WAITING;
    }

    boolean buysIn(LocalDate day) {
        return this != SEASONAL || (day.getMonthValue() >= 4 && day.getMonthValue() <= 9);
    }

    /**
     * When an invoice is paid; an empty list: never.
     *
     * @param progress how far the customer's two years have gone when the invoice is issued, 0 to 1
     * @param recent   whether the invoice is young enough that one may still wait for the money
     */
    List<Instalment> pays(LocalDate due, double progress, boolean recent, Random random) {
        return switch (this) {
            case PROMPT, FORGETFUL -> whole(due.plusDays(random.nextInt(9) - 7));
            // Two days at least, so that a weekend never makes them late.
            case MISLAYING -> whole(due.minusDays(random.nextInt(6) + 2L));
            case SLIGHTLY_LATE -> whole(due.plusDays(random.nextInt(10) + 3));
            case MONTHLY ->
                whole(
                        due.getDayOfMonth() <= 25
                                ? due.withDayOfMonth(25)
                                : due.plusMonths(1).withDayOfMonth(25));
            case SLOW, WAITING -> inParts(due, random.nextInt(32) + 16, 14, random);
            case BAD ->
                recent && random.nextInt(100) < 30 ? List.of() : inParts(due, random.nextInt(65) + 45, 30, random);
            case WORSENING -> whole(due.plusDays(Math.round(progress * 62) + random.nextInt(9) - 6));
            case IMPROVING -> whole(due.plusDays(Math.round((1 - Math.min(1, progress)) * 50) + random.nextInt(6) - 4));
            case NEW -> whole(due.plusDays(random.nextInt(100) < 50 ? -random.nextInt(5) : random.nextInt(35) + 8));
            case SEASONAL -> whole(due.plusDays(random.nextInt(28) + 4));
        };
    }

    private static List<Instalment> whole(LocalDate on) {
        return List.of(new Instalment(100, on));
    }

    private static List<Instalment> inParts(LocalDate due, int days, int chancePercent, Random random) {
        if (random.nextInt(100) >= chancePercent) {
            return whole(due.plusDays(days));
        }
        int first = 30 + random.nextInt(4) * 10;
        return List.of(
                new Instalment(first, due.plusDays(days / 3)), new Instalment(100 - first, due.plusDays(days + 10)));
    }
}
