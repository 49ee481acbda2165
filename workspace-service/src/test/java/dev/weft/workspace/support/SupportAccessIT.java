package dev.weft.workspace.support;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.texts;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.Fact;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.workspacerecord.ChangedWorkspace;
import dev.weft.workspace.workspacerecord.WorkspaceRepository;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Support access to workspaces (api-v2 6.6). */
class SupportAccessIT {

    private static EmbeddedStore store;
    private static Tenancy tenancy;

    private final Person owner = tenancy.person("Owner");
    private final Person support = tenancy.person("Support");
    private final String contract = tenancy.aContract(owner);
    private final String workspace = tenancy.aWorkspace(owner, contract);
    private final String path = path(workspace);

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
    }

    @AfterAll
    static void stop() {
        tenancy.close();
        store.close();
    }

    @AfterEach
    void nobodySupportsTheTenant() {
        tenancy.others.setTenantSupport(null);
    }

    private static String path(String workspace) {
        return "/v2/workspaces/" + workspace + "/members/support";
    }

    private void name(Person supporter) {
        var named = tenancy.admin.client().patch("/v2/contracts/" + contract, """
                {"data":{"type":"contract","attributes":{"support_user_id":"%s"}}}""".formatted(supporter.id()));
        assertThat(named.status()).isEqualTo(200);
    }

    private List<String> members(String collection, String id) {
        return ids(tenancy.admin
                .client()
                .get("/v2/" + collection + "/" + id + "/members")
                .json());
    }

    @Test
    void withoutASupportUserThereIsNothingToGrant() {
        assertThat(owner.client().patch(path, null).error()).isEqualTo("409 invalid-state");
        assertThat(owner.client().delete(path).error()).isEqualTo("404 not-found");
        assertThat(owner.client().patch(path(support.id()), null).status()).isEqualTo(404);
    }

    @Test
    void theSupportUserBecomesOwnerOfContractAndWorkspace() {
        name(support);

        for (var time = 0; time < 2; time++) {
            var granted = owner.client().patch(path, "{\"ignored\":[]}");
            assertThat(granted.status()).isEqualTo(200);
            assertThat(granted.id()).isEqualTo(support.id());
            assertThat(granted.at("/data/type").asString()).isEqualTo("member");
            assertThat(granted.at("/data/links/self").asString()).isEqualTo("/v2/members/" + support.id());
            assertThat(texts(granted.attribute("roles"))).containsExactly("owner");
        }

        var ofContract = tenancy.admin
                .client()
                .get("/v2/contracts/" + contract + "/members")
                .at("/data")
                .valueStream()
                .filter(member -> member.path("id").asString().equals(support.id()))
                .toList();
        assertThat(ofContract)
                .singleElement()
                .satisfies(member ->
                        assertThat(texts(member.at("/attributes/roles"))).containsExactly("owner"));
        assertThat(support.client().get("/v2/workspaces/" + workspace).status()).isEqualTo(200);
        assertThat(tenancy.others.hasJoined(support.id())).isTrue();
    }

    @Test
    void theTenantsSupportUserHelpsWhereTheContractNamesNobody() {
        var ofContract = tenancy.person("Own support");
        tenancy.others.setTenantSupport(support.id());

        assertThat(owner.client().patch(path, null).id()).isEqualTo(support.id());
        name(ofContract);
        assertThat(owner.client().patch(path, null).id()).isEqualTo(ofContract.id());
    }

    @Test
    void aMemberWithOtherRolesBecomesOwnerAndKeepsThoseInTheContract() {
        tenancy.join(contract, support, "member");
        tenancy.enter(workspace, support, "guest");
        name(support);

        assertThat(texts(owner.client().patch(path, null).attribute("roles"))).containsExactly("owner");

        assertThat(texts(tenancy.admin
                        .client()
                        .get("/v2/contracts/" + contract + "/members")
                        .at("/data/1/attributes/roles")))
                .containsExactly("member");
    }

    @Test
    void itHasAPermissionOfItsOwn() {
        name(support);
        var integrator = tenancy.person("Integrator");
        var manager = tenancy.person("Manager");
        for (var person : List.of(integrator, manager)) {
            tenancy.join(contract, person, "member");
        }
        tenancy.enter(workspace, integrator, "integrator");
        tenancy.enter(workspace, manager, "admin");

        for (var refused : List.of(integrator, tenancy.admin)) {
            assertThat(refused.client()
                            .patch(path, null)
                            .at("/errors/0/meta/required_permission")
                            .asString())
                    .isEqualTo("workspaces.workspace.edit_membership_support");
            assertThat(refused.client().delete(path).status()).isEqualTo(403);
        }
        assertThat(tenancy.stranger().patch(path, null).status()).isEqualTo(404);
        // An admin gives the role owner to nobody but the support user (api-v2 3.4).
        assertThat(manager.client().patch(path, null).status()).isEqualTo(200);
        assertThat(manager.client().delete(path).status()).isEqualTo(204);
    }

    @Test
    void whoIsShownOutLeavesItsThingsAndAfterTheLastWorkspaceTheContract() {
        name(support);
        var other = tenancy.aWorkspace(owner, contract);
        owner.client().patch(path, null);
        owner.client().patch(path(other), null);
        var credential = tenancy.aCredential(support, workspace);

        assertThat(owner.client().delete(path).status()).isEqualTo(204);
        assertThat(owner.client().delete(path).status()).isEqualTo(404);

        assertThat(members("workspaces", workspace)).containsExactly(owner.id());
        assertThat(members("contracts", contract)).contains(support.id());
        await().atMost(ofSeconds(30))
                .until(() -> owner.client()
                        .get("/v2/credentials/" + credential)
                        .at("/data/relationships/user/data/id")
                        .asString()
                        .equals(owner.id()));

        assertThat(owner.client().delete(path(other)).status()).isEqualTo(204);

        assertThat(members("contracts", contract)).containsExactly(owner.id());
    }

    @Test
    void theLastOwnerStays() {
        name(support);
        owner.client().patch(path, null);
        assertThat(support.client()
                        .delete("/v2/workspaces/" + workspace + "/members/" + owner.id())
                        .status())
                .isEqualTo(204);
        assertThat(support.client().delete(path).error()).isEqualTo("409 invalid-state");

        assertThat(support.client()
                        .post("/v2/workspaces/" + workspace + "/members", Tenancy.member(owner.id(), "owner"))
                        .status())
                .isEqualTo(200);
        assertThat(support.client()
                        .patch(
                                "/v2/contracts/" + contract + "/members/" + owner.id(),
                                Tenancy.member(owner.id(), "member")
                                        .replace("\"member\",\"id\"", "\"contract-member\",\"id\""))
                        .status())
                .isEqualTo(200);
        assertThat(owner.client().delete(path).error()).as("of the contract").isEqualTo("409 invalid-state");
        assertThat(members("workspaces", workspace)).as("nothing has changed").contains(support.id());
    }

    @Test
    void inASuspendedContractNobodyIsLetInButMayBeShownOut() {
        name(support);
        owner.client().patch(path, null);
        tenancy.admin.client().post("/v2/contracts/" + contract + "/suspend", "");

        assertThat(owner.client().patch(path, null).error()).isEqualTo("403 contract-suspended");
        assertThat(owner.client().delete(path).status()).isEqualTo(204);
    }

    @Test
    void aSupportUserWhoIsGoneIsNobody() {
        name(support);
        tenancy.others.beginToDelete(support.id());

        assertThat(owner.client().patch(path, null).error()).isEqualTo("409 invalid-state");

        assertThat(members("contracts", contract)).containsExactly(owner.id());
        assertThat(members("workspaces", workspace)).containsExactly(owner.id());
    }

    /** The process died between the workspace and the contract. */
    @Test
    void whatACrashLeftInTheContractGoesByTheFact() {
        name(support);
        owner.client().patch(path, null);
        var workspaces = tenancy.server.bean(WorkspaceRepository.class);
        workspaces.change(
                workspace,
                current -> new ChangedWorkspace(
                        current.with(current.members().remove(support.id()).orThrow()), List.of()));
        var fact = tenancy.server
                .bean(Outbox.class)
                .event(
                        Fact.MEMBERSHIP_CHANGED,
                        9,
                        new Outbox.Place(tenancy.id, contract, workspace),
                        workspace,
                        owner.id(),
                        Map.of(
                                "scope",
                                "workspace",
                                "user_id",
                                support.id(),
                                "roles",
                                List.of(),
                                "heir_id",
                                owner.id(),
                                "support",
                                true));

        tenancy.server.bean(ConfirmedPublisher.class).publish(fact);

        await().atMost(ofSeconds(30)).until(() -> members("contracts", contract).equals(List.of(owner.id())));
    }

    /** In two workspaces at once, again and again: who is let in is in the contract, who is in none is not. */
    @Test
    void grantsAndRevocationsAtOnceLeaveNoHalf() {
        name(support);
        var other = tenancy.aWorkspace(owner, contract);
        for (var round = 0; round < 10; round++) {
            owner.client().patch(path, null);
            var both = Stream.of(
                            CompletableFuture.supplyAsync(() -> owner.client().delete(path)),
                            CompletableFuture.supplyAsync(() -> owner.client().patch(path(other), null)))
                    .map(CompletableFuture::join)
                    .map(Answer::status)
                    .toList();
            assertThat(both).containsExactly(204, 200);

            assertThat(members("contracts", contract)).contains(support.id());
            assertThat(members("workspaces", other)).contains(support.id());
            assertThat(owner.client().delete(path(other)).status()).isEqualTo(204);
            assertThat(members("contracts", contract)).containsExactly(owner.id());
        }
    }

    @Test
    void manyWhoShowOutAtOnceAreOne() {
        name(support);
        owner.client().patch(path, null);

        var statuses = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> owner.client().delete(path).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();

        assertThat(statuses).containsExactly(204, 404, 404, 404);
        assertThat(tenancy.server
                        .bean(ContractRepository.class)
                        .find(contract)
                        .orElseThrow()
                        .members()
                        .ids())
                .containsExactly(owner.id());
    }
}
