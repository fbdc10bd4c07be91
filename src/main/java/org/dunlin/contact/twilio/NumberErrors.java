package org.dunlin.contact.twilio;

import java.util.Arrays;
import org.dunlin.contact.twilio.NumberRefusals.Reason;
import org.jspecify.annotations.Nullable;

/** Twilio's error codes that are about the number and not about the request: trying again changes nothing. */
enum NumberErrors {
    INVALID(21211, Reason.UNREACHABLE),
    CANNOT_BE_CALLED(21214, Reason.UNREACHABLE),
    UNROUTABLE(21612, Reason.UNREACHABLE),
    NOT_MOBILE(21614, Reason.UNREACHABLE),
    INVALID_FORMAT(21217, Reason.UNREACHABLE),
    INVALID_FOR_CALLS(13224, Reason.UNREACHABLE),
    OPTED_OUT(21610, Reason.OPTED_OUT),
    /** The account may be allowed to tomorrow. */
    REGION_NOT_ALLOWED(21408, null),
    COUNTRY_NOT_ALLOWED(21215, null),
    BLOCKED_BY_US(21216, null),
    COUNTRY_NOT_CALLED(13227, null),
    /** Told afterwards: the handset does not exist any more, or is no handset. */
    UNKNOWN_HANDSET(30005, Reason.UNREACHABLE),
    LANDLINE(30006, Reason.UNREACHABLE);

    private final int code;
    private final @Nullable Reason reason;

    NumberErrors(int code, @Nullable Reason reason) {
        this.code = code;
        this.reason = reason;
    }

    static @Nullable NumberErrors of(@Nullable Integer code) {
        return code == null
                ? null
                : Arrays.stream(values())
                        .filter(error -> error.code == code)
                        .findFirst()
                        .orElse(null);
    }

    /** What to remember of the number; null for nothing. */
    @Nullable
    Reason reason() {
        return reason;
    }
}
