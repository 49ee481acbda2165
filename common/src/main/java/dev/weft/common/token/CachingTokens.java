package dev.weft.common.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/**
 * Verifies a token once and remembers the result until the token expires: later requests of the same caller cost no
 * signature check.
 */
final class CachingTokens implements JwtDecoder {

    /** Characters of all tokens together; what is made of one takes several times as much. */
    private static final long HEAVIEST = 10_000_000;
    /** Longer than any internal token is good. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final JwtDecoder verifier;
    private final Clock clock;
    private final Cache<String, Jwt> verified = Caffeine.newBuilder()
            .maximumWeight(HEAVIEST)
            .<String, Jwt>weigher((token, _) -> token.length())
            .expireAfterWrite(LONGEST)
            .executor(Runnable::run)
            .build();

    CachingTokens(JwtDecoder verifier, Clock clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) throws JwtValidationException {
        var known = verified.getIfPresent(token);
        if (known != null && isAlive(known)) {
            return known;
        }
        var jwt = verifier.decode(token);
        verified.put(token, jwt);
        return jwt;
    }

    private boolean isAlive(Jwt token) {
        var end = token.getExpiresAt();
        return end != null && end.isAfter(clock.instant());
    }
}
