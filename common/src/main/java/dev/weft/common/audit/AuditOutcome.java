package dev.weft.common.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What became of a request (api-v2 11.8). */
public enum AuditOutcome {
    SUCCEEDED,
    /** Any 4xx. */
    REFUSED,
    /** Any 5xx, and a request whose process died. */
    FAILED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AuditOutcome of(int status) {
        return status < 400 ? SUCCEEDED : status < 500 ? REFUSED : FAILED;
    }

    public static Optional<AuditOutcome> find(String wire) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.wire().equals(wire))
                .findFirst();
    }
}
