package dev.weft.registry.team;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.StartedService;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.common.service.StartedService.Client;
import dev.weft.registry.RegistryNeighbours;
import dev.weft.registry.RegistryServer;
import dev.weft.registry.departure.TeamDepartures;
import dev.weft.registry.teamrecord.TeamRepository;
import dev.weft.store.EmbeddedStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

class TeamIT {

    private static final Ids IDS = new Ids();
    private static final String EDIT = "contracts.devTeam.edit";

    private static EmbeddedStore store;
    private static RegistryNeighbours others;
    private static StartedService server;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    private final String tenant = IDS.next();
    private final Person ada = new Person(IDS.next());
    private final Person ben = new Person(IDS.next());
    private final Person outsider = new Person(IDS.next());
    private String contract;

    /** A user of the tenant. */
    private final class Person {
        private final String id;
        private final Client client;

        private Person(String id) {
            this.id = id;
            this.client = server.as(others.bearer(id, tenant));
        }
    }

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        others = new RegistryNeighbours();
        server = RegistryServer.start(store, others);
        var listening = new CountDownLatch(1);
        ear = server.bean(InstanceQueue.class).subscribe(heard::add, listening::countDown, Fact.MEMBERSHIP_CHANGED);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        server.close();
        others.close();
        store.close();
    }

    @BeforeEach
    void aContractWithTwoMembers() {
        contract = others.aContract(tenant);
        others.join(contract, ada.id, EDIT);
        others.join(contract, ben.id);
    }

    private Answer create(Person by, String attributes) {
        return by.client.post("/v2/teams", """
            {"data":{"attributes":%s,"relationships":{"contract":{"data":{"type":"contract","id":"%s"}}}}}\
            """.formatted(attributes, contract));
    }

    private String aTeam() {
        var made = create(ada, "{}");
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        return made.id();
    }

    private static String members(String team) {
        return "/v2/teams/" + team + "/relationships/members";
    }

    private static String user(Person person) {
        return "{\"data\":{\"type\":\"user\",\"id\":\"" + person.id + "\"}}";
    }

    private static String patchOf(String team, String attributes) {
        return "{\"data\":{\"type\":\"team\",\"id\":\"" + team + "\",\"attributes\":" + attributes + "}}";
    }

    private static List<String> ids(Answer answer, String pointer) {
        return answer.at(pointer)
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    private List<String> usersOf(String team) {
        return ids(ada.client.get("/v2/teams/" + team), "/data/relationships/users/data");
    }

    private static void tell(Fact fact, String subject, Map<String, Object> payload) {
        var event =
                server.bean(Outbox.class).event(fact, 1, new Outbox.Place(null, subject, null), subject, null, payload);
        server.bean(ConfirmedPublisher.class).publish(event);
    }

    @Test
    void whoMakesATeamIsInIt() {
        var made = create(ada, "{}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("/data/attributes/name").asString()).matches("team-[0-9a-f]{6}");
        assertThat(made.at("/data/links/self").asString()).isEqualTo("/v2/teams/" + made.id());
        assertThat(made.at("/data/relationships/contract/data/id").asString()).isEqualTo(contract);
        assertThat(made.at("/data/relationships/components/data").isEmpty()).isTrue();
        assertThat(usersOf(made.id())).containsExactly(ada.id);
        await().atMost(ofSeconds(30)).until(() -> hasTold(made.id(), ada, List.of("member")));
    }

    private static boolean hasTold(String team, Person person, List<String> roles) {
        return heard.stream()
                .anyMatch(event -> event.subjectId().equals(team)
                        && "team".equals(event.payload().get("scope"))
                        && person.id.equals(event.payload().get("user_id"))
                        && roles.equals(event.payload().get("roles")));
    }

    @Test
    void refusesInTheOrderOfTheContract() {
        assertThat(ada.client
                        .post("/v2/teams", "{\"data\":{\"type\":\"team\"}}")
                        .error())
                .isEqualTo("400 validation-failed /data/relationships/contract");
        assertThat(create(ben, "{\"name\":\"a b\"}")
                        .at("/errors/0/meta/required_permission")
                        .asString())
                .isEqualTo(EDIT);
        assertThat(create(ada, "{\"name\":\"a b\"}").error()).isEqualTo("400 validation-failed /data/attributes/name");
        assertThat(create(ada, "{\"name\":\"weft\"}").error()).isEqualTo("409 already-exists /data/attributes/name");
        assertThat(ada.client.post("/v2/teams", """
            {"data":{"type":"flow","relationships":{"contract":{"data":{"id":"%s"}}}}}\
            """.formatted(contract)).error())
                .startsWith("409 type-mismatch");
        others.suspend(contract);
        assertThat(create(ada, "{}").error()).isEqualTo("403 contract-suspended");
        others.delete(contract);
        assertThat(create(ada, "{}").error()).startsWith("404");
    }

    @Test
    void aNameIsTakenOnceInATenantWhateverManyAskAtOnce() {
        var statuses = IntStream.range(0, 4)
                .parallel()
                .mapToObj(_ -> create(ada, "{\"name\":\"one-of-many\"}").status())
                .sorted()
                .toList();

        assertThat(statuses).containsExactly(201, 409, 409, 409);
        var other = aTeam();
        assertThat(ada.client
                        .patch("/v2/teams/" + other, patchOf(other, "{\"name\":\"one-of-many\"}"))
                        .error())
                .isEqualTo("409 already-exists /data/attributes/name");
        var elsewhere = new Ids().next();
        contract = others.aContract(elsewhere);
        others.join(contract, ada.id, EDIT);
        assertThat(server.as(others.bearer(ada.id, elsewhere))
                        .post("/v2/teams", """
                            {"data":{"attributes":{"name":"one-of-many"},
                              "relationships":{"contract":{"data":{"id":"%s"}}}}}\
                            """.formatted(contract))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void membersSeeTheirTeamsAndHoldersOfThePermissionAll() {
        var first = aTeam();
        var second = aTeam();
        var list = "/v2/teams?contract_id=" + contract;

        assertThat(ids(ada.client.get(list), "/data")).containsExactly(first, second);
        assertThat(ada.client.get(list + "&page[size]=1").at("/meta/total").asInt())
                .isEqualTo(2);
        assertThat(ids(ben.client.get(list), "/data")).isEmpty();
        assertThat(ben.client.get("/v2/teams/" + first).status()).isEqualTo(200);
        assertThat(outsider.client.get(list).status()).isEqualTo(403);
        assertThat(outsider.client.get("/v2/teams/" + first).status()).isEqualTo(403);
        assertThat(ada.client.get("/v2/teams").error()).startsWith("400 invalid-parameter");
        assertThat(ada.client.get(list + "&sort=name").status()).isEqualTo(400);
        assertThat(ada.client.get("/v2/teams?contract_id=" + IDS.next()).status())
                .isEqualTo(404);

        others.join(contract, ben.id, "contracts.devTeams.get");

        assertThat(ids(ben.client.get(list), "/data")).containsExactly(first, second);
        assertThat(ids(ben.client.get(list + "&page[size]=1&page[number]=2"), "/data"))
                .containsExactly(second);
    }

    @Test
    void aListDoesNotReadHowToLogInAtTheRegistries() {
        var team = aTeam();
        server.bean(MongoTemplate.class)
                .updateFirst(
                        Query.query(Criteria.where("_id").is(team)),
                        Update.update("registryUri", "r.example.com")
                                .set("registryCredentials", "nobody can unlock it"),
                        "teams");

        var listed = ada.client.get("/v2/teams?contract_id=" + contract);

        assertThat(listed.at("/data/0/attributes/docker_registry/uri").asString())
                .isEqualTo("r.example.com");
    }

    @Test
    void aTeamOfAnotherTenantIsNotThere() {
        var team = aTeam();
        var stranger = server.as(others.bearer(IDS.next(), IDS.next()));

        assertThat(stranger.get("/v2/teams/" + team).status()).isEqualTo(404);
        assertThat(stranger.patch("/v2/teams/" + team, patchOf(team, "{}")).status())
                .isEqualTo(404);
        assertThat(stranger.delete("/v2/teams/" + team, null).status()).isEqualTo(404);
        assertThat(stranger.post(members(team), user(ben)).status()).isEqualTo(404);
        assertThat(stranger.get("/v2/teams?contract_id=" + contract).status()).isEqualTo(404);
    }

    @Test
    void howToLogInAtTheRegistryIsNeverShownNorStoredInClear() {
        var team = aTeam();
        var path = "/v2/teams/" + team;

        var changed = ada.client.patch(path, patchOf(team, """
            {"docker_registry":{"uri":"r.example.com","credentials":{"password":"hush"}}}\
            """));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/data/attributes/docker_registry").toString()).isEqualTo("{\"uri\":\"r.example.com\"}");
        var stored = server.bean(MongoTemplate.class).findById(team, Document.class, "teams");
        assertThat(stored.getString("registryCredentials")).isNotEmpty().doesNotContain("hush");
        assertThat(server.bean(TeamRepository.class)
                        .find(team)
                        .orElseThrow()
                        .registry()
                        .credentials()
                        .reveal())
                .isEqualTo("{\"password\":\"hush\"}");
        assertThat(ada.client
                        .patch(path, patchOf(team, "{\"docker_registry\":{}}"))
                        .error())
                .isEqualTo("400 validation-failed /data/attributes/docker_registry/uri");
        assertThat(ada.client
                        .patch(
                                path,
                                patchOf(
                                        team,
                                        "{\"docker_registry\":{\"uri\":\"r\",\"credentials\":{\"a\":\"%s\"}}}"
                                                .formatted("x".repeat(16 * 1024))))
                        .error())
                .isEqualTo("400 validation-failed /data/attributes/docker_registry/credentials");
        assertThat(ada.client.patch(path, patchOf(IDS.next(), "{}")).error()).startsWith("409 id-mismatch");
        assertThat(ada.client.patch(path, "{\"data\":{\"type\":\"team\"}}").error())
                .isEqualTo("400 validation-failed /data/id");
        assertThat(ben.client.patch(path, patchOf(team, "{}")).status()).isEqualTo(403);
    }

    @Test
    void membersComeFromTheContractAndGo() {
        var team = aTeam();

        assertThat(ada.client.post(members(team), user(outsider)).error()).isEqualTo("400 validation-failed /data/id");
        assertThat(ada.client
                        .post(members(team), "{\"data\":{\"id\":\"" + ben.id + "\"}}")
                        .error())
                .isEqualTo("400 validation-failed /data/type");
        assertThat(ben.client.post(members(team), user(ben)).status()).isEqualTo(403);
        assertThat(ada.client.post(members(team), user(ben)).status()).isEqualTo(200);
        assertThat(ids(ada.client.post(members(team), user(ben)), "/data/relationships/users/data"))
                .containsExactlyInAnyOrder(ada.id, ben.id);
        assertThat(ids(ben.client.get("/v2/teams?contract_id=" + contract), "/data"))
                .containsExactly(team);

        others.suspend(contract);

        assertThat(ada.client.post(members(team), user(ben)).error()).isEqualTo("403 contract-suspended");
        assertThat(ada.client.delete(members(team), user(ben)).status())
                .as("access can be taken away in a suspended contract")
                .isEqualTo(204);
        assertThat(usersOf(team)).containsExactly(ada.id);
        assertThat(ada.client.delete(members(team), user(ben)).status()).isEqualTo(404);
        await().atMost(ofSeconds(30)).until(() -> hasTold(team, ben, List.of()));
    }

    @Test
    void aDeletedTeamIsGoneAndItsNameFree() {
        var team = create(ada, "{\"name\":\"short-lived\"}").id();

        assertThat(ben.client.delete("/v2/teams/" + team, null).status()).isEqualTo(403);
        assertThat(ada.client.delete("/v2/teams/" + team, null).status()).isEqualTo(204);
        assertThat(ada.client.get("/v2/teams/" + team).status()).isEqualTo(404);
        assertThat(create(ada, "{\"name\":\"short-lived\"}").status()).isEqualTo(201);
    }

    @Test
    void whoLeavesTheContractLeavesItsTeams() {
        var shared = aTeam();
        ada.client.post(members(shared), user(ben));
        others.join(contract, ben.id, EDIT);
        var own = create(ben, "{}").id();
        others.leave(contract, ben.id);

        tell(
                Fact.MEMBERSHIP_CHANGED,
                contract,
                Map.of("scope", "contract", "user_id", ben.id, "roles", List.of(), "heir_id", ada.id));

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(usersOf(shared)).containsExactly(ada.id));
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(usersOf(own))
                        .as("who inherits takes over teams that nobody else is in")
                        .containsExactly(ada.id));
        await().atMost(ofSeconds(30)).until(() -> hasTold(own, ada, List.of("member")));
    }

    @Test
    void whoLeavesTheContractInThatMomentIsLeftInNoTeam() {
        var team = aTeam();
        others.leaveAfter(1, ben.id);

        assertThat(ada.client.post(members(team), user(ben)).error()).isEqualTo("400 validation-failed /data/id");
        assertThat(usersOf(team)).containsExactly(ada.id);

        others.leaveAfter(0, ada.id);

        assertThat(create(ada, "{}").status()).isEqualTo(404);
        assertThat(ids(ada.client.get("/v2/teams?contract_id=" + contract), "/data"))
                .containsExactly(team);
    }

    @Test
    void whoIsBackInTheContractStays() {
        var team = aTeam();
        ada.client.post(members(team), user(ben));

        departures().leave(contract, ben.id, "", Optional.of(ada.id));

        assertThat(usersOf(team)).containsExactlyInAnyOrder(ada.id, ben.id);
    }

    @Test
    void whoInheritsAndLeavesTheContractTooIsLeftInNoTeam() {
        others.join(contract, ben.id, EDIT);
        var own = create(ben, "{}").id();
        var shared = aTeam();
        others.leave(contract, ben.id);
        others.leave(contract, ada.id);
        others.join(contract, outsider.id, "contracts.devTeams.get");

        departures().leave(contract, ben.id, "", Optional.of(ada.id));

        for (var team : List.of(own, shared)) {
            assertThat(ids(outsider.client.get("/v2/teams/" + team), "/data/relationships/users/data"))
                    .isEmpty();
        }
    }

    @Test
    void teamsThatGoMeanwhileDoNotDisturbADeparture() {
        var teams = Stream.generate(this::aTeam).limit(20).toList();
        others.leave(contract, ada.id);
        others.join(contract, ben.id, EDIT);

        var removal = CompletableFuture.runAsync(
                () -> teams.reversed().forEach(team -> ben.client.delete("/v2/teams/" + team, null)));
        departures().leave(contract, ada.id, "", Optional.empty());
        removal.join();

        assertThat(ids(ben.client.get("/v2/teams?contract_id=" + contract), "/data"))
                .isEmpty();
    }

    private static TeamDepartures departures() {
        return server.bean(TeamDepartures.class);
    }

    @Test
    void anIdOfAnotherTenantsTeamIsNotTaken() {
        var wish = """
            {"data":{"id":"%s","relationships":{"contract":{"data":{"id":"%s"}}}}}\
            """;
        var elsewhere = aTeam();
        server.bean(MongoTemplate.class)
                .updateFirst(query(where("_id").is(elsewhere)), Update.update("tenant", IDS.next()), "teams");

        assertThat(ada.client
                        .post("/v2/teams", wish.formatted(aTeam(), contract))
                        .error())
                .isEqualTo("409 already-exists /data/id");
        assertThat(ada.client
                        .post("/v2/teams", wish.formatted(elsewhere, contract))
                        .error())
                .isEqualTo("403 forbidden /data/id");
    }

    @Test
    void teamsOfADeletedContractGo() {
        var team = aTeam();
        others.delete(contract);

        assertThat(ada.client.get("/v2/teams/" + team).status()).isEqualTo(404);
        tell(Fact.CONTRACT_DELETING, contract, Map.of());

        await().atMost(ofSeconds(30))
                .until(() -> server.bean(TeamRepository.class).find(team).isEmpty());
        await().atMost(ofSeconds(30)).until(() -> acknowledged(contract));
    }

    private boolean acknowledged(String place) {
        return server.bean(MongoTemplate.class)
                .exists(Query.query(Criteria.where("_id").is(place).and("done").is(true)), "deletions");
    }

    @Test
    void whatAContractOwnsIsTold() {
        var owned = ada.client.get("/internal/contracts/" + contract + "/components");

        assertThat(owned.status()).isEqualTo(200);
        assertThat(owned.at("/component_ids").isArray()).isTrue();
        assertThat(owned.at("/component_ids")).isEmpty();
    }
}
