package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment.Fate;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowDefinition;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.worker.Workers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A suspended flow that can not go on: what is queued of it is kept. */
abstract class ResumptionCrashes extends DyingReplicas {

    /** What is queued of a suspended flow is kept, however long the broker lets nobody take it. */
    @Test
    void aFlowThatWasSuspendedIsNotGivenUpWhenItCanNotGoOn() {
        replica(runs, topology()).start(command("flow.start", 1));
        replica(runs, topology()).suspend(command("flow.suspend", 2));
        assertThat(state()).isEqualTo(State.SUSPENDED);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> topology().depths(queues()).values().stream().allMatch(depth -> depth.consumers() == 0));

        // Nobody takes from its queues here.
        impatientReplica(stored).start(command("flow.start", 3));
        clock.advance(Duration.ofMinutes(10));
        impatientReplica(stored).start(command("flow.start", 3));

        assertThat(state()).isEqualTo(State.STARTING);
        assertThat(runs.find(flow).orElseThrow().draining()).isEmpty();
        assertThat(queues()).allMatch(DyingReplicas::exists);
        replica(runs, topology()).start(command("flow.start", 3));
        assertThat(state()).isEqualTo(State.ACTIVE);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    @Test
    void whatASuspendedFlowKeepsStaysWhenItsVersionCanNotBePlannedAndTheNewerOneStarts() throws Exception {
        suspendWithACall();

        replica(runs, topology(), without("v1")).start(command("flow.start", 3, "v2"));

        var deployment = runs.find(flow).orElseThrow();
        assertThat(deployment.state()).isEqualTo(State.ACTIVE);
        assertThat(deployment.current().definition()).contains("example.com/3");
        sweeper(topology()).endDrainedRuns();
        clock.advance(Duration.ofMinutes(20));
        sweeper(topology()).endDrainedRuns();
        assertThat(runs.find(flow).orElseThrow().draining())
                .singleElement()
                .matches(kept -> kept.fate() == Fate.SERVED && kept.id().equals(plan().runId()));
        assertThat(topology().ready(queues().getFirst())).isOne();
        assertThat(keeper.unopened()).containsKey(flow);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    @Test
    void aSuspendedFlowWhoseVersionCanNotBePlannedStaysStartingUntilThereIsAnother() throws Exception {
        suspendWithACall();

        var replica = replica(runs, topology(), without("v1"));
        assertThatThrownBy(() -> replica.start(command("flow.start", 3))).hasMessageContaining("no weft/http:request");
        clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> replica.start(command("flow.start", 3))).hasMessageContaining("no weft/http:request");

        assertThat(state()).isEqualTo(State.STARTING);
        assertThat(topology().ready(queues().getFirst())).isOne();
        assertThat(keeper.unopened()).containsKey(flow);
        replica.update(command("flow.update", 4, "v2"));
        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(topology().ready(queues().getFirst())).isOne();
        replica(runs, topology()).stop(command("flow.stop", 5));
    }

    private void suspendWithACall() throws Exception {
        replica(runs, topology()).start(command("flow.start", 1));
        replica(runs, topology()).suspend(command("flow.suspend", 2));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> topology().depths(queues()).values().stream().allMatch(depth -> depth.consumers() == 0));
        var channel = site.broker().createChannel();
        channel.confirmSelect();
        channel.basicPublish("", queues().getFirst(), null, new byte[] {1});
        channel.waitForConfirmsOrDie(60_000);
        channel.close();
        keeper = new RunKeeper(
                stored,
                bean(Definitions.class),
                without("v1"),
                bean(Workers.class),
                new EngineMetrics(new SimpleMeterRegistry()));
    }

    /** A release that can not make that version ready. */
    private static Planner without(String version) {
        var planner = bean(Planner.class);
        return new Planner(List.of(), bean(Expressions.class)) {
            @Override
            public Plan plan(FlowDefinition definition, String runId) {
                if (definition.version().id().equals(version)) {
                    throw new IllegalArgumentException("There is no weft/http:request here.");
                }
                return planner.plan(definition, runId);
            }
        };
    }
}
