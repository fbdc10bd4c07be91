package org.dunlin.dunning;

import java.time.LocalDate;
import java.util.List;
import org.dunlin.dunning.Hold.Instalment;
import org.dunlin.receivables.Money;

/** How a payment plan divides what it is about. */
@FunctionalInterface
public interface PlanTerms {

    /** @throws InvalidOutcomeException when that sum cannot be divided so */
    List<Instalment> over(Money total);

    /** These instalments; whether they add up is checked when the plan is registered. */
    static PlanTerms of(List<Instalment> instalments) {
        List<Instalment> agreed = List.copyOf(instalments);
        return total -> agreed;
    }

    /** Equal parts, see {@link Instalments#compute}. */
    static PlanTerms equalParts(int parts, LocalDate first, Instalments.Rhythm rhythm) {
        return total -> Instalments.compute(total, parts, first, rhythm);
    }
}
