package dev.weft.execution.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentRun.Loss;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeploymentTest {

    private static final Instant NOW = Instant.parse("2026-03-27T15:39:02Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Owner OWNER = new Owner("o", "t", "k", "w");
    private static final DeploymentRun OLD = spec("old", "q1");
    private static final DeploymentRun NEW = spec("new", "q2");

    private static DeploymentRun spec(String id, String queue) {
        return DeploymentRun.fresh(id, "f", "{}", NOW)
                .named(List.of(queue), List.of())
                .declared(NOW);
    }

    private static Deployment in(State state) {
        return Deployment.fresh(OWNER, NOW).alsoInForce(NEW).to(state, NOW).draining(List.of(OLD));
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
        assertThat(given.alsoInForce(NEW).to(State.ACTIVE, NOW).consumed()).containsExactly(NEW);
        assertThat(given.alsoInForce(NEW.declared(null)).to(State.STARTING, NOW).consumed())
                .isEmpty();
    }

    @Test
    void aFlowThatStartsIsConsumedOnceItsQueuesAreThere() {
        var begun = in(State.STARTING);
        assertThat(begun.consumed()).containsExactly(NEW, OLD);
        assertThat(begun.with(NEW.declared(null)).consumed()).containsExactly(OLD);
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
    void theNumberOfAWishChangesNothingElse() {
        var heard = in(State.ACTIVE).heard(7);
        assertThat(heard.wish()).isEqualTo(7);
        assertThat(heard.heard(0)).isEqualTo(in(State.ACTIVE));
    }

    @Test
    void aNewerVersionTakesThePlaceOfTheOneInForceWhichDrains() {
        var coming = spec("coming", "q3");
        var updated = in(State.UPDATING).coming(coming).inForce(coming, List.of(NEW), LATER);
        assertThat(updated.current()).isEqualTo(coming);
        assertThat(updated.coming()).isNull();
        assertThat(updated.draining()).containsExactly(OLD, NEW.replaced(LATER));
    }

    private static Deployment withTwoVersions(State state) {
        return Deployment.fresh(OWNER, NOW).alsoInForce(OLD).alsoInForce(NEW).to(state, NOW);
    }

    @Test
    void twoVersionsOfOneOwnerAreInForceAtOnce() {
        var both = withTwoVersions(State.ACTIVE);
        assertThat(both.consumed()).containsExactly(OLD, NEW);
        assertThat(both.kept("old")).contains(OLD);
        assertThat(both.kept("new")).contains(NEW);
        assertThat(both.queues()).isEqualTo(2);
        assertThatIllegalStateException().isThrownBy(both::current).withMessageContaining("2 versions");
    }

    @Test
    void ofTwoVersionsThatStartEachIsConsumedOnceItsQueuesAreThere() {
        var starting = withTwoVersions(State.STARTING).with(NEW.declared(null));
        assertThat(starting.consumed()).containsExactly(OLD);
        assertThat(starting.with(NEW).consumed()).containsExactly(OLD, NEW);
    }

    @Test
    void aVersionComesInForceBesideAnother() {
        var one = Deployment.fresh(OWNER, NOW).alsoInForce(OLD).to(State.UPDATING, NOW);
        var two = one.coming(NEW).inForce(NEW, List.of(), LATER);
        assertThat(two.inForce()).containsExactly(OLD, NEW);
        assertThat(two.draining()).isEmpty();
    }

    @Test
    void aVersionIsReplacedAndTheOtherStaysInForce() {
        var coming = spec("coming", "q3");
        var changed = withTwoVersions(State.UPDATING).coming(coming).inForce(coming, List.of(OLD), LATER);
        assertThat(changed.inForce()).containsExactly(NEW, coming);
        assertThat(changed.consumed()).containsExactly(NEW, coming, OLD.replaced(LATER));
    }

    @Test
    void whatOneVersionLosesNoOtherMisses() {
        var lossy = withTwoVersions(State.ACTIVE).with(NEW.losing(List.of("q2"), NOW));
        assertThat(lossy.inForce()).extracting(DeploymentRun::loss).containsExactly(null, new Loss(List.of("q2"), NOW));
    }

    @Test
    void allVersionsEndWithTheirOwner() {
        var both = withTwoVersions(State.STOPPING);
        assertThat(both.givingUpRuns().draining())
                .extracting(DeploymentRun::fate)
                .containsExactly(Fate.GIVEN_UP, Fate.GIVEN_UP);
        assertThat(both.withoutRuns().named()).isEmpty();
    }

    @Test
    void whatHasNoQueuesDoesNotDrain() {
        var unnamed = DeploymentRun.fresh("unnamed", "f", "{}", NOW);
        var starting = Deployment.fresh(OWNER, NOW).alsoInForce(unnamed).draining(List.of(OLD));
        var replaced = starting.inForce(NEW, List.of(unnamed), LATER);
        assertThat(replaced.current()).isEqualTo(NEW);
        assertThat(replaced.draining()).containsExactly(OLD);
    }

    @Test
    void theApiDoesNotShowAnUpdate() {
        assertThat(State.UPDATING.wire()).isEqualTo("active");
        assertThat(State.SUSPENDED.wire()).isEqualTo("suspended");
    }
}
