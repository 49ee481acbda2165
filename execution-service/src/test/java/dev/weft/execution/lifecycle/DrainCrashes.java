package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerConnections;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.topology.FlowTopology;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Runs that are replaced or ended while a replica still declares their queues, or dies over it. */
abstract class DrainCrashes extends DyingReplicas {

    @Test
    void aRunThatIsBeingDeclaredIsNotTakenDown() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CompletableFuture<Void>();
        var slow = slow(begun, goOn);
        var declaring = Thread.startVirtualThread(() -> replica(runs, slow).start(command("flow.start", 1)));
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        replica(runs, topology()).stop(command("flow.stop", 2));
        replica(runs, topology()).start(command("flow.start", 3, "v3"));
        clock.advance(Duration.ofSeconds(3));

        sweeper(topology()).endDrainedRuns();
        assertThat(exists(queues().getFirst())).isTrue();
        goOn.complete(null);
        declaring.join();

        assertThat(queues())
                .as("no queue goes in the instant of its declaration")
                .allMatch(DyingReplicas::exists);
        var given = runs.find(flow).orElseThrow().draining();
        assertThat(given).hasSize(1);
        assertThat(given.getFirst().declared()).as("its age counts from there").isNotNull();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            sweeper(topology()).endDrainedRuns();
            return queues().stream().noneMatch(DyingReplicas::exists);
        });
        replica(runs, topology()).stop(command("flow.stop", 4));
        slow.stop();
    }

    @Test
    void whatIsDeclaredAfterItsRunWasTakenOutOfTheDocumentGoesAllTheSame() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CompletableFuture<Void>();
        var slow = slow(begun, goOn);
        var declaring = Thread.startVirtualThread(() -> replica(runs, slow).start(command("flow.start", 1)));
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        // It hangs for longer than its lease.
        clock.advance(LEASE.plusSeconds(1));
        replica(runs, topology()).stop(command("flow.stop", 2));
        assertThat(state()).isEqualTo(State.INACTIVE);
        assertThat(runs.find(flow).orElseThrow().named()).isEmpty();

        goOn.complete(null);
        declaring.join();

        assertThat(queues()).allMatch(DyingReplicas::exists);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            sweeper(topology()).endDrainedRuns();
            return queues().stream().noneMatch(DyingReplicas::exists);
        });
        assertThat(runs.find(flow).orElseThrow().draining()).isEmpty();
        slow.stop();
    }

    @Test
    void whoIsLateWithAnUpdateDeletesNothingOfWhoWasFaster() {
        replica(runs, topology()).start(command("flow.start", 1));
        var saves = new AtomicInteger();
        // It hangs for longer than its lease, right before it puts the new version in force.
        var hanging = new TouchedRuns(
                runs,
                () -> {
                    if (saves.incrementAndGet() == 4) {
                        clock.advance(LEASE.plusSeconds(1));
                        replica(runs, topology()).update(command("flow.update", 2));
                    }
                },
                () -> {});

        replica(hanging, topology()).update(command("flow.update", 2));

        var run = runs.find(flow).orElseThrow();
        assertThat(saves).hasValueGreaterThanOrEqualTo(4);
        assertThat(run.state()).isEqualTo(State.ACTIVE);
        assertThat(run.draining()).hasSize(1);
        assertThat(run.current().queues()).isNotEmpty().allMatch(DyingReplicas::exists);
        replica(runs, topology()).stop(command("flow.stop", 3));
    }

    @Test
    void aVersionThatIsOvertakenBeforeItIsInForceLeavesNoQueue() {
        replica(runs, topology()).start(command("flow.start", 1));
        assertThatThrownBy(() -> replica(runs, site.dyingTopology()).update(command("flow.update", 2)))
                .isInstanceOf(Died.class);
        var begun = queuesOfFlow();
        assertThat(begun).hasSize(1);

        replica(runs, topology()).update(command("flow.update", 3));
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            sweeper(topology()).endDrainedRuns();
            return begun.stream().noneMatch(DyingReplicas::exists);
        });

        var run = runs.find(flow).orElseThrow();
        assertThat(run.state()).isEqualTo(State.ACTIVE);
        assertThat(run.current().definition()).contains("example.com/3");
        assertThat(run.current().queues()).allMatch(DyingReplicas::exists);
        replica(runs, topology()).stop(command("flow.stop", 4));
    }

    /** Declares the first queue, and the others when it is told to: nothing interrupts it. */
    private static FlowTopology slow(CountDownLatch begun, CompletableFuture<Void> goOn) {
        var slow = new FlowTopology(bean(BrokerConnections.class)) {
            @Override
            public void declare(Plan plan) {
                super.declare(CrashSite.withFirstQueueOf(plan));
                begun.countDown();
                goOn.join();
                super.declare(plan);
            }
        };
        slow.start();
        return slow;
    }
}
