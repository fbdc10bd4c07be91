package org.dunlin.dunning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person posted a notice about a hold as a letter and recorded it. Published within the recording transaction.
 *
 * @param occurrence the one passing of the step
 * @param notice     name of the notice, for example {@code disputeRejected}
 * @param by         login of the person
 * @param text       as it was posted
 */
public record NoticePosted(
        Hold hold, String occurrence, String notice, Instant at, @Nullable String by, @Nullable String text) {}
