package dev.weft.execution.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.flowmessage.FlowHeaders;
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
import dev.weft.execution.deployment.MongoDeployments;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Planner;
import dev.weft.execution.queue.FlowFrame;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.queue.PublishFailure;
import dev.weft.store.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class FlowSchedulerIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant DUE =
            Clock.systemUTC().instant().minusSeconds(30).truncatedTo(ChronoUnit.MILLIS);

    private static EmbeddedStore store;
    private static MongoClient client;
    private static ConfigurableApplicationContext service;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(store.connectionString());
        service = StartedService.over(store);
    }

    @AfterAll
    static void stop() {
        service.close();
        client.close();
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

    @Test
    void firesOnceForAllInstantsThatWereMissedAndThenAtTheNext() {
        var flows = flowsOfTheirOwn("missed");
        var flow = due(flows, DUE.minus(Duration.ofHours(5)));
        var published = new CopyOnWriteArrayList<FlowFrame>();
        var scheduler = scheduler(flows, frame -> {
            published.add(frame);
            return CompletableFuture.completedFuture(null);
        });

        scheduler.tick();
        await().atMost(SOON).until(() -> dueOf(flows, flow).isAfter(DUE));
        scheduler.tick();

        assertThat(dueOf(flows, flow)).isEqualTo(DUE.plus(Duration.ofHours(1)));
        assertThat(flows.due(Clock.systemUTC().instant(), 10)).isEmpty();
        assertThat(published).hasSize(1);
    }

    /** The broker may have the message: who hears it twice knows it by its execution. */
    @Test
    void aFiringWithoutAConfirmComesAgainAsTheSameExecution() {
        var flows = flowsOfTheirOwn("unconfirmed");
        var flow = due(flows, DUE);
        var published = new CopyOnWriteArrayList<FlowFrame>();
        var scheduler = scheduler(flows, frame -> {
            published.add(frame);
            return published.size() < 3
                    ? CompletableFuture.failedFuture(new PublishFailure.BrokerGone())
                    : CompletableFuture.completedFuture(null);
        });

        await().atMost(SOON).until(() -> {
            scheduler.tick();
            return dueOf(flows, flow).isAfter(DUE);
        });

        assertThat(published).hasSize(3);
        assertThat(published)
                .extracting(frame -> frame.headers().get(FlowHeaders.THREAD_ID))
                .doesNotContainNull()
                .containsOnly(published.getFirst().headers().get(FlowHeaders.THREAD_ID));
    }

    /** A stop takes the due instant away; one that is stopping in this moment still has it in a list that was read. */
    @Test
    void whatIsNotOpenAnyMoreDoesNotFire() {
        var flows = flowsOfTheirOwn("stopping");
        var stopping = due(flows, DUE.minusSeconds(5));
        flows.save(flows.find(stopping).orElseThrow().to(State.STOPPING, DUE));
        var open = due(flows, DUE);
        var published = new CopyOnWriteArrayList<FlowFrame>();
        var scheduler = scheduler(flows, frame -> {
            published.add(frame);
            return CompletableFuture.completedFuture(null);
        });

        await().atMost(SOON).until(() -> {
            scheduler.tick();
            return dueOf(flows, open).isAfter(DUE);
        });

        assertThat(published).singleElement().matches(frame -> frame.key().startsWith(open));
        assertThat(dueOf(flows, stopping)).isEqualTo(DUE.minusSeconds(5));
    }

    /** Which the service's own scheduler does not know. */
    private static Deployments flowsOfTheirOwn(String database) {
        var mongo = new MongoTemplate(
                new SimpleMongoClientDatabaseFactory(client, database), service.getBean(MongoConverter.class));
        return new MongoDeployments(mongo, service.getBean(OutboxRelay.class));
    }

    private static FlowScheduler scheduler(FlowPublisher publisher) {
        return scheduler(service.getBean(Deployments.class), publisher);
    }

    private static FlowScheduler scheduler(Deployments flows, FlowPublisher publisher) {
        var flowClock = new FlowClock(
                service.getBean(Definitions.class),
                service.getBean(Planner.class),
                service.getBean(KickOffs.class),
                publisher,
                Clock.systemUTC(),
                new ClockProperties(Duration.ofMinutes(3)));
        return new FlowScheduler(
                flows,
                flowClock,
                service.getBean(Definitions.class),
                service.getBean(DeploymentFacts.class),
                Clock.systemUTC());
    }

    /** The service's own scheduler finds no queue of it, and does not move it. */
    private static String due() {
        return due(service.getBean(Deployments.class), DUE);
    }

    private static String due(Deployments flows, Instant due) {
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
        assertThat(flows.save(Deployment.fresh(new Owner(flow, "t", "k", "w"), DUE)
                        .alsoInForce(run)
                        .to(State.ACTIVE, DUE)
                        .due(due)))
                .isTrue();
        return flow;
    }

    private static Instant dueOf(String flow) {
        return dueOf(service.getBean(Deployments.class), flow);
    }

    private static Instant dueOf(Deployments flows, String flow) {
        return flows.find(flow).orElseThrow().due();
    }
}
