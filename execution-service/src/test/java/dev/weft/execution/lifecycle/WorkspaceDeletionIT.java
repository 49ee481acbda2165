package dev.weft.execution.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.deletion.Deletion;
import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.Command;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.execution.StartedService;
import dev.weft.execution.deployment.Deployment;
import dev.weft.execution.deployment.Deployment.State;
import dev.weft.execution.deployment.Deployments;
import dev.weft.execution.deployment.RunningFlows;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.record.Recorder;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.store.EmbeddedStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** A deleted workspace takes its flows along, whatever they do and whoever commands it (api-v2 6.5). */
class WorkspaceDeletionIT {

    private static final Ids IDS = new Ids();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> KEPT = List.of("executions", "flow_logs");

    private static EmbeddedStore store;
    private static ConfigurableApplicationContext service;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    private final String workspace = IDS.next();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        service = StartedService.over(store);
        var listening = new CountDownLatch(1);
        ear = service.getBean(InstanceQueue.class)
                .subscribe(heard::add, listening::countDown, Fact.DELETION_ACKNOWLEDGED, Fact.FLOW_STATE_CHANGED);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        service.close();
        store.close();
    }

    private Outbox.Place place() {
        return new Outbox.Place("t", "k", workspace);
    }

    private static void publish(Outgoing message) {
        service.getBean(ConfirmedPublisher.class).publish(message);
    }

    private void command(Command command, String flow, long wish) {
        publish(service.getBean(Outbox.class).command(command, wish, place(), flow, null, definition(flow)));
    }

    private Map<String, Object> definition(String flow) {
        var definition = FlowBuilder.aFlow(flow)
                .step("hook", "weft/webhook:receive", Map.of())
                .step("out", "weft/log:log", Map.of("message", "\"seen\""))
                .edge("hook", "out")
                .build();
        var json = service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        return json.readValue(json.writeValueAsString(definition), new TypeReference<>() {});
    }

    private String aRunningFlow() {
        var flow = IDS.next();
        command(Command.FLOW_START, flow, 1);
        await().atMost(SOON).until(() -> is(flow, State.ACTIVE));
        return flow;
    }

    private static boolean is(String flow, State state) {
        return service.getBean(Deployments.class)
                .find(flow)
                .map(Deployment::state)
                .filter(state::equals)
                .isPresent();
    }

    private static void call(String flow) {
        var plan = service.getBean(RunningFlows.class).plan(flow).orElseThrow();
        var id = IDS.nextExecution();
        service.getBean(FlowPublisher.class)
                .publish(service.getBean(KickOffs.class).fire(plan, id, "webhook", id, StepMessage.of(Map.of("n", 1))))
                .join();
        await().atMost(SOON).until(() -> service.getBean(Recorder.class).isKnown(id));
    }

    private void deleteWorkspace() {
        publish(service.getBean(Outbox.class).event(Fact.WORKSPACE_DELETING, 2, place(), workspace, null, Map.of()));
    }

    private boolean isAcknowledged() {
        return heard.stream()
                .anyMatch(event -> event.subjectId().equals(workspace)
                        && event.payload().equals(Map.of("scope", "workspace", "service", "execution-service")));
    }

    private static long count(String collection, String field, String value) {
        return service.getBean(MongoTemplate.class)
                .getCollection(collection)
                .countDocuments(new Document(field, value));
    }

    private boolean isAnswered(String flow, long wish) {
        return heard.stream()
                .anyMatch(event -> event.type().equals("flow.state-changed")
                        && event.subjectId().equals(flow)
                        && Long.valueOf(wish).equals(((Number) event.payload().get("wish")).longValue()));
    }

    @Test
    void itsFlowsEndWithAllThatIsKeptOfThemAndThoseOfOthersGoOn() {
        var active = aRunningFlow();
        var stopped = aRunningFlow();
        var suspended = aRunningFlow();
        call(active);
        call(stopped);
        command(Command.FLOW_STOP, stopped, 2);
        command(Command.FLOW_SUSPEND, suspended, 2);
        await().atMost(SOON).until(() -> is(stopped, State.INACTIVE) && is(suspended, State.SUSPENDED));
        var queues = service.getBean(Deployments.class).find(active).orElseThrow().named().stream()
                .flatMap(run -> run.queues().stream())
                .toList();
        assertThat(queues).isNotEmpty();
        var other = new WorkspaceDeletionIT();
        var another = other.aRunningFlow();
        call(another);

        deleteWorkspace();
        deleteWorkspace();

        await().atMost(SOON).until(this::isAcknowledged);
        for (var flow : List.of(active, stopped, suspended)) {
            for (var collection : KEPT) {
                assertThat(count(collection, "f", flow)).as(collection).isZero();
            }
            assertThat(service.getBean(RunningFlows.class).plan(flow)).isEmpty();
        }
        assertThat(service.getBean(FlowTopology.class).depths(queues)).isEmpty();
        assertThat(is(another, State.ACTIVE)).isTrue();
        assertThat(count("executions", "f", another)).isOne();

        // The command of flow-service comes after that, and is answered under its number.
        command(Command.FLOW_DELETE, active, 7);
        await().atMost(SOON).until(() -> isAnswered(active, 7));

        // While an ended run may still write records its flow is kept; then nothing is.
        service.getBean(MongoTemplate.class)
                .getCollection(Deployments.COLLECTION)
                .updateMany(new Document("w", workspace), new Document("$unset", new Document("stragglers", "")));
        service.getBean(Deletions.class).hear(new Deletion(DeletionScope.WORKSPACE, workspace, 2, "t", "k", null));
        await().atMost(SOON).until(() -> count(Deployments.COLLECTION, "w", workspace) == 0);
        other.deleteWorkspace();
        await().atMost(SOON).until(other::isAcknowledged);
    }

    @Test
    void aStartThatComesAfterItStartsNothingAndLeavesNothing() {
        deleteWorkspace();
        await().atMost(SOON).until(this::isAcknowledged);
        var flow = IDS.next();

        command(Command.FLOW_START, flow, 3);
        command(Command.FLOW_DELETE, flow, 4);

        await().atMost(SOON).until(() -> isAnswered(flow, 3) && isAnswered(flow, 4));
        assertThat(count(Deployments.COLLECTION, "_id", flow)).isZero();
    }
}
