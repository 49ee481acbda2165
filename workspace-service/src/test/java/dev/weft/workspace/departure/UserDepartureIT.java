package dev.weft.workspace.departure;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.texts;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.deletion.Deletions;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.membership.Members;
import dev.weft.workspace.workspace.ContractDepartures;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** What is left of a deleted user (api-v2 4.5). */
class UserDepartureIT {

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        var listening = new CountDownLatch(1);
        ear = tenancy.server.bean(InstanceQueue.class).subscribe(heard::add, listening::countDown, Fact.values());
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    /** Twice, as a broker may. */
    private static void delete(Person person) {
        var gone = tenancy.server
                .bean(Outbox.class)
                .event(
                        Fact.USER_DELETED,
                        1,
                        new Outbox.Place(tenancy.id, null, null),
                        person.id(),
                        tenancy.admin.id(),
                        Map.of());
        tenancy.server.bean(ConfirmedPublisher.class).publish(gone);
        tenancy.server.bean(ConfirmedPublisher.class).publish(gone);
    }

    private static List<DomainEvent> told(String subject, String type) {
        return heard.stream()
                .filter(event ->
                        event.subjectId().equals(subject) && event.type().equals(type))
                .toList();
    }

    private static Document stored(String collection, String id) {
        return tenancy.server.bean(MongoTemplate.class).findById(id, Document.class, collection);
    }

    @Test
    void whatTheUserSharedWithAnotherOwnerPassesOn() {
        var leaver = tenancy.person("Leaver");
        var stayer = tenancy.person("Stayer");
        var contract = tenancy.aContract(leaver);
        tenancy.join(contract, stayer, "member");
        var workspace = tenancy.aWorkspace(leaver, contract);
        tenancy.enter(workspace, stayer, "owner");
        var credential = tenancy.aCredential(leaver, workspace);

        delete(leaver);

        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(ids(stayer.client()
                                .get("/v2/contracts/" + contract + "/members")
                                .json()))
                        .containsExactly(stayer.id()));
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(ids(stayer.client()
                                .get("/v2/workspaces/" + workspace + "/members")
                                .json()))
                        .containsExactly(stayer.id()));
        await().atMost(ofSeconds(30))
                .until(() -> stayer.client()
                        .get("/v2/credentials/" + credential)
                        .at("/data/relationships/user/data/id")
                        .asString()
                        .equals(stayer.id()));
        assertThat(texts(stayer.client()
                        .get("/v2/contracts/" + contract + "/members")
                        .at("/data/0/attributes/roles")))
                .as("a contract with members has an owner")
                .contains("owner");
        for (var place : List.of(workspace, contract)) {
            await().atMost(ofSeconds(30))
                    .until(() -> told(place, "membership.changed").stream()
                            .anyMatch(
                                    event -> stayer.id().equals(event.payload().get("heir_id"))));
        }
    }

    @Test
    void aWorkspaceWhoseLastOwnerGoesIsDeletedWithItsContent() {
        var leaver = tenancy.person("Leaver");
        var guest = tenancy.person("Guest");
        var contract = tenancy.aContract(leaver);
        tenancy.join(contract, guest, "owner");
        var workspace = tenancy.aWorkspace(leaver, contract);
        tenancy.enter(workspace, guest, "guest");
        var credential = tenancy.aCredential(leaver, workspace);

        delete(leaver);

        await().atMost(ofSeconds(30))
                .until(() -> guest.client().get("/v2/workspaces/" + workspace).status() == 404);
        await().atMost(ofSeconds(30)).until(() -> stored("credentials", credential) == null);
        await().atMost(ofSeconds(30))
                .until(() -> !told(workspace, "workspace.deleting").isEmpty());
        assertThat(told(workspace, "workspace.deleting")).hasSize(1);
        assertThat(guest.client().get("/v2/contracts/" + contract).status()).isEqualTo(200);
    }

    @Test
    void aWorkspaceOfAContractThatTheUserHadLeftPassesOnThoughTheDeletionIsHeardFirst() {
        var leaver = tenancy.person("Leaver");
        var stayer = tenancy.person("Stayer");
        var contract = tenancy.aContract(leaver);
        tenancy.join(contract, stayer, "owner");
        var workspace = tenancy.aWorkspace(leaver, contract);
        tenancy.enter(workspace, stayer, "guest");
        var credential = tenancy.aCredential(leaver, workspace);
        // The end of the membership is stored, and the word of it still on its way.
        tenancy.server
                .bean(ContractRepository.class)
                .change(
                        contract,
                        found -> new ChangedContract(found.with(found.members().afterLossOf(leaver.id())), List.of()));

        delete(leaver);

        await().atMost(ofSeconds(30))
                .until(() -> ids(stayer.client()
                                .get("/v2/workspaces/" + workspace + "/members")
                                .json())
                        .equals(List.of(stayer.id())));
        await().atMost(ofSeconds(30))
                .until(() -> stayer.client()
                        .get("/v2/credentials/" + credential)
                        .at("/data/relationships/user/data/id")
                        .asString()
                        .equals(stayer.id()));
        assertThat(told(workspace, "workspace.deleting")).isEmpty();
    }

    @Test
    void membershipsThatARequestStoredBeforeItsProcessDiedEndToo() {
        var leaver = tenancy.person("Leaver");
        var stayer = tenancy.person("Stayer");
        var contract = tenancy.aContract(stayer);
        var workspace = tenancy.aWorkspace(stayer, contract);
        delete(leaver);
        await().atMost(ofSeconds(30))
                .until(() -> tenancy.server.bean(Deletions.class).hasBegun(leaver.id()));

        // Both were permitted before, and nobody looks afterwards whether the user is still there.
        tenancy.server
                .bean(ContractRepository.class)
                .change(contract, found -> new ChangedContract(found.with(with(found.members(), leaver)), List.of()));
        tenancy.server
                .bean(WorkspaceRepository.class)
                .change(workspace, found -> new ChangedWorkspace(found.with(with(found.members(), leaver)), List.of()));

        for (var place : List.of("/v2/contracts/" + contract, "/v2/workspaces/" + workspace)) {
            await().atMost(ofSeconds(60))
                    .until(() ->
                            ids(stayer.client().get(place + "/members").json()).equals(List.of(stayer.id())));
        }
    }

    @Test
    void aMembershipOfAWorkspaceThatIsStoredAfterTheUserLeftTheContractEndsToo() {
        var leaver = tenancy.person("Leaver");
        var stayer = tenancy.person("Stayer");
        var contract = tenancy.aContract(stayer);
        tenancy.join(contract, leaver, "member");
        var workspace = tenancy.aWorkspace(stayer, contract);
        tenancy.admin.client().delete("/v2/contracts/" + contract + "/members/" + leaver.id());
        await().atMost(ofSeconds(30))
                .until(() -> tenancy.server.bean(Deletions.class).hasBegun(contract + ":" + leaver.id()));

        tenancy.server
                .bean(WorkspaceRepository.class)
                .change(workspace, found -> new ChangedWorkspace(found.with(with(found.members(), leaver)), List.of()));

        await().atMost(ofSeconds(60))
                .until(() -> ids(stayer.client()
                                .get("/v2/workspaces/" + workspace + "/members")
                                .json())
                        .equals(List.of(stayer.id())));
    }

    private static Members with(Members members, Person person) {
        return members.add(person.id(), List.of("owner"), Instant.EPOCH).orThrow();
    }

    @Test
    void aContractThatNobodyIsLeftInIsDeleted() {
        var leaver = tenancy.person("Leaver");
        var contract = tenancy.aContract(leaver);
        var workspace = tenancy.aWorkspace(leaver, contract);

        delete(leaver);

        await().atMost(ofSeconds(30))
                .until(() ->
                        tenancy.admin.client().get("/v2/contracts/" + contract).status() == 404);
        await().atMost(ofSeconds(30))
                .until(() -> tenancy.admin
                                .client()
                                .get("/v2/workspaces/" + workspace)
                                .status()
                        == 404);
        await().atMost(ofSeconds(30))
                .until(() -> !told(contract, "contract.deleting").isEmpty());
        assertThat(told(contract, "contract.deleting")).hasSize(1);
    }

    @Test
    void theDefaultContractStaysWhenNobodyIsLeftInIt() {
        var tenant = tenancy.admin.client();
        var leaver = tenancy.person("First");
        var opened = tenancy.server
                .bean(Outbox.class)
                .event(
                        Fact.TENANT_CREATED,
                        1,
                        new Outbox.Place(tenancy.id, null, null),
                        tenancy.id,
                        null,
                        Map.of("admin_user_id", leaver.id(), "code", "first"));
        tenancy.server.bean(ConfirmedPublisher.class).publish(opened);
        await().atMost(ofSeconds(30))
                .until(() -> ids(leaver.client().get("/v2/workspaces").json()).size() == 1);
        var contract = leaver.client().get("/v2/contracts").at("/data/0/id").asString();

        delete(leaver);

        await().atMost(ofSeconds(30))
                .until(() -> tenant.get("/v2/contracts/" + contract + "/members")
                        .at("/data")
                        .isEmpty());
        assertThat(tenant.get("/v2/contracts/" + contract).status()).isEqualTo(200);
    }

    @Test
    void endsThatAreAppliedAtTheSameTimeDoNotDisturbEachOther() {
        var leaver = tenancy.person("Leaver");
        var contract = tenancy.aContract(leaver);
        var workspaces = Stream.generate(() -> tenancy.aWorkspace(leaver, contract))
                .limit(20)
                .toList();
        tenancy.admin.client().delete("/v2/contracts/" + contract + "/members/" + leaver.id());

        var departures = tenancy.server.bean(ContractDepartures.class);
        var ended = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> departures.apply(contract, leaver.id(), "")))
                .toList();

        assertThat(ended).allMatch(CompletableFuture::join);
        assertThat(workspaces)
                .allMatch(id -> leaver.client().get("/v2/workspaces/" + id).status() == 404);
    }

    @Test
    void aUserWhoIsDeletedTwiceAtTheSameTimeLeavesNoContractBehind() {
        var leaver = tenancy.person("Leaver");
        var contracts =
                Stream.generate(() -> tenancy.aContract(leaver)).limit(20).toList();

        var departures = tenancy.server.bean(UserDepartures.class);
        var ended = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> departures.apply(leaver.id(), "")))
                .toList();

        ended.forEach(CompletableFuture::join);
        assertThat(contracts)
                .allMatch(
                        id -> tenancy.admin.client().get("/v2/contracts/" + id).status() == 404);
    }
}
