package dev.weft.workspace.invite;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.member;
import static dev.weft.workspace.Tenancy.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import dev.weft.workspace.contract.ContractFacts;
import dev.weft.workspace.contractrecord.ChangedContract;
import dev.weft.workspace.contractrecord.ContractRepository;
import dev.weft.workspace.inviterecord.Invite;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.permission.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Invites as those see them who make them (api-v2 5.5, 6.1), and the mails of this service. */
class InvitesIT {

    private static final Ids IDS = new Ids();

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static Person admin;
    private static Person owner;
    private static Person plain;
    private static String contract;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        admin = tenancy.admin;
        owner = tenancy.person("Olga");
        plain = tenancy.person("Paul");
        contract = tenancy.aContract(owner);
        tenancy.join(contract, plain, "member");
        workspace = tenancy.aWorkspace(owner, contract);
    }

    @AfterAll
    static void stop() {
        tenancy.close();
        store.close();
    }

    private static String anAddress() {
        return "invited-" + IDS.next() + "@example.com";
    }

    private static String invites(String of) {
        return "/v2/contracts/" + of + "/invites";
    }

    private static String wish(String email, String roles, String more) {
        return "{\"data\":{\"type\":\"contract-invite\",\"attributes\":{\"email\":\"" + email + "\",\"roles\":" + roles
                + more + "}}}";
    }

    private static Answer invite(Person by, String email, String... roles) {
        return by.client().post(invites(contract), wish(email, quoted(roles), ""));
    }

    private static String quoted(String... roles) {
        return "[\"" + String.join("\",\"", roles) + "\"]";
    }

    private static String change(String id, String attributes) {
        return "{\"data\":{\"type\":\"contract-invite\",\"id\":\"" + id + "\",\"attributes\":{" + attributes + "}}}";
    }

    @Test
    void anAddressIsNotMailedWithoutEnd() {
        var address = anAddress();
        for (var n = 0; n < 10; n++) {
            var made = invite(owner, address, "member");
            assertThat(made.status()).isEqualTo(201);
            if (n == 0) {
                assertThat(invite(owner, address, "member").status())
                        .as("no mail")
                        .isEqualTo(409);
            }
            if (n == 9) {
                assertThat(invite(owner, address, "member").error())
                        .as("that it is invited is said whatever is counted")
                        .isEqualTo("409 already-exists /data/attributes/email");
            }
            assertThat(owner.client()
                            .delete(invites(contract) + "/" + made.id())
                            .status())
                    .isEqualTo(204);
        }

        assertThat(invite(owner, address, "member").error()).isEqualTo("403 quota-exceeded");
        assertThat(invite(owner, anAddress(), "member").status()).isEqualTo(201);
    }

    @Test
    void anInviteThatIsRefusedIsNoMail() {
        var place = tenancy.aContract(owner);
        var address = anAddress();
        var operator = tenancy.server.as(tenancy.others.bearer("service-account", IDS.next(), null));
        var quota = "/v2/quotas/per_contract_user_count_limit/" + tenancy.id + "." + place;
        var limit = "{\"data\":{\"type\":\"quota\",\"attributes\":{\"limit\":%d}}}";
        assertThat(operator.call("PUT", quota, limit.formatted(1)).status()).isEqualTo(200);
        for (var n = 0; n < 10; n++) {
            var refused = owner.client().post(invites(place), wish(address, "[\"member\"]", ""));
            assertThat(refused.error()).isEqualTo("403 quota-exceeded");
        }
        assertThat(operator.call("PUT", quota, limit.formatted(100)).status()).isEqualTo(200);

        assertThat(owner.client()
                        .post(invites(place), wish(address, "[\"member\"]", ""))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void aMailIsTakenBackOnTheDayOnWhichItWasCounted() {
        var repository = tenancy.server.bean(InviteRepository.class);
        var address = anAddress();
        var late = of(contract, address, Instant.parse("2126-01-01T23:59:59Z"));
        var early = of(contract, address, Instant.parse("2126-01-02T00:00:01Z"));
        assertThat(List.of(repository.countMail(late, 1), repository.countMail(early, 1)))
                .containsOnly(true);

        repository.takeBackMail(late);

        assertThat(repository.countMail(early, 1)).isFalse();
        assertThat(repository.countMail(late, 1)).isTrue();
    }

    private static Invite of(String place, String address, Instant since) {
        return new Invite(IDS.next(), tenancy.id, place, address, place, List.of("member"), null, owner.id(), since, 0);
    }

    @Test
    void anInviteIsMadeShownChangedAndWithdrawn() {
        var address = anAddress();
        var made = invite(owner, "  " + address.toUpperCase(Locale.ROOT) + " ", "member", "admin", "member");
        var path = invites(contract) + "/" + made.id();

        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.attribute("email").asString()).isEqualTo(address);
        assertThat(texts(made.attribute("roles"))).containsExactly("member", "admin");
        assertThat(made.at("/data/attributes/workspace_id").isMissingNode()).isTrue();
        assertThat(invite(owner, address, "member").error()).isEqualTo("409 already-exists /data/attributes/email");
        assertThat(ids(plain.client().get(invites(contract)).json())).contains(made.id());
        var single = plain.client().get("/v2/contracts/" + contract + "?include=members,invites");
        var related = single.at("/data/relationships/invites/data")
                .valueStream()
                .map(one -> one.path("type").asString() + " " + one.path("id").asString())
                .toList();
        var included = single.at("/included")
                .valueStream()
                .map(one -> one.path("type").asString() + " " + one.path("id").asString())
                .filter(one -> one.startsWith("contract-invite"))
                .toList();
        assertThat(related).contains("contract-invite " + made.id()).isEqualTo(included);
        assertThat(plain.client()
                        .get("/v2/contracts/" + contract + "?include=teams")
                        .status())
                .isEqualTo(400);

        assertThat(plain.client()
                        .patch(path, change(made.id(), "\"roles\":[\"admin\"]"))
                        .status())
                .isEqualTo(403);
        assertThat(owner.client().patch(path, wish("x", "[\"member\"]", "")).error())
                .isEqualTo("400 validation-failed /data/id");
        assertThat(owner.client()
                        .patch(path, change(IDS.next(), "\"roles\":[\"admin\"]"))
                        .error())
                .isEqualTo("409 id-mismatch /data/id");
        assertThat(owner.client().patch(path, change(made.id(), "\"roles\":[]")).status())
                .isEqualTo(400);
        assertThat(texts(owner.client()
                        .patch(path, change(made.id(), "\"roles\":[\"admin\"]"))
                        .attribute("roles")))
                .containsExactly("admin");
        assertThat(texts(owner.client().patch(path, change(made.id(), "")).attribute("roles")))
                .containsExactly("admin");

        assertThat(plain.client().delete(path).status()).isEqualTo(403);
        assertThat(tenancy.stranger().delete(path).status()).isEqualTo(404);
        var elsewhere = tenancy.aContract(owner);
        assertThat(owner.client().delete(invites(elsewhere) + "/" + made.id()).status())
                .isEqualTo(404);
        assertThat(owner.client().delete(path).status()).isEqualTo(204);
        assertThat(owner.client().delete(path).status()).isEqualTo(404);
        assertThat(ids(owner.client().get(invites(contract)).json())).doesNotContain(made.id());
        assertThat(invite(admin, address, "member").status()).isEqualTo(201);
    }

    @Test
    void whatCanNotBeInvitedIsRefused() {
        var elsewhere = tenancy.aContract(owner);
        var foreign = tenancy.aWorkspace(owner, elsewhere);
        tenancy.others.addUser(IDS.next(), IDS.next(), "abroad@example.com", "Abroad");

        assertThat(owner.client()
                        .post(invites(contract), "{\"data\":{\"type\":\"contract-invite\",\"attributes\":{}}}")
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.at("/source/pointer").asString()))
                .containsExactly("/data/attributes/email", "/data/attributes/roles");
        assertThat(invite(owner, "nobody", "king").at("/errors"))
                .as("all faults at once")
                .hasSize(2);
        assertThat(invite(owner, "a@refused.example", "member").error())
                .isEqualTo("400 validation-failed /data/attributes/email");
        assertThat(invite(owner, anAddress(), "integrator").status())
                .as("a role of workspaces")
                .isEqualTo(400);
        assertThat(invite(owner, "paul@example.com", "member").error())
                .isEqualTo("409 already-exists /data/attributes/email");
        assertThat(invite(owner, "abroad@example.com", "member").error())
                .isEqualTo("409 already-exists /data/attributes/email");
        assertThat(invite(plain, anAddress(), "member").status()).isEqualTo(403);
        assertThat(into(owner, workspace, "").error())
                .isEqualTo("400 validation-failed /data/attributes/workspace_roles");
        assertThat(into(owner, foreign, "[\"guest\"]").error())
                .isEqualTo("400 validation-failed /data/attributes/workspace_id");
        assertThat(into(owner, IDS.next(), "[\"guest\"]").status()).isEqualTo(400);
        assertThat(into(owner, workspace, "[\"member\"]").error())
                .isEqualTo("400 validation-failed /data/attributes/workspace_roles");
        assertThat(into(admin, workspace, "[\"guest\"]").status())
                .as("who can not let people into the workspace")
                .isEqualTo(403);
        assertThat(owner.client()
                        .post(
                                invites(contract),
                                wish(anAddress(), "[\"member\"]", "").replace("-invite", "-member"))
                        .status())
                .isEqualTo(409);
        var both = into(owner, workspace, "[\"guest\"]");
        assertThat(both.status()).isEqualTo(201);
        assertThat(both.attribute("workspace_id").asString()).isEqualTo(workspace);
        assertThat(ids(owner.client()
                        .get("/v2/workspaces/" + workspace + "/invites")
                        .json()))
                .contains(both.id());
    }

    private static Answer into(Person by, String place, String roles) {
        var more = ",\"workspace_id\":\"" + place + "\"" + (roles.isEmpty() ? "" : ",\"workspace_roles\":" + roles);
        return by.client().post(invites(contract), wish(anAddress(), "[\"member\"]", more));
    }

    @Test
    void onlyAnOwnerInvitesOwnersAndTheFirstIsOne() {
        var manager = tenancy.person("Manager");
        tenancy.join(contract, manager, "admin");
        var empty = admin.client()
                .post("/v2/contracts", Tenancy.contractNamed("Empty"))
                .id();

        assertThat(invite(manager, anAddress(), "owner").status()).isEqualTo(403);
        var pending = invite(owner, anAddress(), "owner");
        assertThat(pending.status()).isEqualTo(201);
        assertThat(manager.client()
                        .patch(invites(contract) + "/" + pending.id(), change(pending.id(), "\"roles\":[\"member\"]"))
                        .status())
                .isEqualTo(403);
        assertThat(admin.client()
                        .post(invites(empty), wish(anAddress(), "[\"member\"]", ""))
                        .error())
                .isEqualTo("409 invalid-state");
        var first = admin.client().post(invites(empty), wish(anAddress(), "[\"owner\"]", ""));
        assertThat(first.status()).isEqualTo(201);
        assertThat(admin.client()
                        .post(invites(empty), wish(anAddress(), "[\"member\"]", ""))
                        .status())
                .isEqualTo(201);
        assertThat(admin.client()
                        .patch(invites(empty) + "/" + first.id(), change(first.id(), "\"roles\":[\"member\"]"))
                        .error())
                .isEqualTo("409 invalid-state");
    }

    @Test
    void ofTwoInvitesOfOneAddressAtOnceOneIsMade() {
        var address = anAddress();

        var statuses = IntStream.range(0, 4)
                .parallel()
                .map(_ -> invite(owner, address, "member").status())
                .sorted()
                .toArray();

        assertThat(statuses).containsExactly(201, 409, 409, 409);
        await().until(() -> !tenancy.mailsTo(address).isEmpty());
        assertThat(tenancy.mailsTo(address)).hasSize(1);
    }

    @Test
    void whoBecomesAMemberMeanwhileIsNotInvited() {
        var late = tenancy.person("Late");
        var contracts = tenancy.server.bean(ContractRepository.class);
        tenancy.others.meanwhile(() -> contracts.change(contract, found -> {
            var members = found.members().add(late.id(), List.of("member"), Instant.now());
            return new ChangedContract(found.with(members.orThrow()), List.of());
        }));

        assertThat(invite(owner, "late@example.com", "member").error())
                .isEqualTo("409 already-exists /data/attributes/email");

        var invited = tenancy.person("Early");
        var pending = invite(owner, "early@example.com", "member");
        assertThat(pending.status()).isEqualTo(201);
        tenancy.join(contract, invited, "member");
        assertThat(ids(owner.client().get(invites(contract)).json())).doesNotContain(pending.id());
    }

    @Test
    void aWorkspacesInvitesLeadIntoItsContractToo() {
        var list = "/v2/workspaces/" + workspace + "/invites";
        var address = anAddress();
        var made = owner.client().post(list, intoWorkspace(address, "guest"));
        var path = list + "/" + made.id();

        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.at("/data/links/self").asString()).isEqualTo(path);
        assertThat(texts(made.attribute("roles"))).containsExactly("guest");
        assertThat(owner.client().post(list, intoWorkspace(address, "guest")).error())
                .isEqualTo("409 already-exists /data/attributes/email");
        assertThat(owner.client()
                        .post(list, intoWorkspace("olga@example.com", "guest"))
                        .status())
                .isEqualTo(409);
        assertThat(owner.client()
                        .post(list, intoWorkspace(anAddress(), "member"))
                        .error())
                .isEqualTo("400 validation-failed /data/attributes/roles");
        assertThat(owner.client().get(path).id()).isEqualTo(made.id());
        var single = owner.client().get("/v2/workspaces/" + workspace + "?include=invites");
        assertThat(single.at("/data/relationships/invites/data")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .contains(made.id())
                .containsExactlyElementsOf(single.at("/included")
                        .valueStream()
                        .map(one -> one.path("id").asString())
                        .toList());
        assertThat(ids(owner.client().get(invites(contract)).json())).contains(made.id());
        assertThat(plain.client().get(list).status()).isEqualTo(403);
        assertThat(plain.client().get(path).status()).isEqualTo(403);
        assertThat(admin.client().get(list).status()).isEqualTo(200);
        assertThat(admin.client()
                        .post(list, intoWorkspace(anAddress(), "guest"))
                        .status())
                .isEqualTo(403);
        tenancy.enter(workspace, plain, "admin");
        assertThat(plain.client()
                        .post(list, intoWorkspace(anAddress(), "guest"))
                        .status())
                .as("who can not let people into the contract")
                .isEqualTo(403);
        assertThat(plain.client().delete(path).status()).isEqualTo(204);
        assertThat(owner.client().get(path).status()).isEqualTo(404);
        assertThat(owner.client()
                        .delete("/v2/workspaces/" + workspace + "/members/" + plain.id())
                        .status())
                .isEqualTo(204);
    }

    private static String intoWorkspace(String email, String role) {
        return wish(email, quoted(role), "").replace("contract-invite", "workspace-invite");
    }

    @Test
    void whatNamesADroppedRoleOrADeletedPlaceEnds() {
        var boss = tenancy.person("Boss");
        var place = tenancy.aContract(boss);
        var room = tenancy.aWorkspace(boss, place);
        var dropped = boss.client().post(invites(place), wish(anAddress(), "[\"member\",\"admin\"]", ""));
        var kept = boss.client()
                .post(
                        invites(place),
                        wish(
                                anAddress(),
                                "[\"member\"]",
                                ",\"workspace_id\":\"" + room + "\",\"workspace_roles\":[\"guest\"]"));
        var inRoom = boss.client().post("/v2/workspaces/" + room + "/invites", intoWorkspace(anAddress(), "guest"));
        assertThat(List.of(dropped.status(), kept.status(), inRoom.status())).containsOnly(201);

        assertThat(admin.client().patch("/v2/contracts/" + place, """
            {"data":{"type":"contract","attributes":{"available_roles":[
              {"scope":"contracts","role":"member"},{"scope":"workspaces","role":"guest"}]}}}\
            """).status()).isEqualTo(200);
        assertThat(ids(boss.client().get(invites(place)).json())).containsExactly(kept.id(), inRoom.id());

        assertThat(boss.client().delete("/v2/workspaces/" + room).status()).isEqualTo(204);
        await().untilAsserted(() -> {
            var left = boss.client().get(invites(place));
            assertThat(ids(left.json())).containsExactly(kept.id());
            assertThat(left.at("/data/0/attributes/workspace_id").isMissingNode())
                    .isTrue();
        });

        tenancy.server.bean(InviteEnds.class).dropNaming(tenancy.id, RoleName.ofWorkspace("member"));
        assertThat(ids(boss.client().get(invites(place)).json())).hasSize(1);
        tenancy.server.bean(InviteEnds.class).dropNaming(IDS.next(), RoleName.ofContract("member"));
        assertThat(ids(boss.client().get(invites(place)).json())).hasSize(1);
        tenancy.server.bean(InviteEnds.class).dropNaming(tenancy.id, RoleName.ofContract("member"));
        assertThat(ids(boss.client().get(invites(place)).json())).isEmpty();
    }

    @Test
    void aContractHasAThousandPendingInvitesAtMost() {
        var place = tenancy.aContract(owner);
        var repository = tenancy.server.bean(InviteRepository.class);
        IntStream.range(0, 1_000)
                .mapToObj(_ -> of(place, anAddress(), Instant.now()))
                .forEach(repository::insert);

        var refused = owner.client().post(invites(place), wish(anAddress(), "[\"member\"]", ""));

        assertThat(refused.error()).isEqualTo("403 quota-exceeded");
        assertThat(refused.at("/errors/0/meta/limit").asInt()).isEqualTo(1_000);
        assertThat(repository.remove(repository.ofContract(place).getFirst().id()))
                .isTrue();
        assertThat(owner.client()
                        .post(invites(place), wish(anAddress(), "[\"member\"]", ""))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void inASuspendedContractInvitesAreOnlyWithdrawn() {
        var boss = tenancy.person("Sue");
        var place = tenancy.aContract(boss);
        var pending = boss.client().post(invites(place), wish(anAddress(), "[\"member\"]", ""));
        admin.client().call("POST", "/v2/contracts/" + place + "/suspend", null);

        assertThat(boss.client()
                        .post(invites(place), wish(anAddress(), "[\"member\"]", ""))
                        .error())
                .isEqualTo("403 contract-suspended");
        assertThat(boss.client()
                        .patch(invites(place) + "/" + pending.id(), change(pending.id(), "\"roles\":[\"admin\"]"))
                        .error())
                .isEqualTo("403 contract-suspended");
        assertThat(boss.client().delete(invites(place) + "/" + pending.id()).status())
                .isEqualTo(204);
    }

    @Test
    void peopleAreToldByMailAndOnce() {
        var boss = tenancy.person("Maria");
        var place = tenancy.aContract(boss);
        var added = tenancy.person("Added");
        tenancy.join(place, added, "member");
        var room = tenancy.aWorkspace(boss, place);
        var contracts = tenancy.server.bean(ContractRepository.class);

        assertThat(boss.client()
                        .post("/v2/workspaces/" + room + "/members", member(added.id(), "guest"))
                        .status())
                .isEqualTo(200);
        assertThat(boss.client()
                        .patch("/v2/workspaces/" + room + "/members/" + added.id(), member(added.id(), "integrator"))
                        .status())
                .isEqualTo(200);
        admin.client().call("POST", "/v2/contracts/" + place + "/suspend", null);
        var again = tenancy.server
                .bean(ContractFacts.class)
                .suspendingStill(contracts.find(place).orElseThrow());
        tenancy.server.bean(ConfirmedPublisher.class).publish(again);
        await().until(() -> tenancy.mailsTo("maria@example.com").size() == 1);
        admin.client().call("POST", "/v2/contracts/" + place + "/unsuspend", null);

        await().until(() -> tenancy.mailsTo("maria@example.com").size() == 2);
        assertThat(tenancy.mailsTo("added@example.com"))
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .startsWith("You are a member of the workspace Workspace\n")
                        .contains("Hello Added Tester,")
                        .contains("https://weft.example/console/workspaces/" + room));
    }
}
