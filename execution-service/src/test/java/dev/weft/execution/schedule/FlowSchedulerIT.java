package dev.weft.execution.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.execution.StartedService;
import dev.weft.execution.deployment.Definitions;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.Owner;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.DeploymentFacts;
import dev.weft.execution.deployment.DeploymentRun;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class FlowSchedulerIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant DUE =
            Clock.systemUTC().instant().minusSeconds(30).truncatedTo(ChronoUnit.MILLIS);

    private static EmbeddedStore store;
    private static ConfigurableApplicationContext service;

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

    /** As a queue without a leader is: the broker says nothing to what is published. */
    @Test
    void queuesThatDoNotAnswerKeepNoOtherFlowFromFiring() {
        var silent = new ArrayList<String>();
        for (var n = 0; n < 5; n++) {
            silent.add(due());
        }
        var well = due();
        FlowPublisher publisher = new FlowPublisher() {
            @Override
            public CompletableFuture<Void> publish(FlowFrame frame) {
                return silent.stream().anyMatch(frame.key()::startsWith)
                        ? new CompletableFuture<>()
                        : CompletableFuture.completedFuture(null);
            }
        };
        var scheduler = scheduler(publisher);

        var begun = System.nanoTime();
        scheduler.tick();
        scheduler.tick();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        // The service's own scheduler may have it in hand at the same time.
        await().atMost(SOON).until(() -> {
            scheduler.tick();
            return dueOf(well).isAfter(DUE.plusSeconds(10));
        });
        assertThat(silent).allMatch(flow -> dueOf(flow).equals(DUE));
    }

    private static FlowScheduler scheduler(FlowPublisher publisher) {
        var flowClock = new FlowClock(
                service.getBean(Definitions.class),
                service.getBean(Planner.class),
                service.getBean(KickOffs.class),
                publisher,
                Clock.systemUTC(),
                new ClockProperties(Duration.ofMinutes(3)));
        return new FlowScheduler(
                service.getBean(Deployments.class),
                flowClock,
                service.getBean(Definitions.class),
                service.getBean(DeploymentFacts.class),
                service.getBean(OutboxRelay.class),
                Clock.systemUTC());
    }

    /** The service's own scheduler finds no queue of it, and does not move it. */
    private static String due() {
        var flow = new Ids().next();
        var json = service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var definition = json.writeValueAsString(FlowBuilder.aFlow(flow)
                        .step("trigger", "weft/timer:timer", Map.of("interval", "hour"))
                        .build())
                .replace("\"polling\":null", "\"polling\":true");
        var run = DeploymentRun.fresh(new Ids().nextHex32(), flow, definition, DUE)
                .named(List.of(), List.of())
                .declared(DUE);
        assertThat(service.getBean(Deployments.class)
                        .save(Deployment.fresh(new Owner(flow, "t", "k", "w"), DUE)
                                .alsoInForce(run)
                                .to(State.ACTIVE, DUE)
                                .due(DUE)))
                .isTrue();
        return flow;
    }

    private static Instant dueOf(String flow) {
        return service.getBean(Deployments.class).find(flow).orElseThrow().due();
    }
}
