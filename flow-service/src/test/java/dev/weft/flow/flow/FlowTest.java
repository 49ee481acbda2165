package dev.weft.flow.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.problem.ProblemCode;
import dev.weft.flow.content.FlowContent;
import dev.weft.flow.content.FlowPlace;
import dev.weft.flow.content.FlowType;
import dev.weft.flow.flow.Flow.FlowStatus;
import dev.weft.flow.graph.Graph;
import dev.weft.flow.graph.NodesConfig;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlowTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static Flow aFlow(boolean polling) {
        var content =
                new FlowContent("Flow", null, FlowType.ORDINARY, Graph.EMPTY, NodesConfig.EMPTY, null, true, polling);
        return Flow.made("f", new FlowPlace("t", "c", "w"), "u", content, NOW);
    }

    private static Flow granted(Flow.Wish wish) {
        assertThat(wish).isInstanceOf(Flow.Wish.Granted.class);
        return ((Flow.Wish.Granted) wish).flow();
    }

    private static void assertRefused(Flow.Wish wish, ProblemCode code) {
        assertThat(wish)
                .isInstanceOfSatisfying(
                        Flow.Wish.Refused.class,
                        refused -> assertThat(refused.why().code()).isEqualTo(code));
    }

    @Test
    void startsOnceAndStopsOnce() {
        var started = granted(aFlow(false).start(NOW, null));

        assertThat(started.state().status()).isEqualTo(FlowStatus.ACTIVE);
        assertThat(started.state().wish()).isEqualTo(1);
        assertRefused(started.start(NOW, null), ProblemCode.INVALID_STATE);

        var stopped = granted(started.stop());
        assertThat(stopped.state().current()).isEqualTo(CurrentStatus.STOPPING);
        assertThat(stopped.state().isInactive()).isFalse();
        assertRefused(stopped.stop(), ProblemCode.INVALID_STATE);
        assertThat(granted(stopped.start(NOW, null)).state().wish()).isEqualTo(3);
    }

    @Test
    void suspendsOnlyWhatIsActive() {
        assertRefused(aFlow(false).suspend(), ProblemCode.INVALID_STATE);

        var suspended = granted(granted(aFlow(false).start(NOW, null)).suspend());

        assertRefused(suspended.suspend(), ProblemCode.INVALID_STATE);
        assertThat(granted(suspended.stop()).state().status()).isEqualTo(FlowStatus.INACTIVE);
        assertThat(granted(suspended.start(NOW, null)).isActive()).isTrue();
    }

    @Test
    void runsNowOnlyWhatPollsAndIsActive() {
        assertRefused(aFlow(true).runNow(), ProblemCode.INVALID_STATE);
        assertRefused(granted(aFlow(false).start(NOW, null)).runNow(), ProblemCode.INVALID_STATE);

        var state = granted(granted(aFlow(true).start(NOW, null)).runNow()).state();

        assertThat(state.wish()).isEqualTo(2);
        assertThat(state.statusWish()).isEqualTo(1);
    }

    @Test
    void countsTheQueuesOfAllVersionsThatRun() {
        var flow = aFlow(false);
        var graph = flow.content();
        assertThat(flow.state().queues()).isZero();

        var started = granted(flow.start(NOW, null));
        var replaced = started.published(graph, "u", NOW).toldToRun();
        assertThat(started.state().queues()).isEqualTo(1);
        assertThat(replaced.state().queues()).isEqualTo(2);

        var suspended = granted(replaced.suspend());
        assertThat(granted(suspended.start(NOW, null)).state().queues())
                .as("the version it has queues of goes on with them")
                .isEqualTo(2);
        assertThat(granted(suspended.published(graph, "u", NOW).start(NOW, null))
                        .state()
                        .queues())
                .isEqualTo(3);

        var stopped = granted(replaced.stop());
        assertThat(stopped.state().queues())
                .as("it has them until it is known to have stopped")
                .isEqualTo(2);
        assertThat(granted(stopped.start(NOW, null)).state().queues()).isEqualTo(2);
        assertThat(stopped.with(FlowState.NEW).state().queues()).isZero();
    }

    @Test
    void everyPublicationHasItsOwnVersion() {
        var flow = aFlow(false);

        var again = flow.published(flow.content(), "u", NOW);

        assertThat(again.latest().number()).isEqualTo(2);
        assertThat(again.latest().id()).hasSize(40).isNotEqualTo(flow.latest().id());
        assertThat(again.edition()).isEqualTo(2);
    }

    @Test
    void onlyAChangeOfTheGraphModifiesIt() {
        var flow = aFlow(false);
        var later = NOW.plusSeconds(5);

        var renamed = flow.published(flow.content(), "u", later);

        assertThat(renamed.times().updatedAt()).isEqualTo(later);
        assertThat(renamed.times().lastModified()).isEqualTo(NOW);
    }

    @Test
    void takesNoMoreWishesWhileTheBrokerIsGone() {
        var flow = aFlow(false);
        var crowded = new Flow(
                flow.id(),
                flow.place(),
                flow.user(),
                flow.content(),
                flow.state(),
                flow.latest(),
                null,
                flow.times(),
                1,
                1,
                8);

        assertRefused(crowded.start(NOW, null), ProblemCode.UNAVAILABLE);
    }
}
