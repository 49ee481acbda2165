package dev.weft.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.weft.common.problem.ProblemCode;
import dev.weft.common.problem.ProblemException;
import dev.weft.gateway.limit.RetryLater;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionSharesTest {

    private static final String ANN = "10.0.0.1";
    private static final String BOB = "10.0.0.2";

    @Test
    void oneClientLeavesConnectionsToOthers() {
        var shares = new ConnectionShares(2, Duration.ofMillis(20));
        try (var one = shares.take(Backend.KEYCLOAK, ANN);
                var _ = shares.take(Backend.KEYCLOAK, ANN);
                var _ = shares.take(Backend.KEYCLOAK, BOB);
                var _ = shares.take(Backend.FLOW, ANN)) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> shares.take(Backend.KEYCLOAK, ANN))
                    .satisfies(refusal -> {
                        assertThat(refusal.first().code()).isEqualTo(ProblemCode.UNAVAILABLE);
                        assertThat(refusal.first().meta()).containsKey(RetryLater.META);
                    });
            one.close();

            try (var _ = shares.take(Backend.KEYCLOAK, ANN)) {
                assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> shares.take(Backend.KEYCLOAK, ANN));
            }
        }
        assertThat(shares.clients()).isZero();
    }

    @Test
    void whoHasItsShareWaitsForItsTurn() throws InterruptedException {
        var shares = new ConnectionShares(1, Duration.ofSeconds(10));
        var first = shares.take(Backend.KEYCLOAK, ANN);
        var second = Thread.ofVirtual()
                .start(() -> shares.take(Backend.KEYCLOAK, ANN).close());
        await().until(() -> second.getState() == Thread.State.TIMED_WAITING);

        first.close();

        assertThat(second.join(Duration.ofSeconds(10))).isTrue();
        assertThat(shares.clients()).isZero();
    }
}
