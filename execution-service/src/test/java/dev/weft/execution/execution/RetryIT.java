package dev.weft.execution.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Permission;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.Command;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.Outbox;
import dev.weft.common.mongo.Leases;
import dev.weft.execution.ExecutionApplication;
import dev.weft.execution.execution.Execution.ErrorState;
import dev.weft.execution.execution.Execution.Status;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.FlowTopology;
import dev.weft.execution.queue.KickOffs;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Retries of a flow whose called server refuses the first call, over a broker and a store, through a restart too. */
class RetryIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** A dead process's lease ends after 30 s. */
    private static final Duration AFTER_A_DEATH = Duration.ofSeconds(60);

    private final EmbeddedStore store = EmbeddedStore.inMemory();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final String flowId = new Ids().next();
    private HttpServer called;
    private ConfigurableApplicationContext service;

    @BeforeEach
    void start() throws IOException {
        called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        called.createContext("/", exchange -> {
            calls.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.sendResponseHeaders(calls.size() == 1 ? 400 : 204, -1);
            exchange.close();
        });
        called.start();
        service = process();
        startFlow();
    }

    private ConfigurableApplicationContext process() {
        return ExecutionApplication.builder()
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.mongodb.uri=" + store.connectionString(),
                        "--weft.master-key=" + Base64.getEncoder().encodeToString(new byte[32]),
                        "--weft.service-secret=a service secret",
                        "--weft.message-password=a message password",
                        "--weft.message-iv=sixteen letters.",
                        "--weft.egress.allow=127.0.0.0/8,::1/128");
    }

    @AfterEach
    void stop() {
        plan().ifPresent(plan -> service.getBean(FlowTopology.class)
                .delete(plan.queues().stream().map(queue -> queue.name()).toList()));
        service.close();
        called.stop(0);
        store.close();
    }

    private void startFlow() {
        var url = "http://127.0.0.1:" + called.getAddress().getPort() + "/";
        var definition = FlowBuilder.aFlow(flowId)
                .step("hook", "weft/webhook:receive")
                .step("out", "weft/http:request", Map.of("method", "POST", "url", url))
                .edge("hook", "out")
                .build();
        var json = service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var payload = json.convertValue(definition, new TypeReference<Map<String, Object>>() {});
        var place = new Outbox.Place("t1", "k1", "w1");
        service.getBean(ConfirmedPublisher.class)
                .publish(service.getBean(Outbox.class).command(Command.FLOW_START, 1, place, flowId, null, payload));
        await().atMost(SOON).until(() -> plan().isPresent());
    }

    private Optional<Plan> plan() {
        return service.getBean(RunningVersions.class).plan(flowId);
    }

    /** An execution whose only call was refused. */
    private Execution failed() {
        var id = service.getBean(Ids.class).nextExecution();
        var frame = service.getBean(KickOffs.class)
                .fire(plan().orElseThrow(), id, "webhook", id, StepMessage.of(Map.of("secret", "of the payload")));
        service.getBean(FlowPublisher.class).publish(frame).join();
        await().atMost(SOON).until(() -> status(id).equals(Optional.of(Status.FAILED)));
        return kept(id);
    }

    private Execution kept(String id) {
        return find(id).orElseThrow();
    }

    private Optional<Execution> find(String id) {
        return service.getBean(MongoExecutionStore.class).find(id);
    }

    private Optional<Status> status(String id) {
        return find(id).map(Execution::status);
    }

    /** The use case with a publisher and grants of the test's own. */
    private RetryService retries(FlowPublisher publisher, Permission... permissions) {
        var wires =
                Set.copyOf(List.of(permissions).stream().map(Permission::wire).toList());
        var sender = new RetrySender(
                service.getBean(MongoExecutionStore.class),
                service.getBean(ErrorInputs.class),
                service.getBean(RunningVersions.class),
                service.getBean(KickOffs.class),
                publisher,
                service.getBean(Leases.class),
                service.getBean(JsonMapper.class),
                service.getBean(Clock.class),
                service.getBean(Ids.class));
        return new RetryService(
                service.getBean(VisibleExecutions.class),
                service.getBean(MongoExecutionStore.class),
                service.getBean(ErrorInputs.class),
                sender,
                new AccessClient((_, _) -> Optional.of(new Grants("t1", "k1", "active", true, wires))),
                service.getBean(JsonMapper.class),
                service.getBean(Clock.class));
    }

    private JsonNode retry(FlowPublisher publisher, Execution execution, Permission... permissions) {
        var caller = new Caller(Caller.Kind.USER, "u1", "t1", "Ada", List.of(), "Bearer none");
        var error = execution.errors.keySet().iterator().next();
        return service.getBean(JsonMapper.class)
                .valueToTree(retries(publisher, permissions).retry(caller, execution.id, error, null));
    }

    private static JsonNode input(JsonNode answer) {
        return answer.path("data").path("attributes").path("input");
    }

    @Test
    void theAnswerShowsTheInputToThoseAloneWhoMaySeePayloads() {
        var hidden = failed();
        var answer = retry(service.getBean(FlowPublisher.class), hidden, Permission.WORKSPACES_FLOW_TOGGLE_STATUS);

        assertThat(input(answer).isNull()).as("%s", answer).isTrue();
        assertThat(answer.toString()).doesNotContain("of the payload");
        await().atMost(SOON).until(() -> status(hidden.id).equals(Optional.of(Status.COMPLETED)));

        calls.clear();
        var shown = retry(
                service.getBean(FlowPublisher.class),
                failed(),
                Permission.WORKSPACES_FLOW_TOGGLE_STATUS,
                Permission.WORKSPACES_LOGS_READ_ALL);

        assertThat(input(shown).path("body").path("secret").asString()).isEqualTo("of the payload");
    }

    @Test
    void aProcessThatDiesBetweenARetryAndItsMessageLeavesItToTheNextOne() {
        var execution = failed();
        FlowPublisher dying = _ -> {
            throw new Death();
        };

        assertThatThrownBy(() -> retry(dying, execution, Permission.WORKSPACES_FLOW_TOGGLE_STATUS))
                .isInstanceOf(Death.class);
        service.close();
        service = process();

        assertThat(status(execution.id)).contains(Status.RUNNING);
        await().atMost(AFTER_A_DEATH).until(() -> status(execution.id).equals(Optional.of(Status.COMPLETED)));
        await().atMost(SOON).until(() -> kept(execution.id).resends.isEmpty());
        service.getBean(RetrySender.class).send(execution.id);
        await().atMost(SOON)
                .until(() -> service.getBean(FlowTopology.class)
                                .ready(plan().orElseThrow().queueOf("out"))
                        == 0);
        assertThat(calls).hasSize(2).doesNotHaveDuplicates();
        assertThat(kept(execution.id).messages()).isEqualTo(3);
        assertThat(kept(execution.id).errors.values())
                .extracting(KeptError::state)
                .containsExactly(ErrorState.RETRIED);
    }

    /** In place of the end of a process: nothing of ours catches it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
