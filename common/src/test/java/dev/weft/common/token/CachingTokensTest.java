package dev.weft.common.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class CachingTokensTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> verified = new ArrayList<>();
    private Instant now = START;
    private final CachingTokens tokens = new CachingTokens(this::verify, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    private Jwt verify(String token) {
        verified.add(token);
        if (token.startsWith("forged")) {
            throw new BadJwtException("The signature is wrong.");
        }
        var jwt = Jwt.withTokenValue(token).header("alg", "ES256").subject("u");
        return token.startsWith("endless")
                ? jwt.build()
                : jwt.expiresAt(now.plus(Duration.ofSeconds(60))).build();
    }

    @Test
    void aTokenIsVerifiedOnceUntilItEnds() {
        tokens.decode("a");
        now = START.plusSeconds(59);
        tokens.decode("a");
        assertThat(verified).containsExactly("a");

        now = START.plusSeconds(60);
        tokens.decode("a");
        assertThat(verified).containsExactly("a", "a");
    }

    @Test
    void whatWasRefusedIsNotRemembered() {
        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        }

        assertThat(verified).containsExactly("forged", "forged");
    }

    @Test
    void aTokenWithoutAnEndIsVerifiedEachTime() {
        tokens.decode("endless");
        tokens.decode("endless");

        assertThat(verified).hasSize(2);
    }

    @Test
    void manyTokensDoNotMakeItForgetHowToTellThem() {
        for (var i = 0; i < 10_001; i++) {
            assertThat(tokens.decode("t" + i).getTokenValue()).isEqualTo("t" + i);
        }
    }
}
