package dev.weft.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/**
 * Makes internal tokens: {@code {"iss":"identity-service","aud":"weft","sub","kind","tenant"?,"name","tenant_roles",
 * "contract"?,"key_role"?,"iat","exp"}}, valid for a minute; the two before the last are a machine key's.
 */
public final class TokenIssuer {

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
        // Truncated, since a token's times are whole seconds: otherwise callers would use it for up to a second after
        // its end.
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var end = now.plus(LIFE);
        var binding = subject.binding();
        var claims = new JWTClaimsSet.Builder()
                .issuer("identity-service")
                .audience("weft")
                .subject(subject.id())
                .claim("kind", subject.kind().wire())
                .claim("tenant", subject.tenantId())
                .claim("name", subject.name())
                .claim("tenant_roles", subject.tenantRoles())
                .claim("contract", binding == null ? null : binding.contractId())
                .claim("key_role", binding == null ? null : binding.role())
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
