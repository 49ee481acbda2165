package dev.weft.gateway.authentication;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What identity-service answers about a caller: {@code {"token","expires_at","kind","id","tenant","name"}}.
 *
 * @param token the internal token, good until {@code expiresAt}
 */
public record Authentication(
        String token,
        @JsonProperty("expires_at") Instant expiresAt,
        String kind,
        String id,
        @Nullable String tenant,
        @Nullable String name) {

    /** The value of the Authorization header inside. */
    public String bearer() {
        return "Bearer " + token;
    }

    /** One key for all that counts per caller. */
    public String caller() {
        return kind + ":" + id;
    }

    @Override
    public String toString() {
        return caller();
    }
}
