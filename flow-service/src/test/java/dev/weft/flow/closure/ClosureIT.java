package dev.weft.flow.closure;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.flow.FlowNeighbours;
import dev.weft.flow.FlowServer;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.flow.quota.FlowReservations;
import dev.weft.flow.quota.FlowReservations.FlowReservation;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import tools.jackson.databind.JsonNode;

/** Closed contracts and workspaces, with two replicas at work. */
class ClosureIT {

    private static final Ids IDS = new Ids();
    private static final String TENANT = IDS.next();
    private static final String GRAPH = """
            {"nodes":[{"id":"step_1","command":"weft/webhook:receive"}],"edges":[]}""";

    private static EmbeddedStore store;
    private static FlowNeighbours others;
    private static FlowServer server;
    private static FlowServer replica;

    private final String contract = IDS.next();
    private final String workspace = IDS.next();
    private final String user = IDS.next();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        others = new FlowNeighbours();
        server = new FlowServer(store, others);
        replica = new FlowServer(store, others);
    }

    @AfterAll
    static void stop() throws Exception {
        replica.close();
        server.close();
        others.close();
        store.close();
    }

    ClosureIT() {
        others.allow(user, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
    }

    private Answer call(String method, String path, String body) {
        return server.call(others.bearer(user, TENANT), method, path, body);
    }

    private Answer create() {
        return call("POST", "/v2/flows", """
                {"data":{"type":"flow","attributes":{"name":"F","type":"ordinary","default_mapper_type":"jsonata","graph":%s},
                 "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(GRAPH, workspace));
    }

    private String aFlow() {
        var made = create();
        assertThat(made.status()).isEqualTo(201);
        return made.id();
    }

    private void wish(String flow, String wish) {
        assertThat(call("POST", "/v2/flows/" + flow + "/" + wish, null).status())
                .isEqualTo(202);
    }

    private String status(String flow) {
        return call("GET", "/v2/flows/" + flow, null).attribute("status").asString();
    }

    private static List<String> types(Collection<DomainEvent> heard, String subject) {
        // Two who relay one outbox at the same time both send what waits there, under its one id.
        return heard.stream()
                .filter(event -> event.subjectId().equals(subject))
                .distinct()
                .map(DomainEvent::type)
                .toList();
    }

    private List<Long> toldVersions() {
        return server.facts.stream()
                .filter(event -> event.type().equals("flows.stopped-for-contract")
                        && event.subjectId().equals(contract))
                .distinct()
                .map(DomainEvent::version)
                .toList();
    }

    @Test
    void theFlowsOfASuspendedContractAreStoppedOnceAndTheEndIsTold() {
        var active = aFlow();
        var suspended = aFlow();
        var idle = aFlow();
        wish(active, "start");
        wish(suspended, "start");
        wish(suspended, "suspend");

        server.say(Fact.CONTRACT_SUSPENDING, contract, 5, Map.of());
        server.say(Fact.CONTRACT_SUSPENDING, contract, 5, Map.of());

        await().atMost(ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(types(server.commands, active)).containsExactly("flow.start", "flow.stop"));
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(types(server.commands, suspended))
                        .containsExactly("flow.start", "flow.suspend", "flow.stop"));
        assertThat(List.of(status(active), status(suspended))).containsOnly("inactive");
        server.say(active, 1, Map.of("current_status", "inactive", "wish", 2));
        await().during(ofSeconds(3))
                .atMost(ofSeconds(60))
                .until(() -> toldVersions().isEmpty());

        server.say(suspended, 1, Map.of("current_status", "inactive", "wish", 3));

        await().atMost(ofSeconds(60)).until(() -> !toldVersions().isEmpty());
        assertThat(toldVersions()).containsExactly(5L);
        // Whoever tells it again has not heard the end.
        server.say(Fact.CONTRACT_SUSPENDING, contract, 5, Map.of());
        await().atMost(ofSeconds(60))
                .untilAsserted(() -> assertThat(toldVersions()).containsExactly(5L, 5L));
        assertThat(types(server.commands, idle)).isEmpty();
        assertThat(types(server.commands, active)).hasSize(2);
    }

    @Test
    void aContractWithoutRunningFlowsIsStoppedAtOnceAndAStartOnItsWayIsStoppedToo() {
        var flow = aFlow();
        server.say(Fact.CONTRACT_SUSPENDING, contract, 3, Map.of());
        await().atMost(ofSeconds(60)).until(() -> toldVersions().equals(List.of(3L)));

        wish(flow, "start");

        await().atMost(ofSeconds(60)).until(() -> types(server.commands, flow).contains("flow.stop"));
        assertThat(status(flow)).isEqualTo("inactive");
    }

    @Test
    void aSuspensionHeardAfterItWasLiftedStopsNothing() {
        var flow = aFlow();
        wish(flow, "start");

        server.say(Fact.CONTRACT_UNSUSPENDED, contract, 8, Map.of());
        await().atMost(ofSeconds(60))
                .until(() -> server.bean(MongoTemplate.class).findById(contract, Document.class, "closures") != null);

        server.say(Fact.CONTRACT_SUSPENDING, contract, 7, Map.of());

        await().during(ofSeconds(3))
                .atMost(ofSeconds(60))
                .until(() -> status(flow).equals("active"));
    }

    @Test
    void anUnsuspendedContractRunsItsFlowsAgainOnlyWhenAsked() {
        var flow = aFlow();
        wish(flow, "start");
        server.say(Fact.CONTRACT_SUSPENDING, contract, 5, Map.of());
        await().atMost(ofSeconds(60)).until(() -> types(server.commands, flow).contains("flow.stop"));
        server.say(flow, 1, Map.of("current_status", "inactive", "wish", 2));
        await().atMost(ofSeconds(60)).until(() -> !toldVersions().isEmpty());

        server.say(Fact.CONTRACT_UNSUSPENDED, contract, 7, Map.of());

        var suspension = new Closure(contract, 5, null, null, null);
        await().atMost(ofSeconds(60))
                .until(() -> !server.bean(ClosureRepository.class).isInForce(suspension));
        assertThat(status(flow)).isEqualTo("inactive");
        wish(flow, "start");
        await().during(ofSeconds(3))
                .atMost(ofSeconds(60))
                .until(() -> status(flow).equals("active"));
    }

    @Test
    void whatACrashLeftAfterTheSuspensionWasNotedIsCarriedOut() {
        var flow = aFlow();
        wish(flow, "start");

        server.bean(ClosureRepository.class).begin(new Closure(contract, 2, TENANT, contract, user));

        await().atMost(ofSeconds(60)).until(() -> types(server.commands, flow).contains("flow.stop"));
        server.say(flow, 1, Map.of("current_status", "inactive", "wish", 2));
        await().atMost(ofSeconds(60)).until(() -> toldVersions().equals(List.of(2L)));
    }

    /** As one whose process was lost before it gave the place back. */
    private static void reserve(String key) {
        server.bean(FlowReservations.class).add(key, new FlowReservation(IDS.next(), IDS.next(), 1, Instant.EPOCH));
        assertThat(stored("queue_reservations", "_id", key)).isOne();
    }

    @Test
    void theFlowsOfADeletedWorkspaceAreEndedAndDeleted() {
        var active = aFlow();
        var idle = aFlow();
        wish(active, "start");
        reserve("flows/" + workspace);

        server.say(Fact.WORKSPACE_DELETING, workspace, 2, Map.of());
        server.say(Fact.WORKSPACE_DELETING, workspace, 2, Map.of());

        for (var flow : List.of(active, idle)) {
            await().atMost(ofSeconds(60))
                    .until(() -> call("GET", "/v2/flows/" + flow, null).status() == 404);
            await().atMost(ofSeconds(60))
                    .until(() -> types(server.commands, flow).contains("flow.delete")
                            && types(server.facts, flow).contains("flow.deleted"));
        }
        assertThat(types(server.commands, active)).containsExactly("flow.start", "flow.delete");
        assertThat(types(server.facts, idle)).containsOnlyOnce("flow.deleted");
        assertThat(acknowledgements(workspace))
                .as("execution-service has not heard of it")
                .isEmpty();

        for (var flow : List.of(active, idle)) {
            server.say(flow, 1, Map.of("current_status", "stopping", "wish", lastWish(flow)));
        }

        await().atMost(ofSeconds(60)).until(() -> !acknowledgements(workspace).isEmpty());
        assertThat(acknowledgements(workspace))
                .containsExactly(Map.of("scope", "workspace", "service", "flow-service"));
        assertThat(stored("flows", "workspace", workspace)).isZero();
        assertThat(stored("versions", "flow", active)).isZero();
        assertThat(stored("queue_reservations", "_id", "flows/" + workspace)).isZero();
        // Who has not heard the end tells it again.
        server.say(Fact.WORKSPACE_DELETING, workspace, 2, Map.of());
        await().atMost(ofSeconds(60)).until(() -> acknowledgements(workspace).size() == 2);
    }

    private static long lastWish(String flow) {
        return server.commands.stream()
                .filter(command -> command.subjectId().equals(flow))
                .mapToLong(DomainEvent::version)
                .max()
                .orElseThrow();
    }

    private static List<Map<String, Object>> acknowledgements(String place) {
        return server.facts.stream()
                .filter(event -> event.type().equals("deletion.acknowledged")
                        && event.subjectId().equals(place))
                .distinct()
                .map(DomainEvent::payload)
                .toList();
    }

    private static long stored(String collection, String field, String value) {
        return server.bean(MongoTemplate.class)
                .count(Query.query(Criteria.where(field).is(value)), collection);
    }

    @Test
    void aFlowThatIsMadeWhileItsWorkspaceIsDeletedLoses() {
        server.say(Fact.WORKSPACE_DELETING, workspace, 2, Map.of());
        await().atMost(ofSeconds(60)).until(() -> server.bean(Deletions.class).hasBegun(workspace));

        // Its maker was permitted before, and is remembered so.
        var late = create();

        assertThat(late.error()).isEqualTo("404 not-found /data/relationships/workspace");
        assertThat(server.bean(FlowRepository.class).ofWorkspace(workspace)).isEmpty();
    }

    @Test
    void aSuspensionThatItsDeletionHasOvertakenLeavesNothingOfTheContract() {
        var flow = aFlow();
        wish(flow, "start");
        server.say(Fact.CONTRACT_SUSPENDING, contract, 5, Map.of());
        await().atMost(ofSeconds(60)).until(() -> types(server.commands, flow).contains("flow.stop"));
        assertThat(stored("closures", "_id", contract)).isOne();
        reserve(contract);
        reserve("flows/" + contract);

        server.say(Fact.CONTRACT_DELETING, contract, 6, Map.of());
        await().atMost(ofSeconds(60)).until(() -> !acknowledgements(contract).isEmpty());
        server.say(Fact.CONTRACT_SUSPENDING, contract, 5, Map.of());
        // A later one marks the end of what that could have come to.
        server.say(Fact.CONTRACT_DELETING, contract, 6, Map.of());
        await().atMost(ofSeconds(60)).until(() -> acknowledgements(contract).size() == 2);

        assertThat(stored("closures", "_id", contract)).isZero();
        assertThat(stored("queue_reservations", "_id", contract)).isZero();
        assertThat(stored("queue_reservations", "_id", "flows/" + contract)).isZero();
    }

    @Test
    void whoUsesComponentsOfAContractIsKnown() {
        var flow = aFlow();
        var component = server.bean(FlowRepository.class)
                .find(flow)
                .orElseThrow()
                .content()
                .graph()
                .nodes()
                .getFirst()
                .componentId();
        var question = "{\"contract\":\"%s\",\"components\":[\"%s\"]}";

        var ofOthers = call("POST", "/internal/flows/using-components", question.formatted(IDS.next(), component));
        var ofItself = call("POST", "/internal/flows/using-components", question.formatted(contract, component));

        assertThat(ofOthers.at("/flow_ids").valueStream().map(JsonNode::asString))
                .contains(flow);
        assertThat(ofItself.at("/flow_ids").valueStream().map(JsonNode::asString))
                .doesNotContain(flow);
    }
}
