package dev.weft.flow.heir;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.flow.FlowNeighbours;
import dev.weft.flow.FlowServer;
import dev.weft.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** What a member who left a workspace owned there (api-v2 6.4). */
class FlowHeirsIT {

    private static final Ids IDS = new Ids();
    private static final String TENANT = IDS.next();
    private static final String GRAPH = """
            {"nodes":[{"id":"step_1","command":"weft/webhook:receive"}],"edges":[]}""";

    private static EmbeddedStore store;
    private static FlowNeighbours others;
    private static FlowServer server;

    private final String workspace = IDS.next();
    private final String user = IDS.next();
    private final String heir = IDS.next();

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

    FlowHeirsIT() {
        others.allow(user, workspace, IDS.next(), TENANT, "workspaces.flow.edit");
    }

    private Answer call(String method, String path, String body) {
        return server.call(others.bearer(user, TENANT), method, path, body);
    }

    private String aFlow() {
        var made = call("POST", "/v2/flows", """
                {"data":{"type":"flow","attributes":{"name":"F","type":"ordinary","default_mapper_type":"jsonata","graph":%s},
                 "relationships":{"workspace":{"data":{"type":"workspace","id":"%s"}}}}}""".formatted(GRAPH, workspace));
        assertThat(made.status()).isEqualTo(201);
        return made.id();
    }

    private String ownerOf(String path) {
        return call("GET", path, null).at("/data/relationships/user/data/id").asString();
    }

    private void tellLeft(String who, String whoseHeir) {
        server.say(
                Fact.MEMBERSHIP_CHANGED,
                workspace,
                3,
                Map.of("scope", "workspace", "user_id", who, "roles", List.of(), "heir_id", whoseHeir));
    }

    @Test
    void flowsAndDraftsBelongToTheHeir() {
        var flow = aFlow();
        var draft = "/v2/flows/" + flow + "/draft";
        assertThat(call("PUT", draft, """
                        {"data":{"type":"flow-draft","attributes":{"name":"D"}}}""").status()).isEqualTo(200);
        server.say(
                Fact.MEMBERSHIP_CHANGED,
                workspace,
                2,
                Map.of("scope", "workspace", "user_id", user, "roles", List.of("guest")));

        tellLeft(user, heir);
        tellLeft(user, heir);

        await().atMost(ofSeconds(30)).until(() -> ownerOf("/v2/flows/" + flow).equals(heir));
        await().atMost(ofSeconds(30)).until(() -> ownerOf(draft).equals(heir));
    }

    /** The fact of the heir's own end was faster, and found nothing yet. */
    @Test
    void whatPassesToAnHeirWhoHasLeftTooGoesOnToWhoIsThere() {
        var flow = aFlow();
        var oldest = IDS.next();
        others.succeed(heir, oldest);

        tellLeft(user, heir);

        await().atMost(ofSeconds(30)).until(() -> ownerOf("/v2/flows/" + flow).equals(oldest));
    }

    @Test
    void thousandsPassOnInPartsAndThoseOfOthersStay() {
        var mongo = server.bean(MongoTemplate.class);
        var others = IDS.next();
        mongo.insert(
                IntStream.range(0, 1_700)
                        .mapToObj(i -> new Document("_id", IDS.next())
                                .append("workspace", workspace)
                                .append("live", true)
                                .append("user", i < 1_200 ? user : others)
                                .append("revision", 0L)
                                .append("outbox", List.of()))
                        .toList(),
                "flows");

        tellLeft(user, heir);

        await().atMost(ofSeconds(60)).until(() -> count(mongo, heir) == 1_200);
        assertThat(count(mongo, others)).isEqualTo(500);
        assertThat(count(mongo, user)).isZero();
    }

    private long count(MongoTemplate mongo, String owner) {
        return mongo.count(
                Query.query(
                        Criteria.where("workspace").is(workspace).and("user").is(owner)),
                "flows");
    }
}
