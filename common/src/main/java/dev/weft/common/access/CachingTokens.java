package dev.weft.common.access;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Verifies a token once and remembers it by its text until it ends: a caller's next requests cost no signature check. */
final class CachingTokens implements JwtDecoder {

    private static final int LARGEST = 10_000;

    private final JwtDecoder verifier;
    private final Clock clock;
    private final ConcurrentHashMap<String, Jwt> verified = new ConcurrentHashMap<>();

    CachingTokens(JwtDecoder verifier, Clock clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) throws JwtValidationException {
        var known = verified.get(token);
        if (known != null && isAlive(known)) {
            return known;
        }
        var jwt = verifier.decode(token);
        if (verified.size() >= LARGEST) {
            verified.values().removeIf(old -> !isAlive(old));
            if (verified.size() >= LARGEST) {
                verified.clear();
            }
        }
        verified.put(token, jwt);
        return jwt;
    }

    private boolean isAlive(Jwt token) {
        var end = token.getExpiresAt();
        return end != null && end.isAfter(clock.instant());
    }
}
