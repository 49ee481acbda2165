package dev.weft.execution.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentTest {

    private static final Instant NOW = Instant.parse("2026-03-27T15:39:02Z");
    private static final DeploymentRun OLD = spec("old", "q1");
    private static final DeploymentRun NEW = spec("new", "q2");

    private static DeploymentRun spec(String id, String queue) {
        return DeploymentRun.fresh(id, "{}", NOW)
                .named(List.of(queue), List.of())
                .declared(NOW);
    }

    private static Deployment in(State state) {
        return Deployment.fresh("f", "t", "k", "w", NOW).to(state, NEW, 3, NOW).draining(List.of(OLD));
    }

    @Test
    void anActiveFlowConsumesItsRunAndThoseThatDrain() {
        assertThat(in(State.ACTIVE).consumed()).containsExactly(NEW, OLD);
        assertThat(in(State.UPDATING).consumed()).containsExactly(NEW, OLD);
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPING", "SUSPENDING", "SUSPENDED", "DELETING", "DELETED", "INACTIVE"})
    void aFlowThatIsNotOpenConsumesNothing(State state) {
        assertThat(in(state).consumed()).isEmpty();
        assertThat(state.isOpen()).isFalse();
    }

    @Test
    void aRunThatWasGivenUpIsKeptForItsQueuesAndNeverConsumed() {
        var given = in(State.STARTING).givingUpRuns();

        assertThat(given.draining()).extracting(DeploymentRun::id).containsExactly("new", "old");
        assertThat(given.to(State.ACTIVE, NEW, 4, NOW).consumed()).containsExactly(NEW);
        assertThat(given.to(State.STARTING, NEW.declared(null), 4, NOW).consumed())
                .isEmpty();
    }

    @Test
    void aFlowThatStartsIsConsumedOnceItsQueuesAreThere() {
        var begun = in(State.STARTING);
        assertThat(begun.consumed()).containsExactly(NEW, OLD);
        assertThat(begun.current(NEW.declared(null)).consumed()).containsExactly(OLD);
    }

    @Test
    void aRunThatIsToFollowIsConsumedBeforeItIsInForce() {
        var coming = spec("coming", "q3");
        assertThat(in(State.UPDATING).coming(coming).consumed()).containsExactly(NEW, coming, OLD);
        assertThat(in(State.UPDATING).coming(coming.declared(null)).consumed()).containsExactly(NEW, OLD);
        assertThat(in(State.UPDATING).coming(coming).givingUpComing().draining())
                .extracting(DeploymentRun::fate)
                .containsExactly(Fate.SERVED, Fate.GIVEN_UP);
    }

    @Test
    void aRunThatSeemsToHaveNothingLeftIsKeptAndNotConsumed() {
        var ending = in(State.ACTIVE).draining(List.of(OLD.to(Fate.ENDING)));
        assertThat(ending.consumed()).containsExactly(NEW);
        assertThat(ending.kept("old")).isPresent();
        assertThat(in(State.STOPPING).kept("new")).isEmpty();
        assertThat(in(State.SUSPENDED).kept("new")).isPresent();
    }

    @Test
    void theApiDoesNotShowAnUpdate() {
        assertThat(State.UPDATING.wire()).isEqualTo("active");
        assertThat(State.SUSPENDED.wire()).isEqualTo("suspended");
    }
}
