package org.dunlin.dunning;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import org.dunlin.platform.models.DecisionFailedException;
import org.dunlin.platform.models.Decisions;
import org.dunlin.platform.models.DeployedDecision;
import org.dunlin.receivables.Money;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How urgent a task is: what is open × the share of it that the table {@code taskPriority} sees at risk. In whole units of money, so
 * that whoever reads the number knows what it means.
 */
@Component
public class ValueAtStake {

    private static final Logger log = LoggerFactory.getLogger(ValueAtStake.class);
    private static final String TABLE = "taskPriority";

    /** Whatever is at stake, something that somebody was reminded of comes before it. */
    public static final int REMINDED = 100_000_000;

    private static final BigDecimal MOST = BigDecimal.valueOf(REMINDED - 1);

    private final Decisions decisions;
    private final DunningPolicy policy;

    ValueAtStake(Decisions decisions, DunningPolicy policy) {
        this.decisions = decisions;
        this.policy = policy;
    }

    /** Answers for many, all from one version of the table; each question that differs in nothing but the amount is asked once. */
    public final class Scale {

        private final Map<Question, @Nullable BigDecimal> shares = new HashMap<>();
        private final @Nullable DeployedDecision table;

        private Scale() {
            this.table = latest();
        }

        /**
         * The priority of a task; null where the table gives none, which is logged: a task without a priority is better than none.
         */
        public @Nullable Integer priority(Stake stake) {
            BigDecimal share = shares.computeIfAbsent(
                    new Question(stake.daysOverdue(), stake.segment(), stake.promiseBroken()), this::share);
            return share == null
                    ? null
                    : comparable(stake.open())
                            .multiply(share)
                            .movePointLeft(2)
                            .setScale(0, RoundingMode.HALF_UP)
                            .min(MOST)
                            .max(BigDecimal.ZERO)
                            .intValue();
        }

        private @Nullable BigDecimal share(Question question) {
            if (table == null) {
                return null;
            }
            Map<String, @Nullable Object> inputs = new HashMap<>();
            inputs.put("daysOverdue", question.daysOverdue());
            inputs.put("segment", question.segment());
            inputs.put("promiseBroken", question.promiseBroken());
            try {
                return new BigDecimal(table.evaluate(inputs).number().toString());
            } catch (DecisionFailedException e) {
                log.error("A task keeps its priority: {}", e.getMessage());
                return null;
            }
        }
    }

    private record Question(int daysOverdue, @Nullable String segment, boolean promiseBroken) {}

    public Scale scale() {
        return new Scale();
    }

    private @Nullable DeployedDecision latest() {
        try {
            return decisions.latest(TABLE);
        } catch (DecisionFailedException e) {
            log.error("Tasks keep their priorities: {}", e.getMessage());
            return null;
        }
    }

    /** Amounts of several currencies in one list: the minimum amounts of the house say what is about as much. */
    private BigDecimal comparable(Money money) {
        BigDecimal minimum = policy.minimum(money.currency().getCurrencyCode());
        BigDecimal usual = policy.defaultMinimum();
        return minimum.signum() <= 0 || usual.signum() <= 0
                ? money.amount()
                : money.amount().multiply(usual).divide(minimum, 4, RoundingMode.HALF_UP);
    }
}
