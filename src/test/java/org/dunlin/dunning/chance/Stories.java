package org.dunlin.dunning.chance;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.dunlin.dunning.chance.Story.Event;
import org.dunlin.dunning.chance.Story.Fate;
import org.dunlin.dunning.chance.Story.Silence;
import org.dunlin.dunning.chance.Story.What;

/** Makes stories up. */
final class Stories {

    /** Most stories are short, so that there can be many; some are long enough for every date to come. */
    private static final Arbitrary<Integer> DAYS = Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(3, 6)),
            Tuple.of(1, Arbitraries.integers().between(17, 20)));

    private Stories() {}

    static Arbitrary<Story> of(int debtors) {
        return DAYS.flatMap(days -> Combinators.combine(
                        Arbitraries.integers().between(0, 364).map(LocalDate.of(2026, 1, 1)::plusDays),
                        silences(days),
                        fate(days).list().ofSize(debtors))
                .as((begin, silence, fates) -> new Story(begin, days, silence, fates)));
    }

    private static Arbitrary<List<Silence>> silences(int days) {
        return Combinators.combine(
                        Arbitraries.integers().between(1, days),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(true, false))
                .as(Silence::new)
                .list()
                .ofMaxSize(2);
    }

    private static Arbitrary<Fate> fate(int days) {
        return Combinators.combine(
                        Arbitraries.of(4, 30, 60, 400),
                        Arbitraries.of(-3, 0, 12, 45),
                        Arbitraries.of(0, 0, 0, 10, 20, 30, 40, 50, 60),
                        Arbitraries.of(6, 15, 60, 400, 2_500, 30_000)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4),
                        event(days).list().ofMaxSize(9),
                        Arbitraries.longs())
                .as(Fate::new);
    }

    private static Arbitrary<Event> event(int days) {
        return Combinators.combine(
                        Arbitraries.integers()
                                .between(0, days)
                                .withDistribution(net.jqwik.api.RandomDistribution.uniform()),
                        what(),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers()
                                .between(1, 100)
                                .withDistribution(net.jqwik.api.RandomDistribution.uniform()))
                .as(Event::new);
    }

    private static Arbitrary<What> what() {
        return Arbitraries.frequency(
                Tuple.of(4, What.PAY_ONE),
                Tuple.of(4, What.PAY_PART),
                Tuple.of(1, What.PAY_EVERYTHING),
                Tuple.of(1, What.PAY_TOO_MUCH),
                Tuple.of(3, What.PAYMENT_RETURNED),
                Tuple.of(2, What.CREDIT_NOTE),
                Tuple.of(3, What.NEW_INVOICE),
                Tuple.of(1, What.INVOICE_WITHDRAWN),
                Tuple.of(4, What.DISPUTE),
                Tuple.of(2, What.DISPUTED_IN_THE_BOOKS),
                Tuple.of(2, What.RESOLVED_IN_THE_BOOKS),
                Tuple.of(5, What.PROMISE),
                Tuple.of(4, What.PLAN),
                Tuple.of(3, What.BLOCK),
                Tuple.of(1, What.INSOLVENCY),
                Tuple.of(3, What.HOLD_WITHDRAWN),
                Tuple.of(2, What.GROWS),
                Tuple.of(2, What.SHRINKS),
                Tuple.of(2, What.RATED_WELL),
                Tuple.of(2, What.RATED_BADLY),
                Tuple.of(1, What.LOSES_ADDRESS),
                Tuple.of(1, What.HAS_ADDRESS));
    }
}
