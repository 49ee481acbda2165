package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.event.Fact;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.schedule.FlowClock;
import dev.weft.execution.topology.FlowTopology;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replica dies in the middle of a start, at each step between what it writes and declares, and another goes on. */
abstract class StartCrashes extends DyingReplicas {

    @ParameterizedTest
    @EnumSource
    void anotherReplicaBringsAStartToItsEnd(Death death) {
        die(death);
        var other = replica(runs, bean(FlowTopology.class));

        other.start(command("flow.start", 1));
        if (death != Death.AFTER_IT_WAS_NOTED_AS_ACTIVE) {
            assertThat(state()).as("the lease of the dead still holds").isEqualTo(State.STARTING);
        }
        clock.advance(LEASE.plusSeconds(1));
        other.start(command("flow.start", 1));

        var run = runs.find(flow).orElseThrow();
        assertThat(run.state()).isEqualTo(State.ACTIVE);
        assertThat(run.draining()).isEmpty();
        assertThat(run.current().id()).isEqualTo(plan().runId());
        assertThat(run.current().queues()).isEqualTo(queues()).allMatch(DyingReplicas::exists);
        assertThat(toTell()).contains("run.changed", "webhook.door-changed", "flow.state-changed");

        other.stop(command("flow.stop", 2));

        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(queues()).noneMatch(DyingReplicas::exists);
    }

    @Test
    void aFlowSuspendedWhileItStartsEndsSuspendedAndGoesOn() {
        die(Death.BEFORE_ITS_QUEUES_ARE_NOTED);
        clock.advance(LEASE.plusSeconds(1));
        var other = replica(runs, bean(FlowTopology.class));

        other.suspend(command("flow.suspend", 2));

        assertThat(state()).isEqualTo(State.SUSPENDED);
        other.start(command("flow.start", 3));
        assertThat(state()).isEqualTo(State.ACTIVE);
        assertThat(queues()).allMatch(DyingReplicas::exists);
        other.stop(command("flow.stop", 4));
    }

    @Test
    void theQueuesOfAStartThatWasGivenUpGoWhenTheBrokerIsBack() throws IOException {
        die(Death.IN_THE_MIDDLE_OF_THE_QUEUES);
        var begun = queues().getFirst();
        assertThat(exists(begun)).isTrue();
        try (var relay = new BrokerRelay(System.getenv("WEFT_RABBITMQ_URI"))) {
            var away = new FlowTopology(new BrokerConnections(relay.uri()), Duration.ofSeconds(1));
            relay.goAway();
            away.start();
            clock.advance(Duration.ofSeconds(61));

            replica(runs, away).start(command("flow.start", 1));

            assertThat(state()).isEqualTo(State.INACTIVE);
            var sweeper = sweeper(away);
            sweeper.endDrainedRuns();
            replica(runs, topology()).start(command("flow.start", 2));
            var run = runs.find(flow).orElseThrow();
            assertThat(run.state()).isEqualTo(State.ACTIVE);
            assertThat(run.consumed()).containsExactly(run.current());
            assertThat(exists(begun)).as("nobody could delete it").isTrue();

            relay.comeBack();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                sweeper.endDrainedRuns();
                return !exists(begun);
            });

            var swept = runs.find(flow).orElseThrow();
            assertThat(swept.draining()).isEmpty();
            assertThat(swept.current().queues()).allMatch(DyingReplicas::exists);
            away.stop();
        }
        replica(runs, topology()).stop(command("flow.stop", 3));
    }

    /** Gateways may remember that there is no such flow: they hear of it before a step of the start is carried out. */
    @Test
    void aStartIsToldToTheDoorsWithItsWish() {
        var told = new ArrayList<String>();
        var noting = new TouchedRuns(runs, () -> {}, () -> {}) {
            @Override
            public boolean save(Deployment run) {
                run.outbox().forEach(message -> told.add(message.key()));
                return super.save(run);
            }
        };

        new FlowWishes(
                        noting,
                        _ -> {},
                        bean(Definitions.class),
                        bean(DeploymentFacts.class),
                        bean(FlowClock.class),
                        clock)
                .start(command("flow.start", 1));

        assertThat(told).contains(Fact.WEBHOOK_DOOR_CHANGED.wire(), Fact.FLOW_STATE_CHANGED.wire());
    }

    @Test
    void aFlowIsActiveWhenSomebodyTakesFromItsQueuesAndNotBefore() {
        impatientReplica(stored).start(command("flow.start", 1));

        assertThat(queues()).allMatch(DyingReplicas::exists);
        assertThat(state()).as("nobody takes from them").isEqualTo(State.STARTING);

        keeper.keep(flow);
        replica(stored, topology()).start(command("flow.start", 1));
        assertThat(state()).isEqualTo(State.ACTIVE);
        replica(runs, topology()).stop(command("flow.stop", 2));
    }

    @Test
    void aFlowWhoseQueuesNobodyTakesFromIsGivenUp() {
        impatientReplica(stored).start(command("flow.start", 1));
        clock.advance(Duration.ofSeconds(61));

        impatientReplica(stored).start(command("flow.start", 1));

        assertThat(state()).isEqualTo(State.INACTIVE);
        sweeper(topology()).endDrainedRuns();
        assertThat(queues()).noneMatch(DyingReplicas::exists);
    }
}
