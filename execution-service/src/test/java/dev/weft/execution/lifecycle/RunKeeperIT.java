package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import dev.weft.execution.StartedService;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.worker.Workers;
import dev.weft.store.EmbeddedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What a replica opens of what the flows' documents say, some of which it can not. */
class RunKeeperIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant NOW = Instant.parse("2026-03-27T15:39:02Z");

    private static EmbeddedStore store;
    private static ConfigurableApplicationContext service;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        service = StartedService.over(store);
    }

    @AfterAll
    static void stop() {
        service.close();
        store.close();
    }

    private RunKeeper keeper(Deployments runs) {
        return new RunKeeper(
                runs,
                service.getBean(Definitions.class),
                service.getBean(Planner.class),
                service.getBean(Workers.class),
                new EngineMetrics(meters));
    }

    private static DeploymentRun run(String flow, String step) {
        var definition = service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .writeValueAsString(FlowBuilder.aFlow(flow)
                        .step("trigger", "weft/webhook:receive")
                        .step("out", step)
                        .edge("trigger", "out")
                        .build());
        return DeploymentRun.fresh(new Ids().nextHex32(), flow, definition, NOW)
                .named(List.of("none." + flow), List.of())
                .declared(NOW);
    }

    private static Deployment active(String flow, DeploymentRun run) {
        return Deployment.fresh(new Owner(flow, "t", "k", "w"), NOW)
                .alsoInForce(run)
                .to(State.ACTIVE, NOW);
    }

    private static boolean isOpen(DeploymentRun run) {
        return service.getBean(Workers.class).find(run.id()).isPresent();
    }

    @Test
    void oneFlowThatCanNotBePlannedKeepsNoOtherFromBeingOpenedAndIsSeen() {
        var runs = service.getBean(Deployments.class);
        var opened = new ArrayList<DeploymentRun>();
        var broken = new ArrayList<String>();
        for (var n = 0; n < 10; n++) {
            var flow = new Ids().next();
            var canBePlanned = n % 2 == 1;
            var run = run(flow, canBePlanned ? "weft/log:log" : "weft/nothing:there");
            assertThat(runs.save(active(flow, run))).isTrue();
            if (canBePlanned) {
                opened.add(run);
            } else {
                broken.add(flow);
            }
        }
        var keeper = keeper(runs);

        keeper.keepAll();

        await().atMost(SOON).until(() -> opened.stream().allMatch(RunKeeperIT::isOpen));
        await().atMost(SOON).until(() -> keeper.unopened().keySet().containsAll(broken));
        assertThat(keeper.unopened()).hasSize(broken.size());
        assertThat(meters.get("weft.flows.unopened").gauge().value()).isEqualTo(broken.size());
        assertThat(keeper.flowsHealthIndicator().health().getDetails())
                .containsEntry("unopened", broken.size())
                .containsKeys(broken.toArray(String[]::new));
        opened.forEach(run -> service.getBean(Workers.class).end(run.id()));
    }

    @Test
    void aRunThatAnOlderReleaseCouldPlanKeepsNoOtherRunOfItsFlowFromBeingOpened() {
        var flow = new Ids().next();
        var old = run(flow, "weft/nothing:there");
        var newer = run(flow, "weft/log:log");
        var runs = new Reads(List.of(active(flow, newer).draining(List.of(old))));
        var keeper = keeper(runs);

        keeper.keep(flow);

        assertThat(isOpen(newer)).isTrue();
        assertThat(keeper.unopened()).containsOnlyKeys(flow);
        service.getBean(Workers.class).end(newer.id());
    }

    @Test
    void allVersionsThatAnOwnerHasInForceAreOpenedAndEachIsClosedForItself() {
        var owner = new Ids().next();
        var first = run(new Ids().next(), "weft/log:log");
        var second = run(new Ids().next(), "weft/log:log");
        var both = active(owner, first).alsoInForce(second);
        var keeper = keeper(new Reads(List.of(both, active(owner, second))));

        keeper.keep(owner);
        assertThat(isOpen(first)).isTrue();
        assertThat(isOpen(second)).isTrue();

        keeper.keep(owner);
        await().atMost(SOON).until(() -> !isOpen(first));
        assertThat(isOpen(second)).isTrue();
        service.getBean(Workers.class).end(second.id());
    }

    @Test
    void whatIsReadOlderThanKnownClosesNothing() throws InterruptedException {
        var flow = new Ids().next();
        var older = run(flow, "weft/log:log");
        var newer = run(flow, "weft/log:log");
        var runs = new Reads(List.of(revision(active(flow, newer), 5), revision(active(flow, older), 4)));
        var keeper = keeper(runs);
        keeper.keep(flow);
        assertThat(isOpen(newer)).isTrue();

        keeper.keep(flow);

        assertThat(isOpen(newer)).isTrue();
        assertThat(isOpen(older)).isFalse();
        service.getBean(Workers.class).end(newer.id());
    }

    /** A thread that has read and not yet applied it must not undo what another has read after it. */
    @Test
    void whoReadsLaterComesLater() throws InterruptedException {
        var flow = new Ids().next();
        var older = run(flow, "weft/log:log");
        var newer = run(flow, "weft/log:log");
        var runs = new Reads(List.of(revision(active(flow, older), 4), revision(active(flow, newer), 5)));
        var isRead = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        runs.firstRead = () -> {
            isRead.countDown();
            try {
                var _ = goOn.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        var keeper = keeper(runs);
        var slow = Thread.startVirtualThread(() -> keeper.keep(flow));
        assertThat(isRead.await(60, TimeUnit.SECONDS)).isTrue();

        keeper.keep(flow);
        goOn.countDown();
        slow.join();

        await().atMost(SOON).until(() -> isOpen(newer) && !isOpen(older));
        service.getBean(Workers.class).end(newer.id());
    }

    @Test
    void aDocumentThatCanNotBeReadIsTriedAgain() {
        var flow = new Ids().next();
        var run = run(flow, "weft/log:log");
        var runs = new Reads(List.of(active(flow, run)));
        runs.firstRead = () -> {
            throw new IllegalArgumentException("No enum constant PAUSING");
        };
        var keeper = keeper(runs);

        keeper.keepSoon(flow);
        await().atMost(SOON).until(() -> keeper.unopened().containsKey(flow));

        await().atMost(SOON).until(() -> {
            keeper.keepAll();
            return isOpen(run);
        });
        service.getBean(Workers.class).end(run.id());
    }

    /** Else it would be an active flow that nobody works for, without a word. */
    @Test
    void aFlowThatMeetsAnErrorIsSeenAndTriedAgain() {
        var flow = new Ids().next();
        var run = run(flow, "weft/log:log");
        var runs = new Reads(List.of(active(flow, run)));
        runs.firstRead = () -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        var keeper = keeper(runs);

        keeper.keepSoon(flow);
        await().atMost(SOON).until(() -> keeper.unopened().containsKey(flow));

        await().atMost(SOON).until(() -> {
            keeper.keepAll();
            return isOpen(run);
        });
        service.getBean(Workers.class).end(run.id());
    }

    @Test
    void aStoreThatDoesNotAnswerLetsNoThreadsPileUp() {
        var flow = new Ids().next();
        var run = run(flow, "weft/log:log");
        var goOn = new CountDownLatch(1);
        var runs = new Reads(List.of(active(flow, run)));
        runs.eachRead = () -> {
            try {
                var _ = goOn.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        var keeper = keeper(runs);

        for (var n = 0; n < 1000; n++) {
            keeper.keepSoon(flow);
        }

        assertThat(keeper.waiting()).isLessThanOrEqualTo(1);
        goOn.countDown();
        await().atMost(SOON).until(() -> isOpen(run));
        await().atMost(SOON).until(() -> runs.reads.get() <= 20 && keeper.waiting() == 0);
        service.getBean(Workers.class).end(run.id());
    }

    private static Deployment revision(Deployment run, long revision) {
        return new Deployment(
                run.owner(), run.progress(), run.runs(), run.stragglers(), run.due(), revision, run.outbox());
    }

    /** One read after the other, as a store whose members are not all as far might give them. */
    private static final class Reads extends TouchedRuns {

        private final ArrayDeque<Deployment> next;
        private final AtomicInteger reads = new AtomicInteger();
        private Runnable firstRead = () -> {};
        private Runnable eachRead = () -> {};

        Reads(List<Deployment> reads) {
            super(service.getBean(Deployments.class), () -> {}, () -> {});
            this.next = new ArrayDeque<>(reads);
        }

        @Override
        public Optional<Deployment> find(String flowId) {
            reads.incrementAndGet();
            eachRead.run();
            var read = next.size() > 1 ? next.remove() : next.getFirst();
            var then = firstRead;
            firstRead = () -> {};
            then.run();
            return Optional.of(read);
        }
    }
}
