package org.dunlin.dunning;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dunlin.scoring.CustomerScore;
import org.dunlin.scoring.PaymentForecasts;
import org.dunlin.scoring.Profiles;
import org.dunlin.scoring.Scores;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.stereotype.Component;

/** How a customer stands with us, for decisions about a case. */
@Component
class CustomerStanding {

    private final Profiles profiles;
    private final Scores scores;
    private final PaymentForecasts forecasts;

    CustomerStanding(Profiles profiles, Scores scores, PaymentForecasts forecasts) {
        this.profiles = profiles;
        this.scores = scores;
        this.forecasts = forecasts;
    }

    /** From the ledger as it is now. */
    CustomerScore asOf(long customerId, LocalDate day) {
        profiles.refresh(List.of(customerId), day);
        scores.score(List.of(customerId), day);
        forecasts.refresh(List.of(customerId), day);
        return scores.current(customerId);
    }

    /** As the last run left it; computed now for a customer who was never scored. */
    CustomerScore current(long customerId, LocalDate day) {
        try {
            return scores.current(customerId);
        } catch (EmptyResultDataAccessException e) {
            return asOf(customerId, day);
        }
    }

    /** What decision tables of dunning may ask for: the facts, and what was concluded from them. */
    static Map<String, @Nullable Object> inputs(CustomerScore score) {
        Map<String, @Nullable Object> inputs = new HashMap<>(score.facts());
        inputs.put("segment", score.segment());
        inputs.put("size", score.size());
        inputs.put("behaviour", score.behaviour());
        inputs.put("score", score.score());
        return inputs;
    }
}
