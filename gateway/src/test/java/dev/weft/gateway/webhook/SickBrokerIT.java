package dev.weft.gateway.webhook;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.id.Ids;
import dev.weft.gateway.PlayedServices;
import dev.weft.gateway.RunningGateway;
import dev.weft.gateway.webhook.broker.DoorBroker;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A broker that is there and does not do its work: callers are told to come again, operators why. */
class SickBrokerIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Ids IDS = new Ids();
    /** For so long a call waits for the broker's confirm; after three seconds it is a trouble. */
    private static final Duration CONFIRM_LIMIT = Duration.ofSeconds(10);

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static RunningGateway gateway;
    private static BrokerRelay wire;
    private static PlayedEngine engine;

    @BeforeAll
    static void start() throws Exception {
        wire = new BrokerRelay(RunningGateway.broker());
        engine = new PlayedEngine(RunningGateway.broker());
        gateway = new RunningGateway(new PlayedServices(), wire.uri());
        await().atMost(30, SECONDS).until(gateway.bean(DoorBroker.class)::isConnected);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        engine.close();
        wire.close();
    }

    @Test
    void aQueueThatRefusesThoughItIsNotFullIsUnavailableAndMakesTheGatewayUnwell() throws Exception {
        // Refuses everything and holds nothing, as a queue does whose process can not be started.
        var sick = open(Map.of("x-max-length", 0, "x-overflow", "reject-publish"));
        var well = open(Map.of());

        var answer = post(sick);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(post(well).statusCode()).isEqualTo(200);
        assertThat(health().path("status").asString()).isEqualTo("DOWN");
        assertThat(reason()).contains("1 queues", sick, "refuses");
        awaitRefusalAtOnce(sick);

        // Its flow is started anew.
        reopen(sick);
        await().atMost(30, SECONDS).until(() -> post(sick).statusCode() == 200);
    }

    @Test
    void aBrokerThatConfirmsNothingIsUnavailableAndOneThatDoesAgainIsWell() throws Exception {
        var flow = open(Map.of());
        assertThat(post(flow).statusCode()).isEqualTo(200);
        wire.fallSilent();

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = System.nanoTime();
            var first = callers.submit(() -> post(flow));
            await().atMost(30, SECONDS).until(() -> reason().contains("confirms nothing"));

            awaitRefusalAtOnce(flow);
            var isInTime = since(begun).compareTo(CONFIRM_LIMIT.minusSeconds(2)) < 0;
            wire.speak();

            // A slow machine may let its time pass.
            assertThat(first.get().statusCode()).isIn(isInTime ? List.of(200) : List.of(200, 503));
        }
        await().atMost(30, SECONDS).until(() -> post(flow).statusCode() == 200);
        assertThat(reason()).doesNotContain("confirms nothing");
    }

    @Test
    void aBrokerThatIsAwayIsTheReason() throws Exception {
        var flow = open(Map.of());
        wire.goAway();

        await().atMost(30, SECONDS).until(() -> post(flow).statusCode() == 503);
        await().atMost(30, SECONDS).until(() -> reason().contains("connection"));
        wire.comeBack();

        await().atMost(30, SECONDS).until(() -> post(flow).statusCode() == 200);
    }

    private static String open(Map<String, Object> arguments) throws Exception {
        var flow = IDS.next();
        open(flow, arguments);
        return flow;
    }

    private static void reopen(String flow) throws Exception {
        open(flow, Map.of());
        engine.announce("webhook.door-changed", flow);
    }

    private static void open(String flow, Map<String, Object> arguments) throws Exception {
        var door = new HashMap<String, Object>(Map.of(
                "flow_id",
                flow,
                "workspace_id",
                "w",
                "run_id",
                "r",
                "step_id",
                "step_1",
                "reply",
                false,
                "raw",
                false));
        door.put("queue", engine.queue(flow, arguments));
        gateway.services().doors.put(flow, JSON.writeValueAsString(door));
    }

    private static HttpResponse<String> post(String flow) throws Exception {
        return gateway.send(gateway.request("/hook/" + flow)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    }

    /** One call in a while tries the queue, which the first here may be. */
    private static void awaitRefusalAtOnce(String flow) {
        await().atMost(120, SECONDS).until(() -> {
            var begun = System.nanoTime();
            var status = post(flow).statusCode();
            return status == 503 && since(begun).compareTo(AT_ONCE) < 0;
        });
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private static JsonNode health() throws Exception {
        var uri = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/actuator/health");
        return JSON.readTree(gateway.send(HttpRequest.newBuilder(uri)).body())
                .path("components")
                .path("door");
    }

    private static String reason() throws Exception {
        return health().path("details").path("reason").asString("");
    }
}
