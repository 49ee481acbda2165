package dev.weft.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.weft.common.access.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes internal tokens: {@code {"iss":"identity-service","aud":"weft","sub","kind","tenant"?,"name","tenant_roles",
 * "iat","exp"}}, valid for a minute.
 */
public final class TokenIssuer {

    /**
     * Whom an internal token names.
     *
     * @param tenantId null for service accounts and services
     * @param name     e-mail of a user, login of a service account, name of a service
     */
    public record TokenSubject(
            Caller.Kind kind, String id, @Nullable String tenantId, String name, List<String> tenantRoles) {

        public static TokenSubject service(String name) {
            return new TokenSubject(Caller.Kind.SERVICE, name, null, name, List.of());
        }

        public static TokenSubject serviceAccount(String id, String login) {
            return new TokenSubject(Caller.Kind.SERVICE_ACCOUNT, id, null, login, List.of());
        }

        public static TokenSubject user(String id, String tenantId, String email, List<String> tenantRoles) {
            return new TokenSubject(Caller.Kind.USER, id, tenantId, email, tenantRoles);
        }
    }

    /** A signed internal token and its end. */
    public record InternalToken(String token, Instant expiresAt) {}

    static final Duration LIFE = Duration.ofSeconds(60);

    private final JWSHeader header;
    private final JWSSigner signer;
    private final Clock clock;

    TokenIssuer(SigningKey key, Clock clock) {
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID(key.key().getKeyID())
                .build();
        this.clock = clock;
        try {
            this.signer = new ECDSASigner(key.key());
        } catch (JOSEException e) {
            throw new IllegalStateException("The signing key can not sign ES256.", e);
        }
    }

    public InternalToken issue(TokenSubject subject) {
        // Whole seconds, as a token can say them: else we would count on one for up to a second after its end.
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var end = now.plus(LIFE);
        var claims = new JWTClaimsSet.Builder()
                .issuer("identity-service")
                .audience("weft")
                .subject(subject.id())
                .claim("kind", subject.kind().wire())
                .claim("tenant", subject.tenantId())
                .claim("name", subject.name())
                .claim("tenant_roles", subject.tenantRoles())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(end))
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("An internal token could not be signed.", e);
        }
        return new InternalToken(token.serialize(), end);
    }
}
