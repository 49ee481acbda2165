package dev.weft.gateway.authentication;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.common.access.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What identity-service answers about a caller: {@code {"token","expires_at","kind","id","tenant","name","ends_at"?}}.
 *
 * @param token  the internal token, good until {@code expiresAt}
 * @param endsAt from when on the credentials themselves are good no more; null: not known
 */
public record Authentication(
        String token,
        @JsonProperty("expires_at") Instant expiresAt,
        String kind,
        String id,
        @Nullable String tenant,
        @Nullable String name,
        @JsonProperty("ends_at") @Nullable Instant endsAt) {

    /** Whether the credentials are those of the platform API: it takes no machine keys (api-v2 2). */
    public boolean isOfPlatform() {
        return !kind.equals(Caller.Kind.MACHINE_KEY.wire());
    }

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
