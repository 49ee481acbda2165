package dev.weft.execution.executionview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Updates;
import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Permission;
import dev.weft.common.flowmessage.EffectKey;
import dev.weft.common.flowmessage.MessageCipher;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.ListQuery;
import dev.weft.common.problem.ProblemException;
import dev.weft.execution.errorinbox.ErrorInputs;
import dev.weft.execution.errorinbox.MongoErrorInputs;
import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.execution.NotedEnds;
import dev.weft.execution.execution.VisibleExecutions;
import dev.weft.execution.flow.FlowLookup.FlowPlace;
import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.record.DeliveryRecord;
import dev.weft.execution.record.StepRecord;
import dev.weft.execution.record.StepRecord.FailureRecord;
import dev.weft.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What called servers and steps say when they fail is read, and found, by those who may see the messages. */
class ErrorTextsIT {

    private static final String FLOW = "65a000000000000000000001";
    private static final String WORKSPACE = "65a0000000000000000000aa";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Caller CALLER = new Caller(Caller.Kind.USER, "u1", "t1", "Ada", List.of(), "Bearer none");

    private final String id = new Ids().nextExecution();
    private EmbeddedStore server;
    private MongoClient client;
    private MongoExecutionStore store;
    private ErrorInputs inputs;

    @BeforeEach
    void start() {
        server = EmbeddedStore.inMemory();
        client = MongoClients.create(server.connectionString());
        var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "texts"));
        store = new MongoExecutionStore(mongo, new Ids(), new NotedEnds());
        var codec = new MessageCodec(JSON, new MessageCipher("a message password", "sixteen letters."));
        inputs = new ErrorInputs(new MongoErrorInputs(mongo), codec);
        store.insert(List.of(failed()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** One of its steps makes a name of what it was told, too. */
    private Execution failed() {
        var steps = List.of(
                step("call", "HttpError", "The server answered with the status 500: account 4711", "at 4711", true),
                step("code", "the account 4711", "boom", "", false),
                step("foreign", "AxiosError", "Request failed: account 4711", "", true),
                step("url", "HttpError", "url gives nothing.", "", false));
        var delivery = new DeliveryRecord(id, FLOW, "v", "r", WORKSPACE, "t1", "u", "webhook", 10, steps, List.of());
        var execution = Execution.begin(delivery);
        execution.apply(delivery);
        return execution;
    }

    private static StepRecord step(String step, String name, String message, String stack, boolean quoting) {
        var failure = new FailureRecord("e-" + step, name, message, stack, quoting, 15, new byte[0], Map.of());
        return new StepRecord(
                EffectKey.kickOff(FLOW, step),
                step,
                "m-" + step,
                null,
                1,
                StepRecord.Status.FAILED,
                10,
                5,
                null,
                null,
                false,
                List.of(),
                failure);
    }

    private ExecutionService service(Set<String> permissions) {
        return new ExecutionService(
                store,
                new VisibleExecutions(store),
                inputs,
                (_, flow) -> new FlowPlace(flow, WORKSPACE, "t1", List.of()),
                new AccessClient((_, _) -> Optional.of(new Grants("t1", "k1", "active", true, permissions))));
    }

    private ExecutionService guest() {
        return service(Set.of());
    }

    private ExecutionService reader() {
        return service(Set.of(Permission.WORKSPACES_LOGS_READ_ALL.wire()));
    }

    private JsonNode shown(ExecutionService service) {
        return JSON.readTree(JSON.writeValueAsString(new ExecutionController(service).one(CALLER, id)));
    }

    private static ExecutionListing query(ListQuery.Rules rules, String search) {
        var request = new MockHttpServletRequest("GET", "/v2/executions");
        var query = "workspace_id=" + WORKSPACE + (search == null ? "" : "&search=" + search);
        request.setQueryString(query);
        return new ExecutionListing(ListQuery.of(request, rules));
    }

    private static ExecutionService.Found ofWorkspace(ExecutionService service, String search) {
        var listing = query(ExecutionListing.OF_WORKSPACE, search);
        return service.ofWorkspace(CALLER, listing.workspaceId(), listing::ofWorkspace, listing.skip(), listing.size());
    }

    private static ExecutionService.Found ofFlow(ExecutionService service, String search) {
        var listing = query(ExecutionListing.OF_FLOW, search);
        return service.ofFlow(CALLER, FLOW, () -> listing.ofFlow(FLOW), listing.skip(), listing.size());
    }

    private static int found(ExecutionService.Found found) {
        return found.executions().size();
    }

    @Test
    void whoMayNotReadMessagesIsToldWhatStepsSayAndNoServer() {
        var shown = shown(guest());

        var errors = shown.at("/data/attributes/errors");
        assertThat(shown.toString()).doesNotContain("4711");
        assertThat(errors.path(0).path("name").asString()).isEqualTo("HttpError");
        assertThat(errors.path(0).path("step_id").asString()).isEqualTo("call");
        assertThat(errors.path(0).path("message").asString()).isEqualTo("HttpError in step call.");
        assertThat(errors.path(0).path("stack").isNull()).isTrue();
        assertThat(errors.path(1).path("name").asString()).isEqualTo("Error");
        assertThat(errors.path(1).path("message").asString()).isEqualTo("boom");
        assertThat(errors.path(2).path("message").asString()).isEqualTo("AxiosError in step foreign.");
        assertThat(errors.path(3).path("message").asString()).isEqualTo("url gives nothing.");
    }

    @Test
    void ofErrorsOfOlderReleasesTheNameTellsWhetherTheyQuoteAServer() {
        client.getDatabase("texts")
                .getCollection("executions")
                .updateOne(new Document("_id", id), Updates.unset("errors.$[].q"));

        var errors = shown(guest()).at("/data/attributes/errors");

        assertThat(errors.path(0).path("message").asString()).isEqualTo("HttpError in step call.");
        assertThat(errors.path(1).path("message").asString()).isEqualTo("boom");
        assertThat(errors.path(3).path("message").asString()).isEqualTo("HttpError in step url.");
    }

    @Test
    void whoMayReadThemIsToldAll() {
        var error = shown(reader()).at("/data/attributes/errors/0");

        assertThat(error.path("message").asString()).endsWith("account 4711");
        assertThat(error.path("stack").asString()).isEqualTo("at 4711");
    }

    @Test
    void whoMayNotReadThemDoesNotFindThem() {
        for (var search : List.of("4711", "no such text")) {
            assertThatThrownBy(() -> ofWorkspace(guest(), search))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("workspaces.logs.read_all");
            assertThatThrownBy(() -> ofFlow(guest(), search))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("workspaces.logs.read_all");
        }
        assertThat(found(ofWorkspace(guest(), null))).isEqualTo(1);
        assertThat(found(ofFlow(guest(), ""))).isEqualTo(1);
    }

    @Test
    void listsShowNoTexts() {
        assertThat(JSON.writeValueAsString(
                        ExecutionResource.listed(ofWorkspace(reader(), null).executions())))
                .doesNotContain("4711");
    }

    @Test
    void whoMayReadThemFindsThem() {
        assertThat(found(ofWorkspace(reader(), "ACCOUNT"))).isEqualTo(1);
        assertThat(found(ofFlow(reader(), "no%20such"))).isZero();
    }
}
