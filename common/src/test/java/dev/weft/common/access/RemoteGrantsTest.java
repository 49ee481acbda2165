package dev.weft.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.remote.RemoteCalls;
import dev.weft.common.service.SetClock;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RemoteGrantsTest {

    private static final Caller ANN = new Caller(Caller.Kind.USER, "u", "t", "ann", List.of(), "Bearer x");
    private static final Scope WORKSPACE = new Scope.Workspace("w");

    private final SetClock clock = new SetClock();
    private final AtomicInteger questions = new AtomicInteger();
    private long policy;
    private final RemoteGrants grants = new RemoteGrants(
            this::answer,
            new RemoteCalls(CircuitBreakerRegistry.ofDefaults(), RetryRegistry.ofDefaults(), Duration.ofSeconds(10)),
            clock);

    private Grants answer(String bearer, String kind, String id) {
        questions.incrementAndGet();
        return new Grants("t", null, null, true, Set.of(), policy);
    }

    @Test
    void anAnswerHoldsWhileTheHeartbeatIsHeardAndNothingChanged() {
        grants.heartbeat();
        assertThat(questionsAsked()).isEqualTo(1);
        later(4);
        assertThat(questionsAsked()).isZero();

        grants.changed("t", 0);
        assertThat(questionsAsked()).isEqualTo(1);
        later(5);
        assertThat(questionsAsked()).isEqualTo(1);
    }

    @Test
    void anAnswerByAnOlderPolicyThanAnnouncedIsNotRemembered() {
        grants.heartbeat();
        policy = 1;
        grants.changed("t", 2);

        assertThat(questionsAsked()).isEqualTo(1);
        assertThat(questionsAsked()).as("a replica that lags behind answered").isEqualTo(1);
        policy = 2;
        assertThat(questionsAsked()).isEqualTo(1);
        assertThat(questionsAsked()).isZero();
        grants.changed("t", 0);
        assertThat(questionsAsked()).isEqualTo(1);
        assertThat(questionsAsked()).isZero();
    }

    @Test
    void whatWasSaidBeforeASilenceDoesNotHoldAgainAfterIt() {
        grants.heartbeat();
        questionsAsked();
        later(10);
        grants.heartbeat();

        assertThat(questionsAsked()).isEqualTo(1);
    }

    @Test
    void aNewcomerDoesNotPutOutAllOthers() {
        grants.heartbeat();
        for (var n = 0; n <= 20_000; n++) {
            grants.grants(ANN, new Scope.Workspace("w" + n));
        }

        assertThat(questionsAsked(new Scope.Workspace("w19000"))).isZero();
    }

    @Test
    void aChangeOfAnotherTenantLeavesAnAnswerAsItIs() {
        grants.heartbeat();
        questionsAsked();

        grants.changed("another", 0);

        assertThat(questionsAsked()).isZero();
    }

    /** Answers may be as old as the process. */
    @Test
    void aChangeCountsHoweverManyOthersChangedSince() {
        grants.heartbeat();
        questionsAsked();
        grants.changed("t", 0);
        for (var n = 0; n < 100_000; n++) {
            grants.changed("tenant " + n, 0);
        }

        assertThat(questionsAsked()).isEqualTo(1);
        assertThat(questionsAsked()).isZero();
    }

    private int questionsAsked() {
        return questionsAsked(WORKSPACE);
    }

    private int questionsAsked(Scope scope) {
        var before = questions.get();
        assertThat(grants.grants(ANN, scope)).isPresent();
        return questions.get() - before;
    }

    private void later(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }
}
