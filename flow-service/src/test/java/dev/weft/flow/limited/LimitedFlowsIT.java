package dev.weft.flow.limited;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.flow.FlowNeighbours;
import dev.weft.flow.FlowServer;
import dev.weft.store.EmbeddedStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Flows of limited workspaces some hours after their start (api-v2 6.2), with two replicas at work. */
class LimitedFlowsIT {

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

    LimitedFlowsIT() {
        others.allow(user, workspace, contract, TENANT, "workspaces.flow.edit", "workspaces.flow.toggleStatus");
    }

    private Answer call(String method, String path, String body) {
        return server.call(others.bearer(user, TENANT), method, path, body);
    }

    private String aFlow() {
        var made = call("POST", "/v2/flows", """
                {"data":{"type":"flow","attributes":{"name":"Hourly","type":"ordinary","default_mapper_type":"jsonata","graph":%s},
                 "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(GRAPH, workspace));
        assertThat(made.status()).isEqualTo(201);
        return made.id();
    }

    private void wish(String flow, String wish) {
        assertThat(call("POST", "/v2/flows/" + flow + "/" + wish, null).status())
                .isEqualTo(202);
    }

    private String aStartedFlow() {
        var flow = aFlow();
        wish(flow, "start");
        return flow;
    }

    private String status(String flow) {
        return call("GET", "/v2/flows/" + flow, null).attribute("status").asString();
    }

    /** Told, and known when this returns. */
    private void isOfType(String type, Fact fact, long version) {
        if (type.equals("limited")) {
            others.limit(workspace);
        } else {
            others.unlimit(workspace);
        }
        server.say(
                fact,
                new Outbox.Place(TENANT, contract, workspace),
                workspace,
                version,
                Map.of("name", "W", "type", type));
        await().atMost(ofSeconds(30)).until(() -> isKnownAsLimited() == type.equals("limited"));
    }

    private boolean isKnownAsLimited() {
        return server.bean(WorkspaceTypes.class).limited("", 10_000).contains(workspace);
    }

    private static void sweepAfter(Duration passed) {
        sweepAt(Instant.now().plus(passed));
    }

    private static void sweepAt(Instant now) {
        server.bean(LimitedFlows.class).sweep(now);
        replica.bean(LimitedFlows.class).sweep(now);
    }

    private static List<DomainEvent> of(Collection<DomainEvent> heard, String flow, String type) {
        return heard.stream()
                .filter(event -> event.subjectId().equals(flow) && event.type().equals(type))
                .distinct()
                .toList();
    }

    @Test
    void aFlowIsStoppedEightHoursAfterItsStartAndItsOwnerIsToBeTold() {
        isOfType("limited", Fact.WORKSPACE_CREATED, 1);
        var active = aStartedFlow();
        var suspended = aStartedFlow();
        wish(suspended, "suspend");
        var idle = aFlow();

        sweepAfter(ofHours(8).minus(ofMinutes(1)));
        assertThat(List.of(status(active), status(suspended))).containsExactly("active", "suspended");

        sweepAfter(ofHours(8).plus(ofMinutes(1)));
        assertThat(List.of(status(active), status(suspended), status(idle))).containsOnly("inactive");
        for (var flow : List.of(active, suspended)) {
            await().atMost(ofSeconds(30))
                    .until(() -> of(server.commands, flow, "flow.stop").size() == 1);
            await().atMost(ofSeconds(30))
                    .until(() ->
                            of(server.facts, flow, "flow.stopped-as-limited").size() == 1);
        }
        var told = of(server.facts, active, "flow.stopped-as-limited").getFirst();
        assertThat(told.workspaceId()).isEqualTo(workspace);
        assertThat(told.payload())
                .containsEntry("name", "Hourly")
                .containsEntry("user_id", user)
                .containsKey("last_start_time");
        assertThat(of(server.facts, idle, "flow.stopped-as-limited")).isEmpty();
    }

    @Test
    void aFlowThatWasStartedAnewHasItsTimeAnew() {
        isOfType("limited", Fact.WORKSPACE_CREATED, 1);
        var flow = aStartedFlow();
        var between = aTimeBetween();
        wish(flow, "stop");
        wish(flow, "start");

        sweepAt(between.plus(ofHours(8)));
        assertThat(status(flow)).as("by its first start it would be stopped").isEqualTo("active");

        sweepAfter(ofHours(8).plus(ofMinutes(1)));
        assertThat(status(flow)).isEqualTo("inactive");
    }

    /** A time after all that has happened and not after what will: starts are known by the millisecond. */
    private static Instant aTimeBetween() {
        var next = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        await().until(() -> !Instant.now().isBefore(next));
        return next;
    }

    @Test
    void aFactOfAWorkspaceThatIsGoneLeavesNoNote() {
        var types = server.bean(WorkspaceTypes.class);
        types.note(workspace, true, 1);
        // As it is when its last look is over: nobody looks for notes any more.
        server.bean(MongoTemplate.class).insert(new Document("_id", workspace), "deletions");
        var late = new DomainEvent(
                IDS.next(),
                "workspace.updated",
                2,
                Instant.now(),
                TENANT,
                contract,
                workspace,
                workspace,
                null,
                Map.of("type", "limited"));

        new WorkspaceTypeListener()
                .typesOfChangedWorkspaces(types, server.bean(Deletions.class))
                .handler()
                .handle(late);

        assertThat(isKnownAsLimited()).isFalse();
    }

    @Test
    void inAWorkspaceThatBecameFullNothingIsStopped() {
        isOfType("limited", Fact.WORKSPACE_CREATED, 1);
        var flow = aStartedFlow();
        isOfType("full", Fact.WORKSPACE_UPDATED, 1);

        sweepAfter(ofHours(9));

        assertThat(status(flow)).isEqualTo("active");
    }

    @Test
    void norWhenTheFactOfThatIsStillOnItsWay() {
        isOfType("limited", Fact.WORKSPACE_CREATED, 1);
        var flow = aStartedFlow();
        others.unlimit(workspace);

        sweepAfter(ofHours(9));

        assertThat(status(flow)).isEqualTo("active");
        assertThat(isKnownAsLimited())
                .as("what is noted may be newer than the answer")
                .isTrue();
    }

    @Test
    void whatRunsInAWorkspaceThatBecomesLimitedIsStoppedByItsOwnStart() {
        isOfType("full", Fact.WORKSPACE_CREATED, 1);
        var flow = aStartedFlow();
        isOfType("limited", Fact.WORKSPACE_UPDATED, 4);
        isOfType("limited", Fact.WORKSPACE_UPDATED, 4);

        sweepAfter(ofHours(9));

        assertThat(status(flow)).isEqualTo("inactive");
    }

    @Test
    void aFactThatComesLateChangesNothing() {
        var types = server.bean(WorkspaceTypes.class);
        types.note(workspace, true, 3);

        types.note(workspace, false, 2);
        assertThat(isKnownAsLimited()).isTrue();
        types.note(workspace, false, 3);
        assertThat(isKnownAsLimited()).isTrue();

        types.note(workspace, false, 4);
        assertThat(isKnownAsLimited()).isFalse();
    }

    @Test
    void whileWorkspaceServiceIsAwayNothingIsStopped() {
        isOfType("limited", Fact.WORKSPACE_CREATED, 1);
        var flow = aStartedFlow();
        others.fallIll("/internal/workspaces/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        try {
            sweepAfter(ofHours(9));
        } finally {
            others.recover();
        }
        assertThat(status(flow)).isEqualTo("active");
    }
}
