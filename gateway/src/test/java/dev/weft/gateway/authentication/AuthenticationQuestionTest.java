package dev.weft.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationQuestionTest {

    @Test
    void takesBasicApartAtTheFirstColon() {
        var header =
                "bAsIc " + Base64.getEncoder().encodeToString("ann@acme.org:k:e:y".getBytes(StandardCharsets.UTF_8));

        assertThat(AuthenticationQuestion.of(header, true, "10.0.0.1"))
                .contains(new AuthenticationQuestion("basic", "ann@acme.org", "k:e:y", null, true, "10.0.0.1"));
    }

    @Test
    void neverAllowsAPasswordWithABearerToken() {
        assertThat(AuthenticationQuestion.of("Bearer a.b.c", true, "10.0.0.1"))
                .contains(new AuthenticationQuestion("bearer", null, null, "a.b.c", false, "10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic %%%", "Basic bm9jb2xvbg==", "Digest x", "Bearer ", "token"})
    void understandsNothingElse(String header) {
        assertThat(AuthenticationQuestion.of(header, false, "10.0.0.1")).isEmpty();
    }

    @Test
    void keepsItsSecretOutOfLogs() {
        assertThat(new AuthenticationQuestion("basic", "ann", "key", null, false, "a").toString())
                .doesNotContain("key");
    }
}
