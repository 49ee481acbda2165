package dev.weft.workspace.deletion;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.deletion.DeletionScope;
import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.SetClock;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.home.DefaultContracts;
import dev.weft.workspace.membership.Members;
import dev.weft.workspace.workspacerecord.Workspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import dev.weft.workspace.workspacerecord.WorkspaceType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Deleting a contract (api-v2 5.4); the other services are played. */
class ContractDeletionIT {

    private static final List<String> OTHERS =
            List.of("flow-service", "execution-service", "component-registry", "identity-service");

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        var listening = new CountDownLatch(1);
        ear = tenancy.server
                .bean(InstanceQueue.class)
                .subscribe(
                        heard::add,
                        listening::countDown,
                        Fact.CONTRACT_DELETING,
                        Fact.CONTRACT_DELETED,
                        Fact.WORKSPACE_DELETING,
                        Fact.WORKSPACE_DELETED);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    private static List<DomainEvent> told(Fact fact, String subject) {
        // What two relays send at once comes twice.
        var ids = new HashSet<String>();
        return heard.stream()
                .filter(event ->
                        event.type().equals(fact.wire()) && event.subjectId().equals(subject))
                .filter(event -> ids.add(event.id()))
                .toList();
    }

    private static void acknowledge(DeletionScope scope, String id, String service) {
        var told = tenancy.server
                .bean(Outbox.class)
                .event(
                        Fact.DELETION_ACKNOWLEDGED,
                        1,
                        new Outbox.Place(tenancy.id, null, null),
                        id,
                        null,
                        Map.of("scope", scope.name().toLowerCase(Locale.ROOT), "service", service));
        tenancy.server.bean(ConfirmedPublisher.class).publish(told);
    }

    /** All others, each twice and in any order, as a broker may deliver it. */
    private static void acknowledge(DeletionScope scope, Collection<String> ids) {
        for (var service : OTHERS) {
            ids.forEach(id -> acknowledge(scope, id, service));
            ids.forEach(id -> acknowledge(scope, id, service));
        }
    }

    private static int delete(String contract) {
        return tenancy.admin.client().delete("/v2/contracts/" + contract).status();
    }

    private static boolean isStored(String collection, String field, String value) {
        return tenancy.server
                .bean(MongoTemplate.class)
                .exists(Query.query(Criteria.where(field).is(value)), collection);
    }

    @Test
    void aDeletedContractIsInvisibleAtOnceAndGoneWhenAllHaveLetGoOfIt() {
        var owner = tenancy.person("Owner");
        var member = tenancy.person("Member");
        var contract = tenancy.aContract(owner);
        tenancy.join(contract, member, "member");
        var workspaces = IntStream.range(0, 3)
                .mapToObj(_ -> tenancy.aWorkspace(owner, contract))
                .toList();
        var credential = tenancy.aCredential(owner, workspaces.getFirst());
        var other = tenancy.aContract(owner);
        var otherWorkspace = tenancy.aWorkspace(owner, other);
        var otherCredential = tenancy.aCredential(owner, otherWorkspace);
        var admin = tenancy.admin.client();

        assertThat(delete(contract)).isEqualTo(204);

        for (var path : List.of("/v2/contracts/" + contract, "/v2/contracts/" + contract + "/members")) {
            assertThat(admin.get(path).status()).as(path).isEqualTo(404);
            assertThat(owner.client().get(path).status()).as(path).isEqualTo(404);
        }
        for (var workspace : workspaces) {
            assertThat(owner.client().get("/v2/workspaces/" + workspace).status())
                    .isEqualTo(404);
        }
        assertThat(owner.client().get("/v2/credentials/" + credential).status()).isEqualTo(404);
        assertThat(ids(owner.client().get("/v2/workspaces").json())).containsExactly(otherWorkspace);
        assertThat(ids(owner.client().get("/v2/contracts").json())).containsExactly(other);
        assertThat(delete(contract)).as("a second time").isEqualTo(404);
        assertThat(owner.client()
                        .post("/v2/workspaces", Tenancy.workspaceIn(contract))
                        .status())
                .isEqualTo(404);

        await().until(() -> workspaces.stream()
                .noneMatch(id -> told(Fact.WORKSPACE_DELETING, id).isEmpty()));
        assertThat(told(Fact.CONTRACT_DELETING, contract)).hasSize(1);
        await().until(() -> !isStored("credentials", "workspace", workspaces.getFirst()));
        acknowledge(DeletionScope.CONTRACT, List.of(contract));
        // As long as one workspace is left the contract is.
        acknowledge(DeletionScope.WORKSPACE, workspaces.subList(1, 3));
        await().until(() ->
                !isStored("workspaces", "_id", workspaces.get(1)) && !isStored("workspaces", "_id", workspaces.get(2)));
        assertThat(told(Fact.CONTRACT_DELETED, contract)).isEmpty();
        acknowledge(DeletionScope.WORKSPACE, workspaces.subList(0, 1));

        await().until(() -> !told(Fact.CONTRACT_DELETED, contract).isEmpty());
        assertThat(told(Fact.CONTRACT_DELETED, contract).getFirst().payload())
                .isEqualTo(Map.of("member_ids", List.of(owner.id(), member.id())));
        await().until(() -> !isStored("contracts", "_id", contract));
        assertThat(isStored("workspaces", "contract", contract)).isFalse();
        assertThat(workspaces).allMatch(id -> told(Fact.WORKSPACE_DELETED, id).size() == 1);
        assertThat(owner.client().get("/v2/credentials/" + otherCredential).status())
                .isEqualTo(200);
        assertThat(owner.client().get("/v2/workspaces/" + otherWorkspace).status())
                .isEqualTo(200);
    }

    @Test
    void onlyWhoMayDeletesAContractAlsoASuspendedOne() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        var path = "/v2/contracts/" + contract;

        assertThat(owner.client().delete(path).error()).isEqualTo("403 forbidden");
        assertThat(tenancy.person("Other").client().delete(path).status()).isEqualTo(403);
        assertThat(tenancy.stranger().delete(path).status()).isEqualTo(404);
        assertThat(tenancy.admin.client().delete("/v2/contracts/none").status()).isEqualTo(404);

        // It is being suspended for as long as nobody says that its flows have stopped.
        assertThat(tenancy.admin.client().post(path + "/suspend", "").status()).isEqualTo(202);
        assertThat(delete(contract)).isEqualTo(204);
        assertThat(tenancy.admin.client().post(path + "/unsuspend", "").status())
                .isEqualTo(404);
    }

    @Test
    void aContractWhoseComponentsOthersUseStays() {
        var contract = tenancy.aContract(tenancy.person("Owner"));
        var path = "/v2/contracts/" + contract;
        var flow = new Ids().next();
        tenancy.others.useComponentOf(contract, new Ids().next(), List.of(flow));

        var refused = tenancy.admin.client().delete(path);

        assertThat(refused.error()).isEqualTo("409 in-use");
        assertThat(texts(refused.at("/errors/0/meta/flow_ids"))).containsExactly(flow);
        assertThat(tenancy.admin.client().get(path).status()).isEqualTo(200);

        tenancy.others.useComponentOf(contract, new Ids().next(), List.of());
        assertThat(delete(contract)).isEqualTo(204);
    }

    @Test
    void theDefaultContractGoesWithItsTenantOnly() {
        tenancy.server.bean(DefaultContracts.class).open(tenancy.id, null);

        var refused = tenancy.admin.client().delete("/v2/contracts/" + DefaultContracts.idOf(tenancy.id));

        assertThat(refused.error()).isEqualTo("409 invalid-state");
    }

    @Test
    void ofManyDeletionsAtOnceOneIsAccepted() {
        var contract = tenancy.aContract(tenancy.person("Owner"));

        var answers =
                IntStream.range(0, 8)
                        .mapToObj(_ -> CompletableFuture.supplyAsync(() -> delete(contract)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(answers).containsOnlyOnce(204).containsOnly(204, 404);
        await().until(() -> !told(Fact.CONTRACT_DELETING, contract).isEmpty());
        assertThat(told(Fact.CONTRACT_DELETING, contract)).hasSize(1);
    }

    @Test
    void aWorkspaceThatALateRequestMadeGoesToo() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        assertThat(delete(contract)).isEqualTo(204);
        await().until(() -> tenancy.server.bean(Deletions.class).hasBegun(contract));
        var members =
                Members.none().add(owner.id(), List.of("owner"), Instant.EPOCH).orThrow();
        var late = Workspace.open(new Ids().next(), tenancy.id, contract, "Late", WorkspaceType.FULL, members);

        tenancy.server.bean(WorkspaceRepository.class).insert(late, List.of());

        await().until(() -> !told(Fact.WORKSPACE_DELETING, late.id()).isEmpty());
    }

    @Test
    void whoDoesNotAnswerIsShownAndAskedAgainInGrowingPauses() {
        var owner = tenancy.person("Owner");
        var workspace = tenancy.aWorkspace(owner, tenancy.aContract(owner));
        assertThat(owner.client().delete("/v2/workspaces/" + workspace).status())
                .isEqualTo(204);
        acknowledge(DeletionScope.WORKSPACE, workspace, "flow-service");
        var places = tenancy.server.bean(DeletingPlaces.class);
        await().until(() -> places.find(DeletionScope.WORKSPACE, workspace)
                .filter(place -> place.asked() != null)
                .filter(place -> place.owing().equals(Set.of("execution-service")))
                .isPresent());
        var clock = new SetClock(Instant.now());
        var progress = new DeletionProgress(
                places, tenancy.server.bean(PlaceFacts.class), tenancy.server.bean(Deletions.class), clock);
        var meters = new SimpleMeterRegistry();
        var watch = new DeletionWatch(places, clock, meters);

        var told = told(Fact.WORKSPACE_DELETING, workspace).size();
        clock.advance(Duration.ofMinutes(2));
        progress.sweep();
        for (var times = 1; times <= 8; times++) {
            assertThat(timesAsked(workspace)).isEqualTo(times);
            clock.advance(Duration.ofMinutes(Math.min(60, 1 << (times - 1))).minusSeconds(1));
            progress.sweep();
            assertThat(timesAsked(workspace)).isEqualTo(times);
            clock.advance(Duration.ofSeconds(1));
            progress.sweep();
        }
        await().until(() -> told(Fact.WORKSPACE_DELETING, workspace).size() == told + 9);

        watch.look();
        assertThat(watch.waiting().get(workspace)).endsWith("owed by [execution-service]");
        assertThat(meters.get("weft.deletions.owed")
                        .tag("service", "execution-service")
                        .gauge()
                        .value())
                .isPositive();
        acknowledge(DeletionScope.WORKSPACE, workspace, "execution-service");
        await().until(() -> !isStored("workspaces", "_id", workspace));
        watch.look();
        assertThat(watch.waiting()).doesNotContainKey(workspace);
    }

    private static int timesAsked(String workspace) {
        return Objects.requireNonNull(tenancy.server
                        .bean(DeletingPlaces.class)
                        .find(DeletionScope.WORKSPACE, workspace)
                        .orElseThrow()
                        .asked())
                .times();
    }

    @Test
    void aWorkspaceThatAnOlderReleaseLeftInDeletionIsTakenUp() {
        var id = new Ids().next();
        tenancy.server
                .bean(MongoTemplate.class)
                .insert(
                        new Document("_id", id)
                                .append("tenant", tenancy.id)
                                .append("contract", new Ids().next())
                                .append("state", "deleting")
                                .append("members", List.of())
                                .append("revision", 4L)
                                .append("outbox", List.of()),
                        "workspaces");
        var progress = new DeletionProgress(
                tenancy.server.bean(DeletingPlaces.class),
                tenancy.server.bean(PlaceFacts.class),
                tenancy.server.bean(Deletions.class),
                new SetClock(Instant.now().plus(Duration.ofMinutes(3))));
        await().until(() -> tenancy.server
                .bean(DeletingPlaces.class)
                .find(DeletionScope.WORKSPACE, id)
                .filter(place -> place.asked() != null)
                .isPresent());

        progress.sweep();

        await().until(() -> !told(Fact.WORKSPACE_DELETING, id).isEmpty());
        assertThat(told(Fact.WORKSPACE_DELETING, id).getFirst().version()).isEqualTo(4);
        acknowledge(DeletionScope.WORKSPACE, List.of(id));
        await().until(() -> !isStored("workspaces", "_id", id));
    }
}
