package org.dunlin.dunning.engine;

import java.util.Arrays;
import org.dunlin.dunning.Hold.Expected;
import org.dunlin.dunning.InvalidOutcomeException;
import org.jspecify.annotations.Nullable;

/** What can be found about a dispute, by the words of form and model. */
public enum DisputeResult {
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

    /** The one after which that has to be booked. */
    public static DisputeResult of(Expected expected) {
        return expected == Expected.CREDIT ? CREDIT_EXPECTED : CORRECTED_INVOICE;
    }

    public String key() {
        return key;
    }

    /** The notice that tells the customer. */
    public String notice() {
        return notice;
    }

    /** What has to be booked; null where the invoice stands. */
    @Nullable
    Expected expected() {
        return expected;
    }
}
