package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.flowmessage.FlowHeaders;
import dev.weft.common.id.Ids;
import dev.weft.execution.HeardEnds;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployment.Straggler;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.takedown.FlowHistory;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.execution.worker.Workers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stops after a crash, and what was in work when the flow was stopped. */
abstract class StopCrashes extends DyingReplicas {

    @ParameterizedTest
    @EnumSource
    void aStopAfterTheCrashLeavesNoQueue(Death death) {
        die(death);
        clock.advance(LEASE.plusSeconds(1));

        replica(runs, bean(FlowTopology.class)).stop(command("flow.stop", 2));

        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(queues()).noneMatch(DyingReplicas::exists);
    }

    @Test
    void aStopAfterACrashInAnUpdateLeavesNoQueue() {
        var one = replica(runs, bean(FlowTopology.class));
        one.start(command("flow.start", 1));
        var before = runs.find(flow).orElseThrow().current().queues();
        assertThatThrownBy(() -> replica(runs, site.dyingTopology()).update(command("flow.update", 2)))
                .isInstanceOf(Died.class);
        var newer = queuesOfFlow();
        assertThat(newer).hasSize(1).noneMatch(before::contains);

        one.stop(command("flow.stop", 3));

        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(newer).noneMatch(DyingReplicas::exists);
        assertThat(before).noneMatch(DyingReplicas::exists);
    }

    @Test
    void aStartBeforeAStopIsCarriedOutLeavesTheOlderQueuesToTheSweeper() {
        replica(runs, topology()).start(command("flow.start", 1));
        var unconnected = unconnected();
        assertThatThrownBy(() -> replica(runs, unconnected).stop(command("flow.stop", 2)))
                .isInstanceOf(FlowTopology.TopologyException.class);
        assertThat(state()).isEqualTo(State.STOPPING);

        replica(runs, topology()).start(command("flow.start", 3));
        sweeper(topology()).endDrainedRuns();

        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(queues()).noneMatch(DyingReplicas::exists);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    /** As a stop cancels them: with what is in work when the queues go, and after a crash of the sweeper. */
    @Test
    void executionsOfARunWhoseStopANewStartHasOvertakenAreCanceledAfterACrashToo() {
        replica(runs, topology()).start(command("flow.start", 1));
        var run = runs.find(flow).orElseThrow().current().id();
        var recorder = bean(Recorder.class);
        var history = bean(FlowHistory.class);
        recorder.record(unfinished(run)).join();
        var unconnected = unconnected();
        assertThatThrownBy(() -> replica(runs, unconnected).stop(command("flow.stop", 2)))
                .isInstanceOf(FlowTopology.TopologyException.class);
        replica(runs, topology()).start(command("flow.start", 3));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bean(Workers.class).loads(run).isEmpty());
        assertThat(history.isRunning(flow, run)).isTrue();

        assertThatThrownBy(
                        () -> sweeper(new DyingRuns(runs, 1, false), topology()).endDrainedRuns())
                .isInstanceOf(Died.class);
        clock.advance(LEASE.plusSeconds(1));
        sweeper(topology()).endDrainedRuns();

        assertThat(history.isRunning(flow, run)).isFalse();
        var deployment = runs.find(flow).orElseThrow();
        assertThat(deployment.state()).isEqualTo(State.ACTIVE);
        assertThat(deployment.draining()).isEmpty();
        assertThat(deployment.stragglers()).extracting(Straggler::run).containsExactly(run);
        recorder.record(unfinished(run)).join();
        sweeper(topology()).cancelStragglers();
        assertThat(history.isRunning(flow, run)).isFalse();
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    @Test
    void whatWasInWorkAtAStopIsCanceledForAsLongAsItMayTake() {
        replica(runs, topology()).start(command("flow.start", 1));
        var run = runs.find(flow).orElseThrow().current().id();
        replica(runs, topology()).stop(command("flow.stop", 2));
        assertThat(runs.find(flow).orElseThrow().stragglers()).hasSize(1);

        clock.advance(Duration.ofMinutes(10));
        var history = bean(FlowHistory.class);
        bean(Recorder.class).record(unfinished(run)).join();
        assertThat(history.isRunning(flow, run)).isTrue();
        sweeper(topology()).cancelStragglers();

        assertThat(history.isRunning(flow, run)).isFalse();
        clock.advance(Duration.ofMinutes(60));
        sweeper(topology()).cancelStragglers();
        assertThat(runs.find(flow).orElseThrow().stragglers()).isEmpty();
    }

    @Test
    void whoWatchesAKickOffThatIsDroppedHearsOfItThoughAReplicaDiesBeforeItsQueueIsGone() throws Exception {
        replica(runs, topology()).start(command("flow.start", 1));
        var plan = plan();
        var unconnected = unconnected();
        assertThatThrownBy(() -> replica(runs, unconnected).stop(command("flow.stop", 2)))
                .isInstanceOf(FlowTopology.TopologyException.class);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bean(Workers.class).loads(plan.runId()).isEmpty());
        try (var heard = new HeardEnds(site.service(), "execution.ended.tester")) {
            var execution = bean(Ids.class).nextExecution();
            var frame = bean(KickOffs.class).fire(plan, execution, "call", execution, StepMessage.of(Map.of()));
            var headers = new HashMap<>(frame.headers());
            headers.put(FlowHeaders.WATCH, "tester");
            bean(FlowPublisher.class).publishAndWait(FlowFrame.to(frame.key(), headers, frame.body()));

            assertThatThrownBy(() -> replica(runs, site.droppingAndDying()).stop(command("flow.stop", 3)))
                    .isInstanceOf(Died.class);
            assertThat(DyingReplicas.exists(plan.entryQueue())).isTrue();
            clock.advance(LEASE.plusSeconds(1));
            replica(runs, topology()).stop(command("flow.stop", 4));

            assertThat(state()).isEqualTo(State.INACTIVE);
            assertThat(DyingReplicas.exists(plan.entryQueue())).isFalse();
            await().until(() -> heard.isTold(execution));
            assertThat(heard.of(execution))
                    .allSatisfy(fact -> assertThat(fact.payload()).containsEntry("status", "canceled"));
        }
    }

    private static FlowTopology unconnected() {
        return new FlowTopology(bean(BrokerConnections.class), Duration.ofMillis(100));
    }
}
