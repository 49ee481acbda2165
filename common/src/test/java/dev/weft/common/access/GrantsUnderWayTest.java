package dev.weft.common.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.remote.RemoteCalls;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A change that is announced while the question about it is answered. */
class GrantsUnderWayTest {

    private static final Scope WORKSPACE = new Scope.Workspace("w");

    private int questions;
    private Runnable meanwhile = () -> {};
    private final RemoteGrants grants = new RemoteGrants(
            this::answer,
            new RemoteCalls(CircuitBreakerRegistry.ofDefaults(), RetryRegistry.ofDefaults()),
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC));

    private Grants answer(String bearer, String kind, String id) {
        questions++;
        meanwhile.run();
        return new Grants("t", null, null, true, Set.of());
    }

    private static Caller caller(String... roles) {
        return new Caller(Caller.Kind.USER, "u", "t", "ann", List.of(roles), "Bearer x");
    }

    @Test
    void anAnswerThatIsOlderThanAChangeDoesNotHold() {
        grants.heartbeat();
        meanwhile = () -> grants.changed("t", 0);
        grants.grants(caller(), WORKSPACE);
        meanwhile = () -> {};

        grants.grants(caller(), WORKSPACE);

        assertThat(questions).isEqualTo(2);
    }

    @Test
    void anAnswerFromBeforeAnnouncementsWereLostDoesNotHoldAfterwards() {
        grants.heartbeat();
        meanwhile = () -> {
            grants.forgetAll();
            grants.heartbeat();
        };
        grants.grants(caller(), WORKSPACE);
        meanwhile = () -> {};

        grants.grants(caller(), WORKSPACE);
        grants.grants(caller(), WORKSPACE);

        assertThat(questions).as("and the second answer holds").isEqualTo(2);
    }

    @Test
    void aChangeInAnotherTenantCostsNoQuestion() {
        grants.heartbeat();
        grants.grants(caller(), WORKSPACE);
        grants.changed("another", 0);

        grants.grants(caller(), WORKSPACE);

        assertThat(questions).isEqualTo(1);
    }

    @Test
    void whoHasOtherRolesInTheTenantIsAskedAboutAnew() {
        grants.heartbeat();
        grants.grants(caller(), WORKSPACE);

        grants.grants(caller("tenant-admin"), WORKSPACE);

        assertThat(questions).isEqualTo(2);
    }

    @Test
    void whatIsForgottenIsAskedUntilTheNextHeartbeat() {
        grants.heartbeat();
        grants.grants(caller(), WORKSPACE);
        grants.forgetAll();

        grants.grants(caller(), WORKSPACE);
        grants.grants(caller(), WORKSPACE);

        assertThat(questions).isEqualTo(3);
    }
}
