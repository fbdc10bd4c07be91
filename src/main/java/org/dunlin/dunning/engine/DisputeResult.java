package org.dunlin.dunning.engine;

import java.util.Arrays;
import org.dunlin.dunning.Hold.Expected;
import org.dunlin.dunning.InvalidOutcomeException;
import org.jspecify.annotations.Nullable;

/** What can be found about a dispute, by the words of form and model. */
enum DisputeResult {
    CREDIT_EXPECTED("creditExpected", "disputeCredit", Expected.CREDIT),
    CORRECTED_INVOICE("correctedInvoice", "disputeCorrected", Expected.CORRECTION),
    REJECTED("rejected", "disputeRejected", null);

    private final String key;
    private final String notice;
    private final @Nullable Expected expected;

    DisputeResult(String key, String notice, @Nullable Expected expected) {
        this.key = key;
        this.notice = notice;
        this.expected = expected;
    }

    /** @throws InvalidOutcomeException for a key that no form offers */
    static DisputeResult of(String key) {
        return Arrays.stream(values())
                .filter(result -> result.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidOutcomeException("outcome", "Unknown result of a dispute: " + key));
    }

    String key() {
        return key;
    }

    /** The notice that tells the customer. */
    String notice() {
        return notice;
    }

    /** What has to be booked; null where the invoice stands. */
    @Nullable
    Expected expected() {
        return expected;
    }
}
