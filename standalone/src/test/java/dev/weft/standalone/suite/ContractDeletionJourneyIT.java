package dev.weft.standalone.suite;

import static dev.weft.standalone.suite.Api.node;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClients;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A contract is deleted with all that is in it, while every service is killed once; another one goes on. What is left is
 * looked for in every document of every database, and in the broker.
 */
@ExtendWith(LogsOfFailure.class)
class ContractDeletionJourneyIT {

    private static final List<Map<String, Object>> HOOK = List.of(node("hook", "weft/webhook:receive", Map.of()));

    /**
     * What may name what is gone, by the beginning of its name: that it is gone, or who did what; and leases of processes
     * that were killed, which nobody can give back.
     */
    private static final Set<String> NOTES = Set.of("deletions", "leases", "audit");

    private static Topology topology;
    private static Api api;

    @BeforeAll
    static void connect() {
        topology = Topology.shared();
        api = new Api(topology.gateway(1), topology.credentials());
        api.workspace();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(500));
    }

    private static String made(Api.Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        return answer.data().path("id").stringValue();
    }

    private static Map<String, Object> document(
            String type, Map<String, Object> attributes, Map<String, String> related) {
        var relationships = new LinkedHashMap<String, Object>();
        related.forEach((name, id) -> relationships.put(name, Map.of("data", Map.of("type", name, "id", id))));
        return Map.of("data", Map.of("type", type, "attributes", attributes, "relationships", relationships));
    }

    /** A contract with what can be in one, made by its owner, who is in no other. */
    private record Built(
            String contract,
            String owner,
            Api by,
            List<String> workspaces,
            List<String> flows,
            List<String> credentials,
            String team) {

        List<String> ids() {
            var all = new ArrayList<>(List.of(contract, owner, team));
            all.addAll(workspaces);
            all.addAll(flows);
            all.addAll(credentials);
            return all;
        }
    }

    /** @param active how many of the flows run, and have run an execution */
    private static Built build(int workspaces, int flows, int active) {
        var contract = made(api.post("/v2/contracts", document("contract", Map.of("name", "Deletion"), Map.of())));
        var email = UUID.randomUUID() + "@example.com";
        var names = Map.<String, Object>of(
                "first_name", "Ada", "last_name", "Owner", "email", email, "password", "Secret-123!");
        var owner = made(api.post("/v2/users", document("user", names, Map.of())));
        made(api.post(
                "/v2/contracts/" + contract + "/members",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "contract-member",
                                "id",
                                owner,
                                "attributes",
                                Map.of("roles", List.of("owner", "admin"))))));
        var gateway = topology.gateway(1);
        var key = new Api(gateway, email, "Secret-123!")
                .post("/v2/users/me/generate-api-key", "")
                .data()
                .at("/attributes/api_key")
                .stringValue();
        var by = new Api(gateway, email, key);
        var component = by.get("/v2/components?contract_id=" + contract)
                .data()
                .valueStream()
                .filter(one -> one.at("/attributes/name").asString("").equals("webhook"))
                .findFirst()
                .map(one -> one.path("id").stringValue())
                .orElseThrow();
        var team = made(by.post("/v2/teams", document("team", Map.of(), Map.of("contract", contract))));
        var places = new ArrayList<String>();
        var credentials = new ArrayList<String>();
        for (var n = 0; n < workspaces; n++) {
            var place = made(by.post(
                    "/v2/workspaces", document("workspace", Map.of("name", "Deletion"), Map.of("contract", contract))));
            places.add(place);
            var keys = Map.of("auth", Map.of("type", "basic", "username", "u", "password", "hush"));
            credentials.add(made(by.post(
                    "/v2/credentials",
                    document("credential", Map.of("keys", keys), Map.of("component", component, "workspace", place)))));
        }
        var made = new ArrayList<String>();
        for (var n = 0; n < flows; n++) {
            var there = by.in(places.get(n % workspaces));
            if (n < active) {
                var flow = there.run(HOOK);
                assertThat(there.hook(flow, Map.of("n", n)).status()).isEqualTo(200);
                made.add(flow);
            } else {
                made.add(made(there.create(HOOK, List.of(), Map.of())));
            }
        }
        return new Built(contract, owner, by, places, made, credentials, team);
    }

    /** Collections with a document that names one of the ids, with their database. */
    private static List<String> naming(List<String> ids) {
        var found = new ArrayList<String>();
        try (var client = MongoClients.create(topology.setting("WEFT_MONGODB_URI"))) {
            for (var name : client.listDatabaseNames()) {
                if (!name.startsWith("weft")) {
                    continue;
                }
                var database = client.getDatabase(name);
                for (var collection : database.listCollectionNames()) {
                    if (NOTES.stream().anyMatch(collection::startsWith)) {
                        continue;
                    }
                    for (var document : database.getCollection(collection).find()) {
                        var text = document.toJson();
                        ids.stream()
                                .filter(text::contains)
                                .filter(_ -> !isWaitingForStragglers(collection, document))
                                .findFirst()
                                .ifPresent(id -> found.add(name + "." + collection + " " + id));
                    }
                }
            }
        }
        return found;
    }

    /** What is in work at the end of a run may still write a record, for some minutes: so long its flow is noted. */
    private static boolean isWaitingForStragglers(String collection, Document document) {
        return collection.equals("flow_runs")
                && "DELETED".equals(document.getString("state"))
                && document.containsKey("stragglers");
    }

    private static List<String> queuesOf(List<String> flows) {
        try (var client = MongoClients.create(topology.setting("WEFT_MONGODB_URI"))) {
            var queues = new ArrayList<String>();
            for (var run : client.getDatabase("weft_execution")
                    .getCollection("flow_runs")
                    .find(new Document("_id", new Document("$in", flows)))) {
                if (run.get("current") instanceof Document current) {
                    queues.addAll(current.getList("queues", String.class));
                }
            }
            return queues;
        }
    }

    private static boolean exists(String queue) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(URI.create(topology.setting("WEFT_RABBITMQ_URI")));
        try (var connection = factory.newConnection()) {
            connection.createChannel().queueDeclarePassive(queue);
            return true;
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException) {
                return false;
            }
            throw e;
        }
    }

    private static void killEachServiceOnce() {
        for (var part : List.of(Topology.CORE, Topology.EXECUTION_1, Topology.EXECUTION_2)) {
            topology.kill(part);
            topology.restart(part);
        }
        List.of(Topology.CORE, Topology.EXECUTION_1, Topology.EXECUTION_2).forEach(topology::awaitReady);
    }

    private static int status(String path) {
        return api.get(path).status();
    }

    @Test
    void nothingIsLeftOfADeletedContractAndAnotherGoesOn() throws Exception {
        var doomed = build(3, 20, 5);
        var other = build(1, 2, 1);
        var queues = queuesOf(doomed.flows());
        assertThat(queues).hasSizeGreaterThanOrEqualTo(5);
        assertThat(exists(queues.getFirst())).isTrue();
        assertThat(naming(doomed.ids())).isNotEmpty();

        assertThat(api.delete("/v2/contracts/" + doomed.contract()).status()).isEqualTo(204);

        assertThat(status("/v2/contracts/" + doomed.contract())).isEqualTo(404);
        for (var workspace : doomed.workspaces()) {
            assertThat(status("/v2/workspaces/" + workspace)).isEqualTo(404);
        }
        killEachServiceOnce();

        soon().until(() -> doomed.flows().stream().allMatch(flow -> status("/v2/flows/" + flow) == 404));
        soon().until(() -> status("/v2/users/" + doomed.owner()) == 404);
        soon().until(() -> doomed.by().get("/v2/users/me").status() == 401);
        soon().untilAsserted(() -> assertThat(naming(doomed.ids())).isEmpty());
        for (var queue : queues) {
            assertThat(exists(queue)).as(queue).isFalse();
        }
        assertThat(api.hook(doomed.flows().getFirst(), Map.of()).status()).isEqualTo(404);

        for (var path : List.of(
                "/v2/contracts/" + other.contract(),
                "/v2/workspaces/" + other.workspaces().getFirst(),
                "/v2/credentials/" + other.credentials().getFirst(),
                "/v2/flows/" + other.flows().getLast(),
                "/v2/teams/" + other.team())) {
            assertThat(other.by().get(path).status()).as(path).isEqualTo(200);
        }
        soon().until(() -> api.hook(other.flows().getFirst(), Map.of("n", 2)).status() == 200);
        var me = other.by().get("/v2/users/me").data();
        assertThat(me.path("id").asString()).isEqualTo(other.owner());
        assertThat(api.delete("/v2/contracts/" + other.contract()).status()).isEqualTo(204);
    }
}
