package dev.weft.flow;

import static dev.weft.common.jsonapi.OddInput.bodies;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.weft.common.broker.BrokerPulse;
import dev.weft.common.event.CommandReference;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.OddCalls;
import dev.weft.common.jsonapi.OddInput;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.PlayedNeighbours;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.flow.flow.FlowRepository;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import tools.jackson.databind.JsonNode;

class FlowServiceIT {

    private static final Ids IDS = new Ids();
    private static final String TENANT = IDS.next();
    private static final String CONTRACT = IDS.next();
    private static final String TWO_STEPS = """
        {"nodes":[{"id":"step_1","command":"weft/webhook:receive"},{"id":"step_2","command":"weft/mapper:map"}],
         "edges":[{"source":"step_1","target":"step_2","config":{"mapper":{"to":"result"}}}]}\
        """;
    private static final String TIMER = """
        {"nodes":[{"id":"step_1","command":"weft/timer:timer","fields":{"interval":"minute"}},
                  {"id":"step_2","command":"weft/mapper:map"}],
         "edges":[{"source":"step_1","target":"step_2"}]}\
        """;

    private static EmbeddedStore store;
    private static FlowNeighbours others;
    private static FlowServer server;

    private final String workspace = IDS.next();
    private final String integrator = IDS.next();
    private final String guest = IDS.next();

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

    FlowServiceIT() {
        others.allow(integrator, workspace, CONTRACT, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        others.allow(guest, workspace, CONTRACT, TENANT);
    }

    private Answer call(String method, String path, String body, String... headers) {
        return server.call(others.bearer(integrator, TENANT), method, path, body, headers);
    }

    private Answer get(String path) {
        return call("GET", path, null);
    }

    private String document(String attributes) {
        return """
            {"data":{"type":"flow","attributes":{%s},
             "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}\
            """.formatted(attributes, workspace);
    }

    private Answer create(String name, String graph, String... more) {
        var attributes = new ArrayList<>(List.of(
                "\"name\":\"" + name + "\"",
                "\"type\":\"ordinary\"",
                "\"default_mapper_type\":\"jsonata\"",
                "\"graph\":" + graph));
        attributes.addAll(List.of(more));
        return call("POST", "/v2/flows", document(String.join(",", attributes)));
    }

    private String aFlow() {
        var made = create("Flow", TWO_STEPS);
        assertThat(made.status()).isEqualTo(201);
        return made.id();
    }

    private Answer patch(String id, String attributes, String... headers) {
        return call(
                "PATCH",
                "/v2/flows/" + id,
                "{\"data\":{\"type\":\"flow\",\"id\":\"%s\",\"attributes\":{%s}}}".formatted(id, attributes),
                headers);
    }

    private static List<String> pointers(Answer answer) {
        return answer.json()
                .path("errors")
                .valueStream()
                .map(error -> error.at("/source/pointer").asString(""))
                .toList();
    }

    private static List<String> texts(JsonNode array, String pointer) {
        return array.valueStream().map(entry -> entry.at(pointer).asString()).toList();
    }

    private static List<Map<?, ?>> audited(String flow) {
        return server.facts.stream()
                .filter(fact -> fact.type().equals(Fact.AUDIT_RECORDED.wire()))
                .flatMap(fact -> ((List<?>) fact.payload().get("entries")).stream())
                .<Map<?, ?>>map(entry -> (Map<?, ?>) entry)
                .filter(entry -> flow.equals(entry.get("object_id")))
                .toList();
    }

    /** With its place whatever became of it: the contract's owner finds it by that. */
    @Test
    void whatIsAskedForOfAFlowIsToldToTheAuditTrailWithoutItsValues() {
        var made = create("Zulu", TWO_STEPS);
        var path = "/v2/flows/" + made.id();
        server.call(others.bearer(guest, TENANT), "POST", path + "/start", null);
        patch(made.id(), "\"cron\":\"never\"");
        patch(made.id(), "\"name\":\"Zulu\",\"description\":\"Zulu\",\"zulu\":1");
        call("PATCH", path, "{\"Zulu");
        call("DELETE", path, null);

        await().until(() -> audited(made.id()).size() == 6);
        assertThat(audited(made.id()))
                .extracting(entry -> entry.get("action") + " " + entry.get("status") + " " + entry.get("outcome") + " "
                        + entry.get("changed"))
                .containsExactlyInAnyOrder(
                        "flow.create 201 succeeded [default_mapper_type, graph, name, type]",
                        "flow.start 403 refused []",
                        "flow.update 400 refused []",
                        "flow.update 200 succeeded [description, name]",
                        "flow.update 400 refused []",
                        "flow.delete 204 succeeded []");
        var here = Map.of("tenantId", TENANT, "contractId", CONTRACT, "workspaceId", workspace);
        assertThat(audited(made.id()))
                .filteredOn(entry -> here.equals(entry.get("place")))
                .as("all but what is no JSON, which was refused before anybody asked where the flow is")
                .hasSize(5);
        assertThat(audited(made.id()).toString()).doesNotContain("Zulu");
    }

    @Test
    void aNewFlowHasItsFirstVersion() {
        var made = create("  My flow ", TWO_STEPS, "\"nodes_config\":{\"step_2\":{\"prefetch\":3}}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.tag()).isNotEmpty();
        assertThat(made.attribute("name").asString()).isEqualTo("My flow");
        assertThat(made.attribute("status").asString()).isEqualTo("inactive");
        assertThat(made.attribute("stats_enabled").asBoolean()).isTrue();
        assertThat(made.attribute("cron").isNull()).isTrue();
        assertThat(made.at("/data/attributes/graph/nodes/0/component_id").asString())
                .isEqualTo(FlowNeighbours.WEBHOOK_COMPONENT);
        assertThat(made.at("/data/attributes/graph/edges/0/id").asString()).isEqualTo("mapper:step_1:step_2");
        assertThat(made.attribute("nodes_config").toString()).isEqualTo("{\"step_2\":{\"prefetch\":3}}");
        var version = made.at("/data/relationships/latest_version/data/id").asString();
        var versions = get("/v2/flows/" + made.id() + "/versions");
        assertThat(texts(versions.at("/data"), "/id")).containsExactly(version);
        assertThat(versions.at("/data/0/attributes/graph/nodes/0/component_id").isMissingNode())
                .isTrue();
        assertThat(get("/v2/flows/" + made.id()).json()).isEqualTo(made.json());
    }

    @Test
    void refusesWithAllFaultsAtOnce() {
        var credential = IDS.next();
        others.addCredential(credential, "5a0000000000000000000fff");
        var refused = call("POST", "/v2/flows", document("""
            "name":"","type":"weird","cron":"never","nodes_config":{"x":{}},
            "graph":{"nodes":[{"id":"a","command":"weft/webhook:receive","credentials_id":"%s","fields":{"reply_timeout_ms":5}}],
                     "edges":[{"source":"a","target":"b"}]}\
            """.formatted(credential)));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(pointers(refused))
                .containsExactlyInAnyOrder(
                        "/data/attributes/name",
                        "/data/attributes/type",
                        "/data/attributes/default_mapper_type",
                        "/data/attributes/cron",
                        "/data/attributes/nodes_config/x",
                        "/data/attributes/graph/nodes/0/credentials_id",
                        "/data/attributes/graph/nodes/0/fields/reply_timeout_ms",
                        "/data/attributes/graph/edges/0/target");
        assertThat(get("/v2/flows?workspace_id=" + workspace).at("/meta/total").asInt())
                .isZero();
    }

    @Test
    void checksThePlaceFirstThenThePermissionThenTheRest() {
        assertThat(call("POST", "/v2/flows", null).status()).isEqualTo(400);
        var elsewhere = call("POST", "/v2/flows", document("").replace(workspace, IDS.next()));
        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(pointers(elsewhere)).containsExactly("/data/relationships/workspace");
        assertThat(call("POST", "/v2/flows", document("").replace(workspace, "x"))
                        .status())
                .isEqualTo(400);
        assertThat(server.call(others.bearer(guest, TENANT), "POST", "/v2/flows", document(""))
                        .status())
                .isEqualTo(403);
        var whole = document(
                "\"name\":\"x\",\"type\":\"ordinary\",\"default_mapper_type\":\"jsonata\",\"graph\":" + TWO_STEPS);
        assertThat(call("POST", "/v2/flows", whole.replace("\"flow\"", "\"flows\""))
                        .status())
                .isEqualTo(409);
        assertThat(create("x", TWO_STEPS, "\"type\":\"long_running\"").status()).isEqualTo(403);
    }

    @Test
    void anIdOfAnotherTenantsFlowIsNotTaken() {
        var stranger = IDS.next();
        var tenant = IDS.next();
        var place = IDS.next();
        others.allow(stranger, place, IDS.next(), tenant, "workspaces.flow.edit");
        var wish = """
            {"data":{"type":"flow",%s"attributes":{"name":"Flow","type":"ordinary","default_mapper_type":"jsonata",
               "graph":{"nodes":[],"edges":[]}},
             "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}\
            """;
        var elsewhere = server.call(others.bearer(stranger, tenant), "POST", "/v2/flows", wish.formatted("", place))
                .id();

        assertThat(call("POST", "/v2/flows", wish.formatted("\"id\":\"" + aFlow() + "\",", workspace))
                        .status())
                .isEqualTo(409);
        assertThat(call("POST", "/v2/flows", wish.formatted("\"id\":\"" + elsewhere + "\",", workspace))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void membersReadAndOthersDoNot() {
        var path = "/v2/flows/" + aFlow();

        assertThat(server.call(others.bearer(guest, TENANT), "GET", path, null).status())
                .isEqualTo(200);
        assertThat(server.call(others.bearer(guest, TENANT), "DELETE", path, null)
                        .status())
                .isEqualTo(403);
        assertThat(server.call(others.bearer(guest, IDS.next()), "GET", path, null)
                        .status())
                .isEqualTo(404);
        assertThat(get("/v2/flows/xyz").status()).isEqualTo(404);
    }

    @Test
    void statsFollowTheWorkspace() {
        others.withoutStats(workspace);

        assertThat(create("a", TWO_STEPS).attribute("stats_enabled").asBoolean())
                .isFalse();
        assertThat(create("b", TWO_STEPS, "\"stats_enabled\":true")
                        .attribute("stats_enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void everyChangeMakesAVersionAndKeepsTheOldOnes() {
        var id = aFlow();

        var renamed = patch(id, "\"name\":\"Two\",\"description\":\"d\"");
        patch(id, "\"graph\":{\"nodes\":[],\"edges\":[]}");
        var nothing = patch(id, "");

        assertThat(renamed.status()).isEqualTo(200);
        var versions = get("/v2/flows/" + id + "/versions");
        assertThat(texts(versions.at("/data"), "/attributes/name")).containsExactly("Flow", "Two", "Two");
        assertThat(texts(versions.at("/data"), "/attributes/graph/nodes/0/id")).containsExactly("step_1", "step_1", "");
        assertThat(versions.at("/data/2/id")).isEqualTo(nothing.at("/data/relationships/latest_version/data/id"));
        var second = get("/v2/flows/" + id + "/versions?page[size]=1&page[number]=2");
        assertThat(second.at("/data/0/id")).isEqualTo(versions.at("/data/1/id"));
        assertThat(second.at("/meta/total").asInt()).isEqualTo(3);
        var first = versions.at("/data/0/id").asString();
        assertThat(get("/v2/flows/" + id + "/versions/" + first)
                        .attribute("name")
                        .asString())
                .isEqualTo("Flow");
        assertThat(get("/v2/flows/" + aFlow() + "/versions/" + first).status()).isEqualTo(404);
    }

    @Test
    void aRefusedChangeChangesNothing() {
        var id = aFlow();
        var before = get("/v2/flows/" + id).json();

        assertThat(pointers(patch(id, "\"name\":\"half\",\"cron\":\"x\""))).containsExactly("/data/attributes/cron");
        assertThat(pointers(patch(id, "\"nodes_config\":{\"step_9\":{}}")))
                .containsExactly("/data/attributes/nodes_config/step_9");
        assertThat(pointers(patch(id, "\"name\":null"))).containsExactly("/data/attributes/name");
        assertThat(get("/v2/flows/" + id).json()).isEqualTo(before);
    }

    @Test
    void othersAreAskedAboutAGraphOnceHoweverOftenAChangeIsOutpaced() throws Exception {
        var id = aFlow();
        var before = others.graphsAskedAbout.get();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = IntStream.range(0, 8)
                    .mapToObj(_ -> threads.submit(() -> patch(id, "\"graph\":" + TIMER)))
                    .toList();
            for (var change : changes) {
                assertThat(change.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
            }
        }

        assertThat(others.graphsAskedAbout.get() - before).isEqualTo(8);
    }

    @Test
    void ifMatchProtectsFromLostChanges() {
        var id = aFlow();
        var tag = get("/v2/flows/" + id).tag();

        assertThat(patch(id, "\"name\":\"Two\"", "If-Match", tag).status()).isEqualTo(200);
        var late = patch(id, "\"name\":\"Three\"", "If-Match", tag);

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("/errors/0/code").asString()).isEqualTo("conflict");
        assertThat(patch(id, "\"name\":3", "If-Match", tag).status()).isEqualTo(400);
        assertThat(get("/v2/flows/" + id).attribute("name").asString()).isEqualTo("Two");
    }

    @Test
    void aDeletionWithIfMatchSparesAVersionThatItsCallerHasNotSeen() {
        var id = aFlow();
        var tag = get("/v2/flows/" + id).tag();
        var flows = server.bean(FlowRepository.class);
        // After the flow is read and before it is deleted.
        others.meanwhile(() -> {
            var found = flows.find(id).orElseThrow();
            assertThat(flows.replace(found.published(found.content(), integrator, Instant.EPOCH), List.of()))
                    .isTrue();
        });

        var late = call("DELETE", "/v2/flows/" + id, null, "If-Match", tag);

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.at("/errors/0/code").asString()).isEqualTo("conflict");
        var newer = get("/v2/flows/" + id);
        assertThat(newer.status()).isEqualTo(200);
        assertThat(call("DELETE", "/v2/flows/" + id, null, "If-Match", newer.tag())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void listsFilterSortAndSearch() {
        create("Webhook to A", TWO_STEPS);
        create("webhook to b", TWO_STEPS, "\"description\":\"with 100% cover\"");
        create("apple_pie", TWO_STEPS, "\"description\":\"uses WEBHOOK inside\"");
        var last = create("appleXpie", TWO_STEPS).id();
        call(
                "PUT",
                "/v2/flows/" + last + "/draft",
                "{\"data\":{\"type\":\"flow-draft\",\"attributes\":{\"name\":\"D\"}}}");

        assertThat(names("sort=-name")).containsExactly("webhook to b", "Webhook to A", "appleXpie", "apple_pie");
        assertThat(names("sort=created_at")).startsWith("Webhook to A").endsWith("appleXpie");
        assertThat(names("search=%20WebHook%20"))
                .containsExactlyInAnyOrder("Webhook to A", "webhook to b", "apple_pie");
        assertThat(names("search=100%25")).containsExactly("webhook to b");
        assertThat(names("search=apple_")).containsExactly("apple_pie");
        assertThat(names("filter[has_draft]=true")).containsExactly("appleXpie");
        assertThat(names("filter[has_draft]=true,true")).containsExactly("appleXpie");
        assertThat(names("filter[status]=active")).isEmpty();
        assertThat(names("filter[status]=active,inactive&filter[user]=" + integrator))
                .hasSize(4);
        assertThat(names("page[size]=3&page[number]=2")).containsExactly("appleXpie");
        assertThat(get("/v2/flows?workspace_id=" + workspace + "&filter[type]=fast")
                        .status())
                .isEqualTo(400);
        assertThat(get("/v2/flows").status()).isEqualTo(400);
    }

    /** Three of them are all that a page may have. */
    private static String largeGraph(String letter) {
        var nodes = new StringJoiner(",");
        var edges = new StringJoiner(",");
        nodes.add("{\"id\":\"step_0\",\"command\":\"weft/webhook:receive\"}");
        // Many short texts: reading a long one takes time by the square of its length.
        var mapper = IntStream.range(0, 500)
                .mapToObj(n -> "\"to_%d\":\"'%s'\"".formatted(n, letter.repeat(100)))
                .collect(Collectors.joining(","));
        for (var i = 1; i <= 10; i++) {
            nodes.add("{\"id\":\"step_%d\",\"command\":\"weft/mapper:map\"}".formatted(i));
            edges.add("{\"source\":\"step_%d\",\"target\":\"step_%d\",\"config\":{\"mapper\":{%s}}}"
                    .formatted(i - 1, i, mapper));
        }
        return "{\"nodes\":[" + nodes + "],\"edges\":[" + edges + "]}";
    }

    @Test
    void aPageOfLargeFlowsEndsEarlierAndItsLinksLeadToTheRest() {
        var large = largeGraph("x");
        var made = new ArrayList<String>();
        for (var i = 0; i < 7; i++) {
            made.add(create("Large " + i, large).id());
        }

        var found = new ArrayList<String>();
        assertThat(pages("/v2/flows?workspace_id=" + workspace, found)).containsExactly(3, 3, 1);
        assertThat(found).containsExactlyElementsOf(made);
    }

    @Test
    void aPageOfLargeVersionsEndsEarlierAndItsLinksLeadToTheRest() {
        var id = create("Large", largeGraph("a")).id();
        var made = new ArrayList<>(List.of(get("/v2/flows/" + id)
                .at("/data/relationships/latest_version/data/id")
                .asString()));
        for (var letter : List.of("b", "c", "d", "e")) {
            var changed = patch(id, "\"graph\":" + largeGraph(letter));
            assertThat(changed.status()).isEqualTo(200);
            made.add(changed.at("/data/relationships/latest_version/data/id").asString());
        }

        var found = new ArrayList<String>();
        assertThat(pages("/v2/flows/" + id + "/versions", found)).containsExactly(3, 2);
        assertThat(found).containsExactlyElementsOf(made);
    }

    /** How many each page of the list has; their ids are found. */
    private List<Integer> pages(String list, List<String> found) {
        var sizes = new ArrayList<Integer>();
        for (var next = list; next != null; ) {
            var page = get(next);
            sizes.add(page.at("/data").size());
            found.addAll(texts(page.at("/data"), "/id"));
            next = page.at("/links/next").asString(null);
        }
        return sizes;
    }

    private List<String> names(String query) {
        return texts(get("/v2/flows?workspace_id=" + workspace + "&" + query).at("/data"), "/attributes/name");
    }

    /** The commands that came for a flow, each once: a command may be delivered again. */
    private List<DomainEvent> commands(String flow) {
        return server.commands.stream()
                .filter(command -> command.subjectId().equals(flow))
                .distinct()
                .toList();
    }

    private DomainEvent command(String flow, String type) {
        return await().atMost(ofSeconds(60))
                .until(
                        () -> commands(flow).stream()
                                .filter(command -> command.type().equals(type))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void awaitStatus(String flow, String status, String current) {
        await().atMost(ofSeconds(60)).untilAsserted(() -> {
            var attributes = get("/v2/flows/" + flow).at("/data/attributes");
            assertThat(attributes.path("status").asString()).isEqualTo(status);
            assertThat(attributes.path("current_status").asString()).isEqualTo(current);
        });
    }

    @Test
    void aStartIsRecordedCommandedAndConfirmed() {
        var id = aFlow();

        var started = call("POST", "/v2/flows/" + id + "/start", null);

        assertThat(started.status()).isEqualTo(202);
        assertThat(started.attribute("status").asString()).isEqualTo("active");
        assertThat(started.attribute("current_status").asString()).isEqualTo("starting");
        assertThat(started.attribute("last_start_time").isString()).isTrue();
        assertThat(call("POST", "/v2/flows/" + id + "/start", null).status()).isEqualTo(409);
        var command = command(id, "flow.start");
        assertThat(command.version()).isEqualTo(1);
        assertThat(command.payload().toString())
                .contains("workspace_id=" + workspace, "kind=trigger", "revision=bbbb", "mapper={to=result}", "wish=1");

        server.say(id, 2, Map.of("current_status", "active", "wish", 1));
        awaitStatus(id, "active", "active");
        server.say(id, 1, Map.of("current_status", "starting", "wish", 1));

        assertThat(call("POST", "/v2/flows/" + id + "/stop", null).json().toString())
                .isEqualTo("{\"data\":{},\"meta\":{}}");
        server.say(id, 3, Map.of("current_status", "active", "wish", 1));
        server.say(id, 4, Map.of("current_status", "inactive", "wish", 2));
        awaitStatus(id, "inactive", "inactive");
        assertThat(call("POST", "/v2/flows/" + id + "/stop", null).status()).isEqualTo(409);
    }

    @Test
    void aStartThatFailedIsGivenUp() {
        var id = aFlow();
        call("POST", "/v2/flows/" + id + "/start", null);

        server.say(id, 1, Map.of("current_status", "inactive", "wish", 1));

        awaitStatus(id, "inactive", "inactive");
        assertThat(call("POST", "/v2/flows/" + id + "/start", null).status()).isEqualTo(202);
    }

    @Test
    void ofManyStartsAtOnceOneIsTaken() throws Exception {
        var id = aFlow();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 6)
                    .mapToObj(_ -> pool.submit(() ->
                            call("POST", "/v2/flows/" + id + "/start", null).status()))
                    .toList();
            var statuses = new ArrayList<Integer>();
            for (var answer : answers) {
                statuses.add(answer.get());
            }
            assertThat(statuses).containsOnlyOnce(202).containsOnly(202, 409);
        }
        command(id, "flow.start");
        assertThat(commands(id)).hasSize(1);
    }

    @Test
    void aLargeCommandIsToldByReferenceWhileTheBrokerTakesNoMessagesAndKeepsNoStopWaiting() {
        var texts = IntStream.range(0, 1000)
                .mapToObj(n -> "\"to_%d\":\"'%s'\"".formatted(n, "x".repeat(200)))
                .collect(Collectors.joining(","));
        var id = create("Large", TWO_STEPS.replace("\"to\":\"result\"", texts)).id();
        var pulse = server.bean(BrokerPulse.class);
        pulse.handleBlocked("low on memory");
        try {
            assertThat(call("POST", "/v2/flows/" + id + "/start", null).status())
                    .isEqualTo(202);
            assertThat(CommandReference.isOne(command(id, "flow.start"))).isTrue();

            var path = "/internal/flows/" + id + "/commands/1";
            assertThat(get(path).status()).as("it is shown to services only").isEqualTo(403);
            var whole = server.call(others.bearerOfAService(), "GET", path, null);
            assertThat(whole.at("/payload/version/graph/edges/0/config/mapper/to_999")
                            .asString())
                    .isEqualTo("'" + "x".repeat(200) + "'");
            assertThat(whole.at("/version").asLong()).isEqualTo(1);

            assertThat(call("POST", "/v2/flows/" + id + "/stop", null).status()).isEqualTo(202);
            assertThat(command(id, "flow.stop").payload()).containsKey("flow");
            assertThat(server.call(others.bearerOfAService(), "GET", path, null).status())
                    .as("the stop has taken its place")
                    .isEqualTo(404);
        } finally {
            pulse.handleUnblocked();
        }
    }

    @Test
    void aCredentialThatLacksSomethingRefusesTheStart() {
        var credential = IDS.next();
        others.addCredential(credential, FlowNeighbours.WEBHOOK_COMPONENT);
        var id = create(
                        "x",
                        TWO_STEPS.replace(
                                "\"weft/webhook:receive\"",
                                "\"weft/webhook:receive\",\"credentials_id\":\"" + credential + "\""))
                .id();

        others.spoilCredential(credential, "auth is missing.");
        var refused = call("POST", "/v2/flows/" + id + "/start", null);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/code").asString()).isEqualTo("not-ready");
        assertThat(refused.at("/errors/0/detail").asString()).contains(credential, "auth is missing.");
        assertThat(commands(id)).isEmpty();
    }

    @Test
    void whatIsMissingRefusesTheStart() {
        var incomplete = create("x", TWO_STEPS.replace("weft/mapper:map", "weft/filter:filter"))
                .id();
        var empty = create("x", "{\"nodes\":[],\"edges\":[]}").id();

        for (var id : List.of(incomplete, empty)) {
            var refused = call("POST", "/v2/flows/" + id + "/start", null);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.at("/errors/0/code").asString()).isEqualTo("not-ready");
        }
    }

    /** A graph of so many steps that have a queue of their own, behind a webhook that has one too. */
    private static String wide(int steps) {
        var nodes = new StringJoiner(",").add("{\"id\":\"hook\",\"command\":\"weft/webhook:receive\"}");
        var edges = new StringJoiner(",");
        for (var n = 0; n < steps; n++) {
            nodes.add("{\"id\":\"s" + n + "\",\"command\":\"weft/http:request\"}");
            edges.add("{\"source\":\"hook\",\"target\":\"s" + n + "\"}");
        }
        return "{\"nodes\":[" + nodes + "],\"edges\":[" + edges + "]}";
    }

    /** Of which there are 200 here ({@link FlowServer}). */
    @Test
    void theRunningFlowsOfAContractHaveSoManyQueues() {
        var contract = IDS.next();
        others.allow(integrator, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        var first = aFlow();
        var many = create("Many", wide(198)).id();
        assertThat(call("POST", "/v2/flows/" + first + "/start", null).status()).isEqualTo(202);
        assertThat(call("POST", "/v2/flows/" + many + "/start", null).status()).isEqualTo(202);

        var refused = call("POST", "/v2/flows/" + aFlow() + "/start", null);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/code").asString()).isEqualTo("invalid-state");
        assertThat(refused.at("/errors/0/meta/quota").asString()).isEqualTo("per_contract_queue_count_limit");
        assertThat(refused.at("/errors/0/meta/limit").asInt()).isEqualTo(200);
        assertThat(call("POST", "/v2/flows/" + many + "/stop", null).status()).isEqualTo(202);
        assertThat(call("POST", "/v2/flows/" + aFlow() + "/start", null).status())
                .as("its queues are there until it has stopped")
                .isEqualTo(409);
        stopped(many, 2);
        assertThat(call("POST", "/v2/flows/" + aFlow() + "/start", null).status())
                .as("there is room again")
                .isEqualTo(202);
    }

    /** As execution-service says it. */
    private void stopped(String id, long wish) {
        server.say(id, 100, Map.of("current_status", "inactive", "wish", wish));
        awaitStatus(id, "inactive", "inactive");
    }

    @Test
    void ofManyFlowsThatStartAtOnceAsManyDoAsThereAreQueuesFor() throws Exception {
        var contract = IDS.next();
        others.allow(integrator, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        started(wide(189));
        var ids = IntStream.range(0, 50).mapToObj(_ -> aFlow()).toList();

        var statuses = new ArrayList<Integer>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = ids.stream()
                    .map(id -> pool.submit(() ->
                            call("POST", "/v2/flows/" + id + "/start", null).status()))
                    .toList();
            for (var answer : answers) {
                statuses.add(answer.get());
            }
        }

        assertThat(statuses).containsOnly(202, 409);
        assertThat(statuses.stream().filter(status -> status == 202)).hasSize(10);
        assertThat(queuesOf(contract)).isEqualTo(200);
        assertThat(reserved(contract)).as("nothing is left noted").isEmpty();
    }

    private List<Document> reserved(String contract) {
        var noted = server.bean(MongoTemplate.class).findById(contract, Document.class, "queue_reservations");
        return noted == null ? List.of() : noted.getList("reserved", Document.class);
    }

    @Test
    void whatAReplicaThatDiedHadNotedForAStartKeepsNobodyForLong() {
        var contract = IDS.next();
        others.allow(integrator, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        var noted = new Document("id", IDS.next()).append("flow", IDS.next()).append("queues", 200L);
        var document = new Document("_id", contract).append("reserved", List.of(noted));
        noted.append("until", Date.from(Instant.now().plusSeconds(60)));
        var mongo = server.bean(MongoTemplate.class);
        mongo.save(document, "queue_reservations");
        var id = aFlow();

        assertThat(call("POST", "/v2/flows/" + id + "/start", null).status()).isEqualTo(409);
        assertThat(reserved(contract)).hasSize(1);
        noted.append("until", Date.from(Instant.now().minusSeconds(1)));
        mongo.save(document, "queue_reservations");

        assertThat(call("POST", "/v2/flows/" + id + "/start", null).status()).isEqualTo(202);
        assertThat(reserved(contract)).isEmpty();
    }

    @Test
    void aFlowThatIsDeletedHasItsQueuesUntilTheEngineHasHeardOfIt() {
        var contract = IDS.next();
        others.allow(integrator, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        var id = started(wide(149));

        assertThat(call("DELETE", "/v2/flows/" + id, null).status()).isEqualTo(204);

        assertThat(queuesOf(contract)).isEqualTo(150);
        server.say(id, 100, Map.of("current_status", "inactive", "wish", 2));
        await().atMost(ofSeconds(15)).until(() -> queuesOf(contract) == 0);
    }

    private String started(String graph) {
        var id = create("Flow", graph).id();
        assertThat(call("POST", "/v2/flows/" + id + "/start", null).status()).isEqualTo(202);
        return id;
    }

    private long queuesOf(String contract) {
        return server.bean(FlowRepository.class).queues(contract).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void aNewVersionOfAFlowThatRunsNeedsRoomBesideTheOldOneUntilThatHasEnded() {
        var contract = IDS.next();
        others.allow(integrator, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        var large = started(wide(119));
        var small = started(wide(9));
        assertThat(queuesOf(contract)).isEqualTo(130);

        var refused = patch(large, "\"nodes_config\":{\"s1\":{\"prefetch\":7}}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/errors/0/code").asString()).isEqualTo("invalid-state");
        assertThat(refused.at("/errors/0/meta/quota").asString()).isEqualTo("per_contract_queue_count_limit");
        call("PUT", "/v2/flows/" + large + "/draft", """
            {"data":{"type":"flow-draft","attributes":{"nodes_config":{"s1":{"prefetch":7}}}}}\
            """);
        assertThat(call("POST", "/v2/flows/" + large + "/draft/publish", null).status())
                .isEqualTo(409);
        assertThat(patch(large, "\"name\":\"Renamed\"").status()).isEqualTo(200);
        assertThat(queuesOf(contract)).isEqualTo(130);

        assertThat(patch(small, "\"nodes_config\":{\"s1\":{\"prefetch\":7}}").status())
                .isEqualTo(200);
        assertThat(queuesOf(contract)).as("the old version ends its work").isEqualTo(140);

        server.say(small, 2, Map.of("current_status", "active", "wish", 1, "queues", 10));
        server.say(small, 3, Map.of("current_status", "active", "wish", 2));
        awaitStatus(small, "active", "active");
        assertThat(queuesOf(contract))
                .as("what was said before the new version says nothing of it")
                .isEqualTo(140);
        server.say(small, 4, Map.of("current_status", "active", "wish", 2, "queues", 10));
        await().atMost(ofSeconds(60)).until(() -> queuesOf(contract) == 130);
        call("POST", "/v2/flows/" + small + "/stop", null);
        stopped(small, 3);
        assertThat(queuesOf(contract)).isEqualTo(120);
    }

    @Test
    void flowsThatAnOlderReleaseHasStoredAreCounted() {
        var contract = IDS.next();
        others.allow(integrator, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        var changed = started(wide(50));
        var running = started(wide(100));
        server.bean(MongoTemplate.class)
                .updateMulti(
                        Query.query(Criteria.where("contract").is(contract)),
                        new Update().unset("run_queues").unset("run_version"),
                        "flows");

        assertThat(patch(changed, "\"name\":\"Renamed\"").status()).isEqualTo(200);

        var refused = call("POST", "/v2/flows/" + create("x", wide(100)).id() + "/start", null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(queuesOf(contract)).isEqualTo(152);
        assertThat(call("POST", "/v2/flows/" + running + "/stop", null).status())
                .isEqualTo(202);
        stopped(running, 2);
        assertThat(queuesOf(contract)).isEqualTo(51);
    }

    @Test
    void aNeighbourThatIsIllIsUnavailable() {
        var credential = IDS.next();
        others.addCredential(credential, FlowNeighbours.WEBHOOK_COMPONENT);
        var secured = TWO_STEPS.replace(
                "\"weft/webhook:receive\"", "\"weft/webhook:receive\",\"credentials_id\":\"" + credential + "\"");
        var id = create("x", secured).id();
        Map<String, HttpHandler> illnesses = Map.of(
                "/internal/access/workspaces/", exchange -> PlayedNeighbours.answer(exchange, "<html>Hello</html>"),
                "/internal/workspaces/", exchange -> exchange.sendResponseHeaders(500, -1),
                "/internal/components/resolve", exchange -> PlayedNeighbours.answer(exchange, "[]"),
                "/internal/credentials/", HttpExchange::close);

        illnesses.forEach((path, illness) -> {
            others.fallIll(path, illness);
            assertUnavailable(create("y", secured));
            others.recover();
        });
        others.fallIll("/internal/credentials/", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.close();
        });
        assertUnavailable(call("POST", "/v2/flows/" + id + "/start", null));
        others.fallIll("/internal/jwks", exchange -> PlayedNeighbours.answer(exchange, "{"));
        assertUnavailable(server.call(others.bearerOfANewKey(integrator, TENANT), "GET", "/v2/flows/" + id, null));
        others.recover();

        await().atMost(ofSeconds(60)).until(() -> create("z", secured).status() == 201);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.at("/errors/0/code").asString()).isEqualTo("unavailable");
        assertThat(answer.retryAfter()).isEqualTo("1");
    }

    @Test
    void oddRequestsAreNoFaultOfOurs() {
        var id = aFlow();
        var path = "/v2/flows/" + id;
        odd().lists("/v2/flows?workspace_id=" + workspace, path + "/versions", path)
                .queries(
                        "/v2/flows?workspace_id=" + workspace,
                        "filter[status][]=active",
                        "filter[status]=active&filter[status]=x",
                        "filter[status]=,",
                        "filter[user]=" + "5a0000000000000000000c01,".repeat(200) + "x",
                        "filter[has_draft]=true,false,true",
                        "include=user&include=user",
                        "sort=name,created_at",
                        "search=%00",
                        "search=%ED%A0%80",
                        "search=%5C%5CE.*",
                        "search=" + "%28".repeat(1_000),
                        "search=a&search=b")
                .ids(
                        "/v2/flows/{odd}",
                        "/v2/flows/{odd}/versions",
                        "/v2/flows/{odd}/versions/{odd}",
                        "/v2/flows/{odd}/draft",
                        path + "/versions/{odd}",
                        "/internal/flows?credential={odd}",
                        "/internal/flows/{odd}",
                        "/v2/flows?workspace_id={odd}",
                        "/v2/flows?workspace_id=" + workspace + "&workspace_id={odd}")
                .ids("POST", "/v2/flows/{odd}/start", null)
                .ids("POST", "/v2/flows/{odd}/draft/publish", null)
                .ids("DELETE", "/v2/flows/{odd}", null)
                .ids("PATCH", "/v2/flows/{odd}", """
                    {"data":{"type":"flow","id":"%s","attributes":{"name":"x"}}}\
                    """.formatted(id))
                .get(List.of("/internal/flows"))
                .allHadAReason();

        assertThat(get(path).status()).isEqualTo(200);
    }

    @Test
    void oddBodiesAreNoFaultOfOurs() {
        var id = aFlow();
        var path = "/v2/flows/" + id;
        var calls = odd().bodies(
                        "POST", "/v2/flows", bodies("flow", null, OddFlows.ATTRIBUTES, Map.of("workspace", workspace)))
                .bodies("PATCH", path, bodies("flow", id, OddFlows.ATTRIBUTES, Map.of()))
                .bodies("PUT", path + "/draft", bodies("flow-draft", null, OddFlows.ATTRIBUTES, Map.of()))
                .bodies("POST", "/v2/flows", OddFlows.documents("flow", workspace))
                .bodies("PUT", path + "/draft", OddFlows.documents("flow-draft", workspace));
        for (var end : List.of("/start", "/stop", "/suspend", "/run-now", "/draft/publish")) {
            calls.bodies("POST", path + end, OddInput.KINDS);
        }
        for (var match : List.of("\"", "*", ",", "W/\"1\"", "\"1\",\"2\"", "x".repeat(4_000))) {
            calls.call("PATCH", path, """
                {"data":{"type":"flow","id":"%s","attributes":{"name":3}}}\
                """.formatted(id), "If-Match", match);
            calls.call("DELETE", path + "/draft", null, "If-Match", match);
        }
        for (var accepted : List.of("text/html", "x", "*/*;q=0", "application/json;q=9", "image/png,")) {
            calls.call("GET", path, null, "Accept", accepted);
        }
        for (var method : List.of("PUT", "POST", "TRACE", "FOO")) {
            calls.call(method, path, null);
        }

        calls.allHadAReason();
        assertThat(get(path).status()).isEqualTo(200);
    }

    private OddCalls odd() {
        return new OddCalls((method, path, body, headers) -> server.call(
                        others.bearer(integrator, TENANT), method, path, body, headers)
                .status());
    }

    @Test
    void pollingFlowsAreDueAndCanRunNow() {
        var id = create("x", TIMER).id();
        assertThat(call("POST", "/v2/flows/" + id + "/run-now", null).status()).isEqualTo(409);

        var started = call("POST", "/v2/flows/" + id + "/start", null);
        var due = Instant.parse(started.attribute("due_execution").asString());
        var since = Instant.parse(started.attribute("last_start_time").asString());
        assertThat(due).isEqualTo(since.plusSeconds(60));
        server.say(id, 1, Map.of("current_status", "active", "wish", 1, "due_execution", "2030-01-01T00:00:00.000Z"));
        awaitStatus(id, "active", "active");
        assertThat(get("/v2/flows/" + id).attribute("due_execution").asString()).isEqualTo("2030-01-01T00:00:00.000Z");

        assertThat(call("POST", "/v2/flows/" + id + "/run-now", null).status()).isEqualTo(202);
        assertThat(command(id, "flow.run-now").version()).isEqualTo(2);
        assertThat(call("POST", "/v2/flows/" + aFlow() + "/run-now", null).status())
                .isEqualTo(409);
    }

    @Test
    void aFlowThatRunsIsToldOfANewVersion() {
        var id = aFlow();
        call("POST", "/v2/flows/" + id + "/start", null);
        assertThat(patch(id, "\"type\":\"ordinary\",\"name\":\"same graph\"").status())
                .isEqualTo(200);

        var changed = patch(id, "\"nodes_config\":{\"step_2\":{\"prefetch\":7}}");

        var update = command(id, "flow.update");
        assertThat(update.version()).isEqualTo(2);
        assertThat(update.payload().get("flow")).asInstanceOf(MAP).containsEntry("start_wish", 1);
        assertThat(update.payload().toString())
                .contains(
                        "prefetch=7",
                        changed.at("/data/relationships/latest_version/data/id").asString());
        assertThat(commands(id)).hasSize(2);
        assertThat(patch(id, "\"graph\":{\"nodes\":[],\"edges\":[]}").status()).isEqualTo(409);
        server.say(id, 1, Map.of("current_status", "active", "wish", 2));
        awaitStatus(id, "active", "active");
    }

    @Test
    void aFlowThatRunsIsToldWhetherItsMessagesAreRecorded() {
        var id = aFlow();
        call("POST", "/v2/flows/" + id + "/start", null);

        assertThat(patch(id, "\"stats_enabled\":false").status()).isEqualTo(200);

        assertThat(command(id, "flow.update").payload().get("flow"))
                .asInstanceOf(MAP)
                .containsEntry("stats_enabled", false);
    }

    @Test
    void aSuspendedFlowResumes() {
        var id = aFlow();
        assertThat(call("POST", "/v2/flows/" + id + "/suspend", null).status()).isEqualTo(409);
        call("POST", "/v2/flows/" + id + "/start", null);

        assertThat(call("POST", "/v2/flows/" + id + "/suspend", null).status()).isEqualTo(202);
        assertThat(command(id, "flow.suspend").payload().get("flow"))
                .asInstanceOf(MAP)
                .containsEntry("start_wish", 1);
        server.say(id, 3, Map.of("current_status", "suspended", "wish", 2));
        awaitStatus(id, "suspended", "suspended");
        assertThat(names("filter[status]=suspended")).hasSize(1);

        assertThat(call("POST", "/v2/flows/" + id + "/start", null).status()).isEqualTo(202);
        assertThat(call("POST", "/v2/flows/" + id + "/stop", null).status()).isEqualTo(202);
        command(id, "flow.stop");
    }

    @Test
    void aDeletedFlowIsGoneAtOnce() {
        var id = aFlow();
        call("POST", "/v2/flows/" + id + "/start", null);

        assertThat(call("DELETE", "/v2/flows/" + id, null).status()).isEqualTo(204);

        assertThat(get("/v2/flows/" + id).status()).isEqualTo(404);
        assertThat(get("/v2/flows/" + id + "/versions").status()).isEqualTo(404);
        assertThat(names("sort=name")).isEmpty();
        assertThat(command(id, "flow.delete").version()).isEqualTo(2);
        assertThat(call("DELETE", "/v2/flows/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void aDraftLivesBesideTheFlowUntilItIsPublished() {
        var id = aFlow();
        var path = "/v2/flows/" + id + "/draft";
        assertThat(get(path).status()).isEqualTo(404);
        var named = "{\"data\":{\"type\":\"flow-draft\",\"attributes\":{\"name\":\"Draft\"}}}";
        assertThat(call("PUT", path, named, "If-Match", "*").status()).isEqualTo(409);

        var first = call("PUT", path, """
            {"data":{"type":"flow-draft","attributes":{"name":"Draft","graph":{"nodes":[{"id":"a"}],"edges":[]}}}}\
            """);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.attribute("graph").toString()).contains("\"a\"");
        var flow = get("/v2/flows/" + id);
        assertThat(flow.attribute("name").asString()).isEqualTo("Flow");
        assertThat(flow.at("/data/relationships/draft/data/id").asString()).isEqualTo(first.id());
        assertThat(pointers(call("POST", path + "/publish", null)))
                .containsExactly("/data/attributes/graph/nodes/0/command");

        var second = call(
                "PUT",
                path,
                "{\"data\":{\"type\":\"flow-draft\",\"attributes\":{\"graph\":" + TIMER + "}}}",
                "If-Match",
                first.tag());
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.attribute("name").asString()).isEqualTo("Draft");
        var published = call("POST", path + "/publish", null);
        assertThat(published.status()).isEqualTo(200);
        assertThat(published.attribute("name").asString()).isEqualTo("Draft");
        assertThat(published.at("/data/relationships/draft").isMissingNode()).isTrue();
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(get("/v2/flows/" + id + "/versions").at("/meta/total").asInt())
                .isEqualTo(2);
    }

    @Test
    void aDraftLosesACredentialThatIsGone() {
        var credential = IDS.next();
        var flow = aFlow();
        var path = "/v2/flows/" + flow + "/draft";
        call("PUT", path, """
            {"data":{"type":"flow-draft","attributes":{"graph":{"nodes":[{"id":"a","credentials_id":"%s"}],"edges":[]}}}}\
            """.formatted(credential));

        var flows = server.bean(FlowRepository.class);
        assertThat(flows.draftsUsingCredential(workspace, credential)).containsExactly(flow);
        assertThat(flows.draftsUsingCredential(IDS.next(), credential)).isEmpty();
        server.say(Fact.CREDENTIAL_DELETED, new Outbox.Place(TENANT, CONTRACT, workspace), credential, 1, Map.of());

        await().atMost(ofSeconds(60))
                .until(() -> get(path)
                        .at("/data/attributes/graph/nodes/0/credentials_id")
                        .isMissingNode());
    }

    @Test
    void tellsOtherServicesWhatTheyAsk() {
        var credential = IDS.next();
        others.addCredential(credential, FlowNeighbours.WEBHOOK_COMPONENT);
        var id = create(
                        "x",
                        TWO_STEPS.replace(
                                "\"weft/webhook:receive\"",
                                "\"weft/webhook:receive\",\"credentials_id\":\"" + credential + "\""))
                .id();

        assertThat(get("/internal/flows?credential=" + credential).json().toString())
                .isEqualTo("{\"flow_ids\":[\"" + id + "\"]}");
        var outline = get("/internal/flows/" + id).json();
        assertThat(outline.path("workspace_id").asString()).isEqualTo(workspace);
        assertThat(outline.path("status").asString()).isEqualTo("inactive");
        assertThat(outline.path("webhook").asBoolean()).isTrue();
        assertThat(outline.path("nodes").toString()).isEqualTo("[\"step_1\",\"step_2\"]");
    }
}
