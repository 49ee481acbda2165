package dev.weft.identity.authentication;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.weft.identity.token.InternalToken;
import dev.weft.identity.token.TokenSubject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The caller whose credentials these are, with an internal token: {@code
 * {"token","expires_at","kind","id","tenant","name","ends_at"?}}.
 *
 * @param endsAt from when on the credentials are good no more; null: not known
 */
record AuthenticatedCaller(
        String token,
        @JsonProperty("expires_at") Instant expiresAt,
        String kind,
        String id,
        @Nullable String tenant,
        String name,
        @JsonProperty("ends_at") @Nullable Instant endsAt) {

    static AuthenticatedCaller of(TokenSubject subject, InternalToken token, @Nullable Instant endsAt) {
        return new AuthenticatedCaller(
                token.token(),
                token.expiresAt(),
                subject.kind().wire(),
                subject.id(),
                subject.tenantId(),
                subject.name(),
                endsAt);
    }
}
