package dev.weft.execution.errorinbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Permission;
import dev.weft.common.event.Command;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.execution.StartedService;
import dev.weft.execution.execution.KeptExecution;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.plan.FlowBuilder;
import dev.weft.execution.plan.Plan;
import dev.weft.execution.queue.FlowPublisher;
import dev.weft.execution.queue.KickOffs;
import dev.weft.execution.topology.FlowTopology;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Retries of a flow whose called server refuses a call, or whose edge can not map a message, over a broker and a store,
 * through a restart too.
 */
class RetryIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** A dead process's lease ends after 30 s. */
    private static final Duration AFTER_A_DEATH = Duration.ofMinutes(2);

    private static EmbeddedStore store;
    private static HttpServer called;
    private static ConfigurableApplicationContext service;

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final String flowId = new Ids().next();
    private HttpContext own;

    @BeforeAll
    static void start() throws IOException {
        store = EmbeddedStore.inMemory();
        called = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        called.start();
        service = process();
    }

    private static ConfigurableApplicationContext process() {
        return StartedService.over(store);
    }

    @AfterAll
    static void stop() {
        service.close();
        called.stop(0);
        store.close();
    }

    @BeforeEach
    void begin() {
        own = called.createContext("/" + flowId, exchange -> {
            calls.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 400 : 204, -1);
            exchange.close();
        });
        startFlow();
    }

    @AfterEach
    void end() {
        command(Command.FLOW_DELETE, 2, Map.of());
        await().atMost(SOON).until(() -> plan().isEmpty());
        called.removeContext(own);
    }

    private void startFlow() {
        var url = "http://127.0.0.1:" + called.getAddress().getPort() + "/" + flowId;
        var definition = FlowBuilder.aFlow(flowId)
                .step("hook", "weft/webhook:receive")
                .step("out", "weft/http:request", Map.of("method", "POST", "url", url))
                .edge(
                        "hook",
                        "out",
                        Map.of("sum", "$number(amount)", "given", "elasticio.hook.body.amount", "secret", "secret"),
                        "$not(skip = true)")
                .build();
        var json = service.getBean(JsonMapper.class)
                .rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var payload = json.convertValue(definition, new TypeReference<Map<String, Object>>() {});
        command(Command.FLOW_START, 1, payload);
        await().atMost(SOON).until(() -> plan().isPresent());
    }

    private void command(Command command, long wish, Map<String, Object> payload) {
        var place = new Outbox.Place("t1", "k1", "w1");
        service.getBean(ConfirmedPublisher.class)
                .publish(service.getBean(Outbox.class).command(command, wish, place, flowId, null, payload));
    }

    private Optional<Plan> plan() {
        return service.getBean(RunningVersions.class).plan(flowId);
    }

    /** An execution whose only call was refused. */
    private KeptExecution failed() {
        refusals.set(1);
        return failed(Map.of("secret", "of the payload"));
    }

    private KeptExecution failed(Map<String, Object> body) {
        var id = service.getBean(Ids.class).nextExecution();
        var frame = service.getBean(KickOffs.class).fire(plan().orElseThrow(), id, "webhook", id, StepMessage.of(body));
        service.getBean(FlowPublisher.class).publish(frame).join();
        awaitStatus(id, "FAILED");
        return kept(id);
    }

    private KeptExecution kept(String id) {
        return KeptExecution.find(service, id).orElseThrow();
    }

    private Optional<String> status(String id) {
        return KeptExecution.find(service, id).map(KeptExecution::status);
    }

    private void awaitStatus(String id, String status) {
        await().atMost(SOON).until(() -> status(id).equals(Optional.of(status)));
    }

    private RetrySender sender(RunningVersions running, FlowPublisher publisher) {
        return new RetrySender(
                service.getBean(FailedMessages.class),
                running,
                service.getBean(KickOffs.class),
                publisher,
                service.getBean(MessageCipher.class),
                service.getBean(JsonMapper.class),
                service.getBean(Clock.class));
    }

    /** The use case with a publisher and grants of the test's own. */
    private RetryService retries(FlowPublisher publisher, Permission... permissions) {
        var wires =
                Set.copyOf(List.of(permissions).stream().map(Permission::wire).toList());
        return new RetryService(
                service.getBean(FailedMessages.class),
                sender(service.getBean(RunningVersions.class), publisher),
                new AccessClient((_, _) -> Optional.of(new Grants("t1", "k1", "active", true, wires))),
                service.getBean(Clock.class));
    }

    private JsonNode retry(FlowPublisher publisher, KeptExecution execution, Permission... permissions) {
        var error = execution.errors().keySet().iterator().next();
        return retry(publisher, execution, error, null, permissions);
    }

    private JsonNode retry(
            FlowPublisher publisher,
            KeptExecution execution,
            String error,
            Map<String, Object> body,
            Permission... permissions) {
        var caller = new Caller(Caller.Kind.USER, "u1", "t1", "Ada", List.of(), "Bearer none");
        var json = service.getBean(JsonMapper.class);
        var document = body == null
                ? null
                : json.<JsonNode>valueToTree(Map.of(
                        "data", Map.of("type", "execution-error", "id", error, "attributes", Map.of("body", body))));
        var request = new RetryRequest(document, json);
        var retried = retries(publisher, permissions)
                .retry(caller, execution.id(), error, request.isEdited(), () -> request.body(error));
        return json.readTree(json.writeValueAsString(Document.of(ErrorResource.of(retried))));
    }

    private static JsonNode input(JsonNode answer) {
        return answer.path("data").path("attributes").path("input");
    }

    @Test
    void theAnswerShowsTheInputToThoseAloneWhoMaySeePayloads() {
        var hidden = failed();
        var answer = retry(service.getBean(FlowPublisher.class), hidden, Permission.WORKSPACES_FLOW_TOGGLE_STATUS);

        assertThat(input(answer).isNull()).as("%s", answer).isTrue();
        assertThat(answer.toString()).doesNotContain("of the payload").doesNotContain("The server answered");
        awaitStatus(hidden.id(), "COMPLETED");

        var shown = retry(
                service.getBean(FlowPublisher.class),
                failed(),
                Permission.WORKSPACES_FLOW_TOGGLE_STATUS,
                Permission.WORKSPACES_LOGS_READ_ALL);

        assertThat(input(shown).path("body").path("secret").asString()).isEqualTo("of the payload");
        assertThat(shown.toString()).contains("The server answered with the status 400");
    }

    @Test
    void aProcessThatDiesBetweenARetryAndItsMessageLeavesItToTheNextOne() {
        var execution = failed();
        FlowPublisher dying = _ -> {
            throw new Death();
        };

        assertThatThrownBy(() -> retry(dying, execution, Permission.WORKSPACES_FLOW_TOGGLE_STATUS))
                .isInstanceOf(Death.class);
        assertThat(status(execution.id())).contains("RUNNING");
        service.close();
        service = process();

        await().atMost(AFTER_A_DEATH).until(() -> status(execution.id()).equals(Optional.of("COMPLETED")));
        await().atMost(SOON).until(() -> !kept(execution.id()).sending());
        service.getBean(RetrySender.class).send(execution.id());
        await().atMost(SOON)
                .until(() -> service.getBean(FlowTopology.class)
                                .ready(plan().orElseThrow().queueOf("out"))
                        == 0);
        assertThat(calls).hasSize(2).doesNotHaveDuplicates();
        assertThat(kept(execution.id()).messages()).isEqualTo(3);
        assertThat(kept(execution.id()).errors().values()).containsExactly("RETRIED");
    }

    @Test
    void aRetryThatCanNotBeSentAnyMoreIsTakenBack() {
        var execution = failed();
        FlowPublisher dying = _ -> {
            throw new Death();
        };
        assertThatThrownBy(() -> retry(dying, execution, Permission.WORKSPACES_FLOW_TOGGLE_STATUS))
                .isInstanceOf(Death.class);
        assertThat(kept(execution.id()).errors().values()).containsExactly("RETRIED");

        sender(_ -> Optional.empty(), dying).send(execution.id());

        assertThat(kept(execution.id()).errors().values()).containsExactly("OPEN");
        assertThat(kept(execution.id()).sending()).isFalse();
        assertThat(status(execution.id())).contains("FAILED");
    }

    @Test
    void aRetryOfAnEdgesFaultGoesOverTheEdgeAgain() {
        var publisher = service.getBean(FlowPublisher.class);
        var toggle = Permission.WORKSPACES_FLOW_TOGGLE_STATUS;
        var execution = failed(Map.of("amount", "many"));
        var id = execution.id();
        assertThat(bodies).isEmpty();

        retry(publisher, execution, toggle);
        await().atMost(SOON).until(() -> kept(id).errors().size() == 2);
        awaitStatus(id, "FAILED");
        assertThat(kept(id).errors().values()).containsExactly("RETRIED", "OPEN");

        var second = List.copyOf(kept(id).errors().keySet()).getLast();
        retry(publisher, execution, second, Map.of("amount", "12"), toggle, Permission.WORKSPACES_FLOW_EDIT);
        awaitStatus(id, "COMPLETED");
        assertThat(bodies)
                .extracting(service.getBean(JsonMapper.class)::readTree)
                .extracting(sent ->
                        sent.path("sum").asInt() + " of " + sent.path("given").asString())
                .containsExactly("12 of 12");
        assertThat(kept(id).errors().values()).containsExactly("RETRIED", "RETRIED");
    }

    @Test
    void aRetryOfAnEdgesFaultEndsWhereTheEdgeIsClosedToIt() {
        var execution = failed(Map.of("amount", "many"));
        var error = execution.errors().keySet().iterator().next();

        retry(
                service.getBean(FlowPublisher.class),
                execution,
                error,
                Map.of("amount", "1", "skip", true),
                Permission.WORKSPACES_FLOW_TOGGLE_STATUS,
                Permission.WORKSPACES_FLOW_EDIT);

        awaitStatus(execution.id(), "COMPLETED");
        assertThat(bodies).isEmpty();
        assertThat(kept(execution.id()).errors().values()).containsExactly("RETRIED");
    }

    /** In place of the end of a process: nothing of ours catches it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }
}
