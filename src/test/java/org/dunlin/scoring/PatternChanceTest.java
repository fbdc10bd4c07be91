package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.dunlin.platform.calendar.WorkCalendar;
import org.dunlin.scoring.PatternFinder.Found;
import org.dunlin.scoring.PatternProperties.Rule;
import org.dunlin.scoring.PaymentPattern.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/** How often a pattern is found where there is one, and where there is none, in made-up customers of many kinds. */
class PatternChanceTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);
    private static final int CUSTOMERS = 500;
    private static final int[] PAYMENTS = {4, 6, 8, 10, 14, 20, 30};
    private static final int[] NOISE_PERCENT = {0, 10, 25, 40};

    private static final WorkCalendar CALENDAR = new WorkCalendar();
    private static final PatternProperties RULES = shipped();
    private static final PatternFinder FINDER = new PatternFinder(RULES);
    private static final WorkDays DAYS =
            WorkDays.of(CALENDAR, "NL", TODAY.minusYears(3), TODAY.plusYears(1), RULES.tolerance());

    /** Somebody who pays without any plan. */
    enum Unplanned {
        /** About a number of days after due, give or take a week. */
        ROUGHLY,
        /** Any day within a month of the due date. */
        WHENEVER,
        /** Soon, sometimes much later. */
        SOON_OR_LATER,
        /** Everything is due at the end of a month, and paid about ten days later, give or take six. */
        DUE_AT_END_OF_MONTH,
        /** Everything is due on a Friday, and paid within two weeks. */
        DUE_ON_FRIDAYS,
        /** Two or three invoices a week, each paid by itself within five weeks. */
        MANY_INVOICES;

        long lag(int centre, Random random) {
            return switch (this) {
                case ROUGHLY -> centre + Math.round(7 * random.nextGaussian());
                case WHENEVER, MANY_INVOICES -> random.nextInt(35) - 5;
                case SOON_OR_LATER -> Math.round(-12 * Math.log(1 - random.nextDouble()));
                case DUE_AT_END_OF_MONTH -> 10 + Math.round(6 * random.nextGaussian());
                case DUE_ON_FRIDAYS -> random.nextInt(14);
            };
        }

        LocalDate due(int payment, int payments, Random random) {
            LocalDate any = TODAY.minusDays(60 + (long) payment * Math.min(30, 660 / payments) + random.nextInt(25));
            return switch (this) {
                case DUE_AT_END_OF_MONTH -> any.with(TemporalAdjusters.lastDayOfMonth());
                case DUE_ON_FRIDAYS -> any.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
                case MANY_INVOICES -> TODAY.minusDays(60 + 3L * payment + random.nextInt(3));
                case ROUGHLY, WHENEVER, SOON_OR_LATER -> any;
            };
        }
    }

    @Test
    void who_pays_without_a_plan_is_hardly_ever_said_to_have_one() {
        Random random = new Random(20260630);
        for (int payments : PAYMENTS) {
            Map<Kind, Integer> alarms = new EnumMap<>(Kind.class);
            for (Unplanned kind : Unplanned.values()) {
                int before = sum(alarms);
                for (int customer = 0; customer < CUSTOMERS; customer++) {
                    unplanned(kind, payments, random).ifPresent(found -> alarms.merge(found.kind(), 1, Integer::sum));
                }
                assertThat(sum(alarms) - before)
                        .as("customers out of %d who pay %s, n = %d", CUSTOMERS, kind, payments)
                        .isLessThanOrEqualTo(CUSTOMERS * 2 / 100);
            }
            int all = CUSTOMERS * Unplanned.values().length;
            System.out.printf("no pattern      n=%2d  false alarms of %d: %s%n", payments, all, alarms);
            assertThat(alarms.values()).as("n = %d, of each kind", payments).allMatch(count -> count <= all / 100);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void who_pays_by_a_plan_is_found(Kind kind) {
        Random random = new Random(kind.ordinal());
        for (int noise : NOISE_PERCENT) {
            for (int payments : PAYMENTS) {
                int hits = 0;
                int others = 0;
                for (int customer = 0; customer < CUSTOMERS; customer++) {
                    int value = value(kind, random);
                    Optional<Found> found = planned(kind, value, noise, payments, random);
                    hits += found.filter(each -> each.kind() == kind && Math.abs(each.value() - value) <= 1)
                                    .isPresent()
                            ? 1
                            : 0;
                    others += found.filter(each -> each.kind() != kind).isPresent() ? 1 : 0;
                }
                double hitPercent = 100.0 * hits / CUSTOMERS;
                System.out.printf(
                        "%-15s n=%2d  off %2d%%  found %5.1f%%  taken for another %4.1f%%%n",
                        kind, payments, noise, hitPercent, 100.0 * others / CUSTOMERS);
                if (payments >= 10 && noise <= 10) {
                    assertThat(hitPercent)
                            .as("n = %d, noise %d %%", payments, noise)
                            .isGreaterThanOrEqualTo(90);
                }
                assertThat(others).as("n = %d, noise %d %%", payments, noise).isLessThanOrEqualTo(CUSTOMERS * 2 / 100);
            }
        }
    }

    @Test
    void a_rule_that_makes_no_sense_is_refused_by_name() {
        Rule rule = new Rule(6, 75, 0.2);

        assertThatThrownBy(() -> new Rule(6, 0, 0.2)).hasMessageContaining("min-share-percent from 1 to 100");
        assertThatThrownBy(() -> new Rule(6, 75, 1)).hasMessageContaining("chance between 0 and 1");
        assertThatThrownBy(() -> new PatternProperties(0, 1, 0.001, 0.01, rule, rule, rule))
                .hasMessageContaining("pattern.months is from 1 to 120, not 0");
        assertThatThrownBy(() -> new PatternProperties(24, 9, 0.001, 0.01, rule, rule, rule))
                .hasMessageContaining("pattern.tolerance is from 0 to 5 working days, not 9");
        assertThatThrownBy(() -> new PatternProperties(24, 1, 0, 0.01, rule, rule, rule))
                .hasMessageContaining("pattern.significance is between 0 and 1, not 0");
        assertThatThrownBy(() -> new PatternProperties(24, 1, 0.001, 2, rule, rule, rule))
                .hasMessageContaining("pattern.due-date-significance");
    }

    private static int sum(Map<Kind, Integer> alarms) {
        return alarms.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Optional<Found> unplanned(Unplanned kind, int payments, Random random) {
        int centre = random.nextInt(40);
        LocalDate[] due = new LocalDate[payments];
        LocalDate[] paid = new LocalDate[payments];
        for (int i = 0; i < payments; i++) {
            due[i] = kind.due(i, payments, random);
            paid[i] = bank(due[i].plusDays(kind.lag(centre, random)));
        }
        return FINDER.find(payer(due, paid), DAYS);
    }

    private static Optional<Found> planned(Kind kind, int value, int noisePercent, int payments, Random random) {
        LocalDate[] due = new LocalDate[payments];
        LocalDate[] paid = new LocalDate[payments];
        for (int i = 0; i < payments; i++) {
            plan(kind, value, i, payments, due, paid, random);
            if (random.nextInt(100) < noisePercent) {
                paid[i] = bank(due[i].plusDays(random.nextInt(45)));
            } else if (kind != Kind.WEEKDAY && random.nextInt(100) < 20) {
                // A day on the way from bank to bank.
                paid[i] = CALENDAR.after("NL", paid[i], 1);
            }
        }
        return FINDER.find(payer(due, paid), DAYS);
    }

    private static int value(Kind kind, Random random) {
        return switch (kind) {
            case DAY_OF_MONTH -> 1 + random.nextInt(31);
            case WEEKDAY -> 1 + random.nextInt(5);
            case DAYS_AFTER_DUE -> random.nextInt(50) - 5;
        };
    }

    private static void plan(
            Kind kind, int value, int i, int payments, LocalDate[] due, LocalDate[] paid, Random random) {
        switch (kind) {
            case DAY_OF_MONTH -> {
                LocalDate on = WorkDays.dayOf(YearMonth.from(TODAY).minusMonths(1L + i % 23), value);
                due[i] = on.minusDays(random.nextInt(30));
                paid[i] = bank(on);
            }
            case WEEKDAY -> {
                LocalDate on = TODAY.minusWeeks(1L + (long) i * Math.min(4, 100 / payments))
                        .with(TemporalAdjusters.nextOrSame(DayOfWeek.of(value)));
                due[i] = on.minusDays(random.nextInt(14));
                paid[i] = bank(on);
            }
            case DAYS_AFTER_DUE -> {
                due[i] = TODAY.minusDays(60 + (long) i * Math.min(30, 600 / payments) + random.nextInt(25));
                paid[i] = bank(due[i].plusDays(value));
            }
        }
    }

    private static LocalDate bank(LocalDate day) {
        return CALENDAR.onOrAfter("NL", day);
    }

    static Payer payer(LocalDate[] due, LocalDate[] paid) {
        Integer[] order = new Integer[due.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, Comparator.<Integer, LocalDate>comparing(i -> paid[i]).thenComparing(i -> due[i]));
        ToIntFunction<LocalDate> number = day -> (int) day.toEpochDay();
        return new Payer(
                1,
                "NL",
                Arrays.stream(order).mapToInt(i -> number.applyAsInt(paid[i])).toArray(),
                Arrays.stream(order).mapToInt(i -> number.applyAsInt(due[i])).toArray());
    }

    static PatternProperties shipped() {
        MutablePropertySources sources = new MutablePropertySources();
        try {
            new YamlPropertySourceLoader()
                    .load("shipped", new ClassPathResource("application.yaml"))
                    .forEach(sources::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind("dunlin.scoring.pattern", PatternProperties.class)
                .get();
    }
}
