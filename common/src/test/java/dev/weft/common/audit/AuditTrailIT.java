package dev.weft.common.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.access.AccessClient;
import dev.weft.common.access.Caller;
import dev.weft.common.access.Grants;
import dev.weft.common.access.Permission;
import dev.weft.common.access.Scope;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.jsonapi.Document;
import dev.weft.common.jsonapi.ErrorHandler;
import dev.weft.common.jsonapi.Resource;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.common.problem.Problem;
import dev.weft.common.service.SetClock;
import dev.weft.common.token.CurrentCaller;
import dev.weft.common.token.SignedIn;
import dev.weft.store.EmbeddedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service tells of requests, on a real store; the broker is what a test makes of it. */
class AuditTrailIT {

    private static final Ids IDS = new Ids();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TENANT = IDS.next();
    private static final String CONTRACT = IDS.next();
    private static final String WORKSPACE = IDS.next();
    private static final String FLOW = IDS.next();

    private static EmbeddedStore store;
    private static MongoClient client;

    private final String user = IDS.next();
    private final SetClock clock = new SetClock();
    private final List<AuditEntry> told = new ArrayList<>();
    private boolean away;
    private MongoTemplate mongo;
    private AuditTrail trail;
    private SignedIn caller;
    private MockMvc service;

    /** As controllers of services are. */
    @RestController
    private static final class Flows {

        private final AuditTrail trail;
        private final AccessClient access = new AccessClient(
                (_, _) -> Optional.of(
                        new Grants(TENANT, CONTRACT, "active", true, Set.of(Permission.WORKSPACES_FLOW_EDIT.wire()))),
                (scope, grants) -> AuditedRequest.current().ifPresent(request -> request.saw(scope, grants)));

        private Flows(AuditTrail trail) {
            this.trail = trail;
        }

        private static Caller caller() {
            return CurrentCaller.find().orElseThrow();
        }

        @PostMapping("/v2/flows")
        @ResponseStatus(HttpStatus.CREATED)
        Document create(@RequestBody(required = false) @Nullable JsonNode body) {
            access.require(caller(), Permission.WORKSPACES_FLOW_EDIT, new Scope.Workspace(WORKSPACE));
            // Of something it refers to.
            access.find(caller(), new Scope.Workspace(IDS.next()));
            return Document.of(Resource.of("flow", FLOW, "/v2/flows/" + FLOW)
                    .attribute("name", "Orders")
                    .attribute("created_at", clock()));
        }

        private static String clock() {
            return "2026-01-01T00:00:00.000Z";
        }

        @PatchMapping("/v2/flows/{id}")
        Document change(@PathVariable String id, @RequestBody JsonNode body) {
            if (body.at("/data/attributes/name").asString("").equals("bad")) {
                throw Problem.invalid("name", "secret-4711 is no name.").exception();
            }
            if (body.at("/data/attributes/name").asString("").equals("bug")) {
                throw new IllegalStateException("secret-4711");
            }
            return create(body);
        }

        @DeleteMapping("/v2/flows/{id}")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void delete(@PathVariable String id) {
            access.require(caller(), Permission.WORKSPACES_FLOW_EDIT, new Scope.Workspace(WORKSPACE));
        }

        @PostMapping("/v2/flows/{id}/start")
        Document start(@PathVariable String id) {
            throw Problem.notFound("flow", id).exception();
        }

        @GetMapping("/v2/credentials/{id}")
        Document read(@PathVariable String id) {
            var grants = access.requireMember(caller(), new Scope.Workspace(WORKSPACE));
            trail.readInClear(caller(), "credential.read", grants, WORKSPACE, List.of(id));
            return Document.of(Resource.of("credential", id, null).attribute("keys", "secret-4711"));
        }

        @GetMapping("/v2/flows")
        Document list() {
            return Document.list(List.of(), "/v2/flows");
        }
    }

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(store.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        store.close();
    }

    @BeforeEach
    void aService() {
        mongo = new MongoTemplate(client, "audit");
        mongo.dropCollection(MongoAuditOutbox.COLLECTION);
        trail = process();
        service = MockMvcBuilders.standaloneSetup(new Flows(trail))
                .addMappedInterceptors(new String[] {"/v2/**"}, new AuditInterceptor(trail, AuditActions.ofTable()))
                .setControllerAdvice(new AuditAdvice(trail), new ErrorHandler())
                .build();
        caller = SignedIn.as(Caller.Kind.USER, user, TENANT);
    }

    @AfterEach
    void signOut() {
        caller.close();
    }

    /** One of the service; what it tells in the background is left to the sweep here. */
    private AuditTrail process() {
        var outbox = new MongoAuditOutbox(mongo, JSON, clock);
        var relay = new AuditRelay(new Outbox(IDS, clock, JSON), this::hear);
        var teller = new AuditTeller(relay, AuditTeller.Failed.DROP, outbox::forget);
        return new AuditTrail(outbox, teller, relay, IDS, clock, "flow-service");
    }

    private void hear(Outgoing message) {
        if (away) {
            throw new IllegalStateException("The broker is away.");
        }
        JSON.readTree(message.body())
                .at("/payload/entries")
                .forEach(entry -> told.add(JSON.treeToValue(entry, AuditEntry.class)));
    }

    private int ask(String method, String path, String body) throws Exception {
        var asked = request(HttpMethod.valueOf(method), path)
                .header("X-Request-Id", "my-request")
                .header(AuditHeaders.IP, "192.0.2.7");
        return service.perform(
                        body.isEmpty()
                                ? asked
                                : asked.contentType(MediaType.APPLICATION_JSON).content(body))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private static String document(String attributes) {
        return "{\"data\":{\"type\":\"flow\",\"attributes\":" + attributes + "}}";
    }

    private List<AuditEntry> swept() {
        clock.advance(AuditTrail.LEFT_BEHIND.plusSeconds(1));
        trail.sweep();
        return told;
    }

    private long stored() {
        return mongo.getCollection(MongoAuditOutbox.COLLECTION).countDocuments();
    }

    @Test
    void aCreationSaysWhoMadeWhatAndWhere() throws Exception {
        var at = clock.instant();
        assertThat(ask("POST", "/v2/flows", document("{\"name\":\"Orders\",\"created_at\":\"x\",\"secret-4711\":1}")))
                .isEqualTo(201);

        assertThat(swept())
                .containsExactly(new AuditEntry(
                        told.getFirst().id(),
                        at,
                        "flow.create",
                        AuditOutcome.SUCCEEDED,
                        201,
                        new AuditActor("user", user, user + "@example.com"),
                        "flow",
                        FLOW,
                        new Place(TENANT, CONTRACT, WORKSPACE),
                        "192.0.2.7",
                        "my-request",
                        List.of("name"),
                        false));
        assertThat(stored()).isZero();
    }

    @Test
    void everyEndOfARequestHasOneEntryAndNoneHoldsAValue() throws Exception {
        assertThat(ask(
                        "PATCH",
                        "/v2/flows/" + FLOW,
                        document("{\"name\":\"secret-4711\",\"password\":\"secret-4711\"}")))
                .isEqualTo(200);
        assertThat(ask("PATCH", "/v2/flows/" + FLOW, document("{\"name\":\"bad\"}")))
                .isEqualTo(400);
        assertThat(ask("PATCH", "/v2/flows/" + FLOW, document("{\"name\":\"bug\"}")))
                .isEqualTo(500);
        assertThat(ask("PATCH", "/v2/flows/" + FLOW, "{\"secret-4711")).isEqualTo(400);
        assertThat(ask("DELETE", "/v2/flows/" + FLOW, "")).isEqualTo(204);
        assertThat(ask("POST", "/v2/flows/" + FLOW + "/start", "")).isEqualTo(404);
        assertThat(ask("GET", "/v2/flows", "")).isEqualTo(200);

        assertThat(swept())
                .extracting(entry ->
                        entry.action() + " " + entry.outcome().wire() + " " + entry.status() + " " + entry.changed())
                .containsExactlyInAnyOrder(
                        "flow.update succeeded 200 [name, password]",
                        "flow.update refused 400 []",
                        "flow.update failed 500 []",
                        "flow.update refused 400 []",
                        "flow.delete succeeded 204 []",
                        "flow.start refused 404 []");
        assertThat(told).allMatch(entry -> FLOW.equals(entry.objectId()));
        assertThat(told.toString()).doesNotContain("secret-4711");
        assertThat(told)
                .filteredOn(entry -> entry.action().equals("flow.delete"))
                .extracting(AuditEntry::place)
                .containsExactly(new Place(TENANT, CONTRACT, WORKSPACE));
    }

    @Test
    void aSecretIsShownOnlyWhenItsEntryIsStored() throws Exception {
        var credential = IDS.next();
        assertThat(ask("GET", "/v2/credentials/" + credential, "")).isEqualTo(200);

        assertThat(swept()).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("credential.read");
            assertThat(entry.objectType()).isEqualTo("credential");
            assertThat(entry.objectId()).isEqualTo(credential);
            assertThat(entry.outcome()).isEqualTo(AuditOutcome.SUCCEEDED);
            assertThat(entry.place()).isEqualTo(new Place(TENANT, CONTRACT, WORKSPACE));
            assertThat(entry.ip()).isEqualTo("192.0.2.7");
            assertThat(entry.requestId()).isEqualTo("my-request");
        });
    }

    @Test
    void ofAProcessThatDiedBetweenBeginningAndEndItIsToldThatTheRequestFailed() {
        var begun = new MockHttpServletRequest("POST", "/v2/flows/" + FLOW + "/stop");
        trail.begin(AuditActions.ofTable().of("POST", "/v2/flows/{id}/stop"), begun, CurrentCaller.find());

        assertThat(swept()).as("it may be at work still").isEmpty();
        clock.advance(AuditTrail.LONGEST_WORK);
        process().sweep();

        assertThat(told).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("flow.stop");
            assertThat(entry.objectId()).isEqualTo(FLOW);
            assertThat(entry.outcome()).isEqualTo(AuditOutcome.FAILED);
            assertThat(entry.status()).isNull();
            assertThat(entry.presumed()).isTrue();
        });
        assertThat(stored()).isZero();
    }

    @Test
    void whoWasThoughtDeadAndIsNotIsToldOfAllTheSame() {
        var slow = new MockHttpServletRequest("POST", "/v2/flows/" + FLOW + "/stop");
        trail.begin(AuditActions.ofTable().of("POST", "/v2/flows/{id}/stop"), slow, CurrentCaller.find());
        clock.advance(AuditTrail.LONGEST_WORK.plusSeconds(1));
        process().sweep();

        trail.end(AuditedRequest.of(slow).orElseThrow(), 202, null, Set.of());
        swept();

        assertThat(told).hasSize(2);
        assertThat(told.getLast().id()).isEqualTo(told.getFirst().id());
        assertThat(told.getLast().outcome()).isEqualTo(AuditOutcome.SUCCEEDED);
        assertThat(told.getLast().presumed()).isFalse();
    }

    @Test
    void nothingIsLostWhileTheBrokerIsAway() throws Exception {
        away = true;
        for (var n = 0; n < 250; n++) {
            ask("DELETE", "/v2/flows/" + FLOW, "");
        }
        clock.advance(AuditTrail.LEFT_BEHIND.plusSeconds(1));
        assertThatThrownBy(trail::sweep).isInstanceOf(IllegalStateException.class);
        assertThat(stored()).isEqualTo(250);

        away = false;

        assertThat(swept()).extracting(AuditEntry::id).hasSize(250).doesNotHaveDuplicates();
        assertThat(stored()).isZero();
    }

    @Test
    void theEntryHasTheIdentifierThatTheGatewayGaveIt() throws Exception {
        var given = IDS.next();
        service.perform(request(HttpMethod.DELETE, "/v2/flows/" + FLOW).header(AuditHeaders.ENTRY, given));

        assertThat(swept()).extracting(AuditEntry::id).containsExactly(given);
    }

    /** The gateway asks again, with the same identifier, when it got no answer. */
    @Test
    void whatIsAskedTwiceUnderOneIdentifierIsOneEntry() throws Exception {
        var given = IDS.next();
        for (var n = 0; n < 2; n++) {
            var answer = service.perform(
                            request(HttpMethod.DELETE, "/v2/flows/" + FLOW).header(AuditHeaders.ENTRY, given))
                    .andReturn();
            assertThat(answer.getResponse().getStatus()).isEqualTo(204);
        }

        assertThat(swept()).extracting(AuditEntry::id).containsExactly(given);
    }

    @Test
    void whatAServiceAsksOfAnotherIsNotAudited() throws Exception {
        try (var _ = SignedIn.as(Caller.Kind.SERVICE, "flow-service", TENANT)) {
            assertThat(ask("DELETE", "/v2/flows/" + FLOW, "")).isEqualTo(204);
        }

        assertThat(swept()).isEmpty();
    }

    @Test
    void whatNobodyKnownAsksForBelongsToWhomTheHandlerFindsOrToNobody() {
        var table = AuditActions.ofTable();
        var lost = new MockHttpServletRequest("POST", "/v2/invites/secret-4711/accept");
        var found = new MockHttpServletRequest("POST", "/v2/invites/secret-4711/accept");
        for (var one : List.of(lost, found)) {
            trail.begin(table.of("POST", "/v2/invites/{token}/accept"), one, Optional.empty());
        }
        var invite = IDS.next();
        resolve(found, invite);

        Stream.of(lost, found).forEach(one -> trail.end(AuditedRequest.of(one).orElseThrow(), 200, null, Set.of()));

        assertThat(swept()).singleElement().satisfies(entry -> {
            assertThat(entry.actor().id()).isEqualTo(user);
            assertThat(entry.objectId()).isEqualTo(invite);
            assertThat(entry.place()).isEqualTo(new Place(TENANT, CONTRACT, null));
        });
        assertThat(told.toString()).doesNotContain("secret-4711");
        assertThat(stored()).isZero();
    }

    private void resolve(MockHttpServletRequest request, String object) {
        during(request, () -> trail.resolved(user, "ann@example.com", new Place(TENANT, CONTRACT, null), object));
    }

    private static void during(MockHttpServletRequest request, Runnable work) {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        try {
            work.run();
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    @Test
    void whoIsRefusedBeforeAnybodyKnowsWhoItIsHasAnEntryOfWhatItWasAbout() {
        var refused = new MockHttpServletRequest("POST", "/v2/invites/secret-4711/accept");
        trail.begin(AuditActions.ofTable().of("POST", "/v2/invites/{token}/accept"), refused, Optional.empty());
        during(refused, () -> trail.found("joan@example.com", new Place(TENANT, CONTRACT, null), FLOW));

        trail.end(AuditedRequest.of(refused).orElseThrow(), 400, null, Set.of());

        assertThat(swept()).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(new AuditActor("user", null, "joan@example.com"));
            assertThat(entry.place()).isEqualTo(new Place(TENANT, CONTRACT, null));
            assertThat(entry.objectId()).isEqualTo(FLOW);
            assertThat(entry.outcome()).isEqualTo(AuditOutcome.REFUSED);
        });
    }

    @Test
    void whoseRequestItWasIsKnownAlsoWhenItsProcessDiesAfterThat() {
        var token = "5abbb9d4bc984b000739761a" + "x".repeat(43);
        var accepted = new MockHttpServletRequest("POST", "/v2/invites/" + token + "/accept");
        trail.begin(AuditActions.ofTable().of("POST", "/v2/invites/{token}/accept"), accepted, Optional.empty());
        resolve(accepted, FLOW);
        clock.advance(AuditTrail.LONGEST_WORK.plusSeconds(1));

        process().sweep();

        assertThat(told).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(new AuditActor("user", user, "ann@example.com"));
            assertThat(entry.place()).isEqualTo(new Place(TENANT, CONTRACT, null));
            assertThat(entry.objectId()).isEqualTo(FLOW);
            assertThat(entry.outcome()).isEqualTo(AuditOutcome.FAILED);
        });
        assertThat(told.toString()).doesNotContain(token);
    }

    @Test
    void whatAServiceDoesByItselfHasAnEntryWhenItWasDone() {
        var place = new Place(TENANT, null, null);

        trail.bySystem("user.delete", place, user, () -> false);
        trail.bySystem("user.delete", place, user, () -> true);

        assertThat(swept()).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo(new AuditActor("system", "flow-service", "flow-service"));
            assertThat(entry.outcome()).isEqualTo(AuditOutcome.SUCCEEDED);
            assertThat(entry.objectId()).isEqualTo(user);
        });
        assertThat(Duration.between(told.getFirst().at(), clock.instant())).isPositive();
    }
}
