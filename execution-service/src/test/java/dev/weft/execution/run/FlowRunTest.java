package dev.weft.execution.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.execution.run.FlowRun.RunSpec;
import dev.weft.execution.run.FlowRun.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlowRunTest {

    private static final Instant NOW = Instant.parse("2026-03-27T15:39:02Z");
    private static final RunSpec OLD = new RunSpec("old", "{}", List.of("q1"), List.of(), NOW, null, false);
    private static final RunSpec NEW = new RunSpec("new", "{}", List.of("q2"), List.of(), NOW, null, false);

    private static FlowRun in(State state) {
        return FlowRun.fresh("f", "t", "k", "w", NOW).to(state, NEW, 3, NOW).draining(List.of(OLD));
    }

    @Test
    void anActiveFlowConsumesItsRunAndThoseThatDrain() {
        assertThat(in(State.ACTIVE).consumed()).containsExactly(NEW, OLD);
        assertThat(in(State.UPDATING).consumed()).containsExactly(NEW, OLD);
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPING", "SUSPENDING", "SUSPENDED", "DELETING", "INACTIVE"})
    void aFlowThatIsNotOpenConsumesNothing(State state) {
        assertThat(in(state).consumed()).isEmpty();
        assertThat(state.isOpen()).isFalse();
    }

    @Test
    void aRunThatWasGivenUpIsKeptForItsQueuesAndNeverConsumed() {
        var given = in(State.STARTING).givingUpRuns();

        assertThat(given.draining()).extracting(RunSpec::id).containsExactly("new", "old");
        assertThat(given.to(State.ACTIVE, NEW, 4, NOW).consumed()).containsExactly(NEW);
        assertThat(given.to(State.STARTING, NEW, 4, NOW).consumed()).isEmpty();
    }

    @Test
    void theApiDoesNotShowAnUpdate() {
        assertThat(State.UPDATING.wire()).isEqualTo("active");
        assertThat(State.SUSPENDED.wire()).isEqualTo("suspended");
    }
}
