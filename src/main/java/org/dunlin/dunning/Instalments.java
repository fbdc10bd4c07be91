package org.dunlin.dunning;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dunlin.dunning.Hold.Instalment;
import org.dunlin.receivables.Money;

/** Instalments of a plan: computed, and as lines that a person can read and change. */
public final class Instalments {

    private static final int MOST = 60;

    private Instalments() {}

    /** How far instalments lie apart. */
    public enum Rhythm {
        WEEKLY,
        MONTHLY;

        LocalDate after(LocalDate first, int times) {
            return this == WEEKLY ? first.plusWeeks(times) : first.plusMonths(times);
        }
    }

    /**
     * Equal parts, rounded down to the currency's smallest unit; the last one takes what is left.
     *
     * @throws InvalidOutcomeException for less than 2 or more than 60 parts, or parts of nothing
     */
    public static List<Instalment> compute(Money total, int parts, LocalDate first, Rhythm rhythm) {
        if (parts < 2 || parts > MOST) {
            throw new InvalidOutcomeException("planParts", "A plan has 2 to " + MOST + " instalments");
        }
        int scale = total.amount().scale();
        BigDecimal part = total.amount().divide(BigDecimal.valueOf(parts), scale, RoundingMode.DOWN);
        if (part.signum() <= 0) {
            throw new InvalidOutcomeException("planParts", total + " cannot be split into " + parts + " parts");
        }
        List<Instalment> instalments = new ArrayList<>();
        for (int i = 0; i < parts - 1; i++) {
            instalments.add(new Instalment(rhythm.after(first, i), part));
        }
        BigDecimal before = part.multiply(BigDecimal.valueOf(parts - 1L));
        instalments.add(
                new Instalment(rhythm.after(first, parts - 1), total.amount().subtract(before)));
        return instalments;
    }

    /** One line each: date, space, amount. */
    public static String format(List<Instalment> instalments) {
        return instalments.stream()
                .map(instalment ->
                        instalment.dueOn() + " " + instalment.amount().toPlainString())
                .collect(Collectors.joining("\n"));
    }

    /** @throws InvalidOutcomeException when a line is no date and amount */
    public static List<Instalment> parse(String lines) {
        return lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Instalments::line)
                .toList();
    }

    private static Instalment line(String line) {
        String[] parts = line.split("\\s+");
        try {
            if (parts.length == 2) {
                return new Instalment(LocalDate.parse(parts[0]), new BigDecimal(parts[1].replace(',', '.')));
            }
        } catch (DateTimeParseException | NumberFormatException e) {
            // Said below, for whatever reason it cannot be read.
        }
        throw new InvalidOutcomeException(
                "instalments", "Write each instalment as date and amount, like 2026-01-31 250.00; not: " + line);
    }
}
