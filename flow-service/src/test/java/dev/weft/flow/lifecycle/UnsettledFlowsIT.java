package dev.weft.flow.lifecycle;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.flow.FlowNeighbours;
import dev.weft.flow.FlowServer;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** What this service wants of a flow and what execution-service knows of it come together, whatever was lost. */
class UnsettledFlowsIT {

    private static final Ids IDS = new Ids();
    private static final String TENANT = IDS.next();
    private static final String GRAPH = """
            {"nodes":[{"id":"step_1","command":"weft/webhook:receive"}],"edges":[]}""";

    private static EmbeddedStore store;
    private static FlowNeighbours others;
    private static FlowServer server;

    private final String workspace = IDS.next();
    private final String user = IDS.next();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        others = new FlowNeighbours();
        server = new FlowServer(store, others);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        others.close();
        store.close();
    }

    UnsettledFlowsIT() {
        others.allow(user, workspace, IDS.next(), TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
    }

    private Answer call(String method, String path, String body) {
        return server.call(others.bearer(user, TENANT), method, path, body);
    }

    private String aStartedFlow() {
        var made = call("POST", "/v2/flows", """
                {"data":{"type":"flow","attributes":{"name":"F","type":"ordinary","default_mapper_type":"jsonata","graph":%s},
                "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(GRAPH, workspace));
        assertThat(made.status()).isEqualTo(201);
        assertThat(call("POST", "/v2/flows/" + made.id() + "/start", null).status())
                .isEqualTo(202);
        awaitCommands(made.id(), "flow.start");
        return made.id();
    }

    private static List<DomainEvent> commands(String flow) {
        return server.commands.stream()
                .filter(command -> command.subjectId().equals(flow))
                .toList();
    }

    private static void awaitCommands(String flow, String... types) {
        await().atMost(ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(commands(flow)).extracting(DomainEvent::type).containsExactly(types));
    }

    private static boolean isUnsettled(String flow) {
        var stored = server.bean(MongoTemplate.class).findById(flow, Document.class, "flows");
        return stored != null && stored.containsKey("unsettled");
    }

    private static void sweep(Instant now) {
        server.bean(UnsettledFlows.class).sweep(now);
    }

    @Test
    void aCommandOfWhichNothingIsHeardIsToldAgainUnderItsNumber() {
        var flow = aStartedFlow();
        var now = Instant.now();

        sweep(now);
        sweep(now.plus(ofMinutes(2)));
        awaitCommands(flow, "flow.start", "flow.start");
        assertThat(commands(flow)).extracting(DomainEvent::version).containsOnly(1L);
        assertThat(commands(flow))
                .extracting(DomainEvent::payload)
                .containsOnly(commands(flow).getFirst().payload());

        server.say(flow, 1, Map.of("current_status", "starting", "wish", 1));
        sweep(now.plus(ofMinutes(10)));
        awaitCommands(flow, "flow.start", "flow.start", "flow.start");

        server.say(flow, 2, Map.of("current_status", "active", "wish", 1));
        await().atMost(ofSeconds(60)).until(() -> !isUnsettled(flow));
        sweep(now.plus(ofMinutes(600)));
        assertThat(commands(flow)).hasSize(3);
    }

    @Test
    void newsOfAnOlderWishDoNotSettleANewerOne() {
        var flow = aStartedFlow();
        server.say(flow, 1, Map.of("current_status", "active", "wish", 1));
        await().atMost(ofSeconds(60)).until(() -> !isUnsettled(flow));
        assertThat(call("POST", "/v2/flows/" + flow + "/stop", null).status()).isEqualTo(202);
        awaitCommands(flow, "flow.start", "flow.stop");

        server.say(flow, 2, Map.of("current_status", "active", "wish", 1));
        sweep(Instant.now().plus(ofMinutes(2)));

        awaitCommands(flow, "flow.start", "flow.stop", "flow.stop");
        assertThat(isUnsettled(flow)).isTrue();
    }

    @Test
    void aDeletionIsToldAgainUntilItIsHeardOf() {
        var flow = aStartedFlow();
        assertThat(call("DELETE", "/v2/flows/" + flow, null).status()).isEqualTo(204);
        awaitCommands(flow, "flow.start", "flow.delete");

        sweep(Instant.now().plus(ofMinutes(2)));
        awaitCommands(flow, "flow.start", "flow.delete", "flow.delete");

        server.say(flow, 3, Map.of("current_status", "stopping", "wish", 2));
        await().atMost(ofSeconds(60)).until(() -> !isUnsettled(flow));
    }
}
