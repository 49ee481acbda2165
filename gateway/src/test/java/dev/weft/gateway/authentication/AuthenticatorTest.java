package dev.weft.gateway.authentication;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.service.SetClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {

    private static final String KEY = "Basic YW5uOmtleQ==";

    private final SetClock clock = new SetClock();
    private Instant keyEnds;
    private final AtomicInteger questions = new AtomicInteger();
    private final Authenticator authenticator =
            new Authenticator(this::answer, clock, () -> MILLISECONDS.toNanos(clock.millis()));
    private String token = "internal";

    private Authentication answer(AuthenticationQuestion question) {
        questions.incrementAndGet();
        return new Authentication(token, clock.instant().plusSeconds(60), "user", "u", "t", "ann", keyEnds);
    }

    @Test
    void remembersACallerForHalfAMinuteWhileTheHeartbeatIsHeard() {
        authenticator.heartbeat();
        assertThat(questionsFor(KEY)).isEqualTo(1);
        for (var second = 2; second < 30; second += 2) {
            later(2);
            authenticator.heartbeat();
            assertThat(questionsFor(KEY)).isZero();
        }

        later(2);
        authenticator.heartbeat();
        assertThat(questionsFor(KEY)).isEqualTo(1);
    }

    @Test
    void remembersNothingForLongerThanFiveSecondsWhileNoHeartbeatIsHeard() {
        authenticator.heartbeat();
        questionsFor(KEY);
        later(4);
        assertThat(questionsFor(KEY)).isZero();

        later(1);
        assertThat(questionsFor(KEY)).isEqualTo(1);
        later(4);
        assertThat(questionsFor(KEY)).isZero();
        later(1);
        assertThat(questionsFor(KEY)).isEqualTo(1);
    }

    @Test
    void whatWasSaidBeforeASilenceDoesNotHoldAgainAfterIt() {
        authenticator.heartbeat();
        questionsFor(KEY);
        later(10);
        authenticator.heartbeat();

        assertThat(questionsFor(KEY)).isEqualTo(1);
    }

    @Test
    void forgetsWhoseKeyChanged() {
        authenticator.heartbeat();
        questionsFor(KEY);
        authenticator.forget("other");
        assertThat(questionsFor(KEY)).isZero();

        authenticator.forget("u");
        assertThat(questionsFor(KEY)).isEqualTo(1);
    }

    @Test
    void remembersABearerTokenNoLongerThanItIsGood() {
        var bearer = "Bearer "
                + String.join(
                        ".",
                        base64("{\"alg\":\"RS256\"}"),
                        base64("{\"exp\":%d}".formatted(clock.instant().getEpochSecond() + 3)),
                        "c2ln");
        authenticator.heartbeat();
        assertThat(questionsFor(bearer)).isEqualTo(1);
        later(2);
        assertThat(questionsFor(bearer)).isZero();

        later(1);
        assertThat(questionsFor(bearer)).isEqualTo(1);
        assertThat(questionsFor(bearer)).isEqualTo(1);
    }

    @Test
    void remembersAMachineKeyNoLongerThanItIsGood() {
        keyEnds = clock.instant().plusSeconds(3);
        authenticator.heartbeat();
        assertThat(questionsFor(KEY)).isEqualTo(1);
        later(2);
        assertThat(questionsFor(KEY)).isZero();

        later(1);
        assertThat(questionsFor(KEY)).isEqualTo(1);
        assertThat(questionsFor(KEY)).isEqualTo(1);
    }

    @Test
    void remembersManyWithUsualTokensAndFewWithLargeOnes() {
        authenticator.heartbeat();
        token = "t".repeat(800);
        for (var n = 0; n < 5_000; n++) {
            questionsFor(basic("user" + n));
        }
        for (var n = 0; n < 5_000; n++) {
            assertThat(questionsFor(basic("user" + n))).isZero();
        }

        token = "t".repeat(100_000);
        for (var n = 0; n < 500; n++) {
            questionsFor(basic("large" + n));
        }

        // Each is more than 100,000 bytes, so no more than 160 are left.
        var before = questions.get();
        for (var n = 0; n < 500; n++) {
            authenticator.authenticate(basic("large" + n), false, "10.0.0.1");
        }
        assertThat(questions.get() - before).isGreaterThan(300);
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":key").getBytes(StandardCharsets.UTF_8));
    }

    private int questionsFor(String header) {
        var before = questions.get();
        assertThat(authenticator.authenticate(header, false, "10.0.0.1").id()).isEqualTo("u");
        return questions.get() - before;
    }

    private void later(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
