package dev.weft.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** How many flows there may be, and how many queues they may have (api-v2 12); and who uses a component. */
class FlowQuotaIT {

    private static final Ids IDS = new Ids();
    private static final String TENANT = IDS.next();
    private static final String GRAPH = """
        {"nodes":[{"id":"step_1","command":"weft/webhook:receive"},{"id":"step_2","command":"weft/mapper:map"}],
         "edges":[{"source":"step_1","target":"step_2"}]}\
        """;
    private static final String MAPPER = "5a0000000000000000000c03";

    private static EmbeddedStore store;
    private static FlowNeighbours others;
    private static FlowServer server;

    private final String contract = IDS.next();
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

    private String aWorkspace() {
        var workspace = IDS.next();
        others.allow(user, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
        return workspace;
    }

    private Answer call(String method, String path, String body) {
        return server.call(others.bearer(user, TENANT), method, path, body);
    }

    private Answer create(String workspace) {
        return call("POST", "/v2/flows", """
            {"data":{"type":"flow","attributes":{"name":"Flow","type":"ordinary","default_mapper_type":"jsonata","graph":%s},
             "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(GRAPH, workspace));
    }

    private List<Integer> createAtOnce(int times, Callable<Answer> creation) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = new java.util.ArrayList<Integer>();
            for (var answer : threads.invokeAll(Collections.nCopies(times, creation))) {
                statuses.add(answer.get().status());
            }
            return statuses;
        }
    }

    @Test
    void ofFlowsThatAreMadeAtOnceThereAreAsManyAsTheQuotaAllows() throws Exception {
        var workspace = aWorkspace();
        others.limitFlows(workspace, "workspace", workspace, 5, List.of());
        assertThat(create(workspace).status()).isEqualTo(201);

        var statuses = createAtOnce(50, () -> create(workspace));

        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(4);
        assertThat(statuses.stream().filter(status -> status == 403)).hasSize(46);
        var refused = create(workspace);
        assertThat(refused.error()).isEqualTo("403 quota-exceeded");
        assertThat(refused.at("/errors/0/meta/quota").asString()).isEqualTo("per_workspace_flow_count_limit");
        assertThat(refused.at("/errors/0/meta/limit").asInt()).isEqualTo(5);
        var flows = call("GET", "/v2/flows?workspace_id=" + workspace, null);
        assertThat(flows.at("/meta/total").asInt()).isEqualTo(5);

        call("DELETE", "/v2/flows/" + flows.at("/data/0/id").asString(), null);
        assertThat(create(workspace).status()).isEqualTo(201);
        assertThat(server.bean(MongoTemplate.class)
                        .getCollection("queue_reservations")
                        .countDocuments())
                .isZero();
    }

    @Test
    void flowsOfWorkspacesThatDoNotCountAreNotCounted() {
        var full = aWorkspace();
        var limited = aWorkspace();
        assertThat(create(limited).status()).isEqualTo(201);
        others.limitFlows(full, "contract", contract, 1, List.of(limited));

        assertThat(create(full).status()).isEqualTo(201);
        assertThat(create(full).status()).isEqualTo(403);
        assertThat(create(limited).status()).isEqualTo(201);
        others.limitFlows(full, "contract", contract, 3, List.of());
        assertThat(create(full).status()).as("four with those of the other").isEqualTo(403);
    }

    @Test
    void theLimitOfContainersIsAboutStepsOfForeignComponentsWithAllTheirReplicas() {
        var workspace = aWorkspace();
        var graph = """
            {"nodes":[{"id":"step_1","command":"weft/webhook:receive"},{"id":"step_2","command":"acme/probe:work"}],
             "edges":[{"source":"step_1","target":"step_2"}]}""";
        var creation = """
            {"data":{"type":"flow","attributes":{"name":"Flow","type":"ordinary","default_mapper_type":"jsonata","graph":%s,
              "nodes_config":{"step_1":{"replicas":5},"step_2":{"replicas":2}}},
             "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(graph, workspace);
        var first = call("POST", "/v2/flows", creation).id();
        var second = call("POST", "/v2/flows", creation).id();
        others.limitContainers(contract, 3);

        assertThat(call("POST", "/v2/flows/" + first + "/start", null).status()).isEqualTo(202);
        var refused = call("POST", "/v2/flows/" + second + "/start", null);
        assertThat(refused.error()).isEqualTo("409 invalid-state");
        assertThat(refused.at("/errors/0/meta/quota").asString()).isEqualTo("per_contract_container_count_limit");
        assertThat(refused.at("/errors/0/meta/limit").asInt()).isEqualTo(3);
        assertThat(call("POST", "/v2/flows/" + create(workspace).id() + "/start", null)
                        .status())
                .as("one without containers")
                .isEqualTo(202);

        others.limitContainers(contract, 4);
        assertThat(call("POST", "/v2/flows/" + second + "/start", null).status())
                .isEqualTo(202);
    }

    @Test
    void theLimitOfQueuesIsThatOfTheContract() {
        var workspace = aWorkspace();
        var flow = create(workspace).id();
        others.limitQueues(contract, 1);
        assertThat(call("POST", "/v2/flows/" + create(workspace).id() + "/start", null)
                        .status())
                .isEqualTo(202);
        var refused = call("POST", "/v2/flows/" + flow + "/start", null);
        assertThat(refused.error()).isEqualTo("409 invalid-state");
        assertThat(refused.at("/errors/0/meta/limit").asInt()).isEqualTo(1);

        others.limitQueues(contract, -1);
        assertThat(call("POST", "/v2/flows/" + flow + "/start", null).status()).isEqualTo(202);
    }

    @Test
    void aFlowUsesAComponentInItsVersionsAndItsDraft() {
        var latest = create(aWorkspace()).id();
        var former = create(aWorkspace()).id();
        var never = create(aWorkspace()).id();
        var withoutMapper = GRAPH.replace("weft/mapper:map", "weft/http:request");
        patch(former, withoutMapper);
        patch(never, withoutMapper);
        var drafted = create(aWorkspace()).id();

        assertThat(uses(MAPPER, "weft/mapper")).contains(latest, former, never, drafted);
        assertThat(uses("5a0000000000000000000c05", "weft/http"))
                .contains(former, never)
                .doesNotContain(latest, drafted);
        call("PUT", "/v2/flows/" + drafted + "/draft", """
            {"data":{"type":"flow-draft","attributes":{"graph":%s}}}""".formatted(withoutMapper));
        assertThat(uses("5a0000000000000000000c05", "weft/http")).contains(drafted);
        assertThat(server.call(others.bearer(user, IDS.next()), "GET", usesPath(MAPPER, "weft/mapper"), null)
                        .at("/flow_ids"))
                .isEmpty();
    }

    private void patch(String flow, String graph) {
        var answer = call("PATCH", "/v2/flows/" + flow, """
            {"data":{"type":"flow","id":"%s","attributes":{"graph":%s}}}""".formatted(flow, graph));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    private List<String> uses(String component, String command) {
        return call("GET", usesPath(component, command), null)
                .at("/flow_ids")
                .valueStream()
                .map(id -> id.asString())
                .toList();
    }

    private static String usesPath(String component, String command) {
        return "/internal/component-uses?tenant=" + TENANT + "&component=" + component + "&command=" + command;
    }
}
