package dev.weft.workspace.acceptance;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.id.Ids;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import dev.weft.workspace.inviterecord.InviteRepository;
import dev.weft.workspace.inviterecord.InviteTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

/** How who was invited comes in, without any credentials (api-v2 5.5). */
class AcceptanceIT {

    private static final Ids IDS = new Ids();
    private static final String NEWCOMER = """
        {"data":{"type":"user","attributes":{"first_name":"New","last_name":"Comer","password":"%s"}}}\
        """;
    private static final String GOOD = NEWCOMER.formatted("Secret-123!");

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static Person owner;
    private static String contract;
    private static String workspace;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        owner = tenancy.person("Olga");
        contract = tenancy.aContract(owner);
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

    /** Its id. */
    private static String invite(String email, String attributes) {
        return made(owner.client().post("/v2/contracts/" + contract + "/invites", """
            {"data":{"type":"contract-invite","attributes":{"email":"%s",%s}}}\
            """.formatted(email, attributes)));
    }

    private static String made(Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(201);
        return answer.id();
    }

    private static Answer accept(String token, String body) {
        return tenancy.server.call("POST", "/v2/invites/" + token + "/accept", body);
    }

    private static String token(String invite) {
        return tenancy.server.bean(InviteTokens.class).of(invite);
    }

    private static boolean isMember(String userId) {
        return ids(owner.client().get("/v2/contracts/" + contract + "/members").json())
                .contains(userId);
    }

    @Test
    void aStrangerBecomesAUserAndAMemberWithTheTokenOfTheMail() {
        var address = anAddress();
        invite(
                address,
                "\"roles\":[\"member\"],\"workspace_id\":\"%s\",\"workspace_roles\":[\"guest\"]".formatted(workspace));
        var token = tenancy.tokenOf(address);

        assertThat(accept(token, null).error()).isEqualTo("400 validation-failed /data");
        assertThat(accept(token, NEWCOMER.formatted("weak")).error())
                .isEqualTo("400 validation-failed /data/attributes/password");
        var accepted = accept(token, GOOD);

        assertThat(accepted.status()).as(accepted.json().toString()).isEqualTo(200);
        assertThat(accepted.at("/data/type").asString()).isEqualTo("contract-member");
        assertThat(accepted.attribute("email").asString()).isEqualTo(address);
        assertThat(texts(accepted.attribute("roles"))).containsExactly("member");
        assertThat(tenancy.others.hasJoined(accepted.id())).isTrue();
        assertThat(ids(owner.client()
                        .get("/v2/workspaces/" + workspace + "/members")
                        .json()))
                .contains(accepted.id());
        assertThat(accept(token, GOOD).error()).isEqualTo("404 not-found");
        assertThat(accept(token, GOOD).json().toString()).doesNotContain(token);
        assertThat(accept(token.substring(0, 60), GOOD).status()).isEqualTo(404);
        assertThat(accept("x".repeat(40), GOOD).status()).isEqualTo(404);
    }

    @Test
    void aUserOfThatAddressJoinsWithoutAWord() {
        var guest = tenancy.person("Gustav");
        var id = made(owner.client().post("/v2/workspaces/" + workspace + "/invites", """
            {"data":{"type":"workspace-invite","attributes":{"email":"gustav@example.com","roles":["integrator"]}}}\
            """));

        var accepted = accept(token(id), null);

        assertThat(accepted.status()).as(accepted.json().toString()).isEqualTo(200);
        assertThat(accepted.at("/data/type").asString()).isEqualTo("member");
        assertThat(texts(accepted.attribute("roles"))).containsExactly("integrator");
        assertThat(guest.client().get("/v2/contracts/" + contract).status()).isEqualTo(200);
        assertThat(guest.client().get("/v2/workspaces/" + workspace).status()).isEqualTo(200);
    }

    @Test
    void ofManyAcceptancesAtOnceOneJoins() {
        var id = invite(anAddress(), "\"roles\":[\"member\"]");
        var before = tenancy.others.made();

        var statuses = IntStream.range(0, 4)
                .parallel()
                .map(_ -> accept(token(id), GOOD).status())
                .sorted()
                .toArray();

        assertThat(statuses).containsExactly(200, 404, 404, 404);
        assertThat(tenancy.others.made()).isEqualTo(before + 1);
    }

    @Test
    void whoDiedWhileAcceptingLeavesATokenThatIsGoodAgainSoon() {
        var id = invite(anAddress(), "\"roles\":[\"member\"]");
        var invites = tenancy.server.bean(InviteRepository.class);
        assertThat(invites.claim(id, "dead", Duration.ofMinutes(1))).isPresent();

        assertThat(accept(token(id), GOOD).status()).isEqualTo(404);
        tenancy.server
                .bean(MongoTemplate.class)
                .updateFirst(
                        query(where("_id").is(id)),
                        new Update().set("claimedUntil", Instant.now().minusSeconds(1)),
                        "invites");
        assertThat(accept(token(id), GOOD).status()).isEqualTo(200);
    }

    @Test
    void aUserWhoWasMadeAndDidNotJoinJoinsTheNextTime() {
        var address = anAddress();
        var id = invite(address, "\"roles\":[\"member\"]");
        var user = IDS.next();
        tenancy.others.addUser(user, tenancy.id, address, "Made");
        tenancy.others.beginToDelete(user);

        var tooLate = accept(token(id), GOOD);
        assertThat(tooLate.error()).isEqualTo("409 conflict");
        assertThat(isMember(user)).isFalse();
        tenancy.others.forgetUser(user);
        var accepted = accept(token(id), GOOD);

        assertThat(accepted.status()).as(accepted.json().toString()).isEqualTo(200);
        assertThat(accepted.id()).isNotEqualTo(user);
    }

    @Test
    void whatWasWithdrawnDroppedOrIsTooOldIsNoInvite() {
        var withdrawn = invite(anAddress(), "\"roles\":[\"member\"]");
        assertThat(owner.client()
                        .delete("/v2/contracts/" + contract + "/invites/" + withdrawn)
                        .status())
                .isEqualTo(204);
        var old = invite(anAddress(), "\"roles\":[\"member\"]");
        var mongo = tenancy.server.bean(MongoTemplate.class);
        mongo.updateFirst(
                query(where("_id").is(old)),
                new Update().set("since", Instant.now().minus(Duration.ofDays(14))),
                "invites");

        assertThat(accept(token(withdrawn), GOOD).status()).isEqualTo(404);
        assertThat(accept(token(old), GOOD).status()).isEqualTo(404);
        assertThat(ids(owner.client()
                        .get("/v2/contracts/" + contract + "/invites")
                        .json()))
                .doesNotContain(old);
        tenancy.server.bean(InviteRepository.class).removeOfContract(IDS.next());
        assertThat(mongo.exists(query(where("_id").is(old)), "invites")).isTrue();
        tenancy.server.bean(InviteRepository.class).removeExpired();
        assertThat(mongo.exists(query(where("_id").is(old)), "invites")).isFalse();
    }

    @Test
    void nobodyJoinsASuspendedContractAndTheTokenStaysGood() {
        var boss = tenancy.person("Bertha");
        var place = tenancy.aContract(boss);
        var id = made(boss.client().post("/v2/contracts/" + place + "/invites", """
            {"data":{"type":"contract-invite","attributes":{"email":"%s","roles":["member"]}}}\
            """.formatted(anAddress())));
        tenancy.admin.client().call("POST", "/v2/contracts/" + place + "/suspend", null);

        assertThat(accept(token(id), GOOD).error()).isEqualTo("403 contract-suspended");
        tenancy.admin.client().call("POST", "/v2/contracts/" + place + "/unsuspend", null);
        assertThat(accept(token(id), GOOD).status()).isEqualTo(200);
    }

    @Test
    void whoBecameAMemberOfTheWorkspacesContractOnlyEntersTheWorkspace() {
        var known = tenancy.person("Known");
        tenancy.join(contract, known, "member");
        var list = "/v2/workspaces/" + workspace + "/invites";
        var id = made(owner.client().post(list, """
            {"data":{"type":"workspace-invite","attributes":{"email":"known@example.com","roles":["guest"]}}}\
            """));
        assertThat(ids(owner.client()
                        .get("/v2/contracts/" + contract + "/invites")
                        .json()))
                .as("he is in the contract")
                .doesNotContain(id);

        assertThat(accept(token(id), null).status()).isEqualTo(200);

        var left = tenancy.person("Leaver");
        tenancy.join(contract, left, "member");
        var lost = made(owner.client().post(list, """
            {"data":{"type":"workspace-invite","attributes":{"email":"leaver@example.com","roles":["guest"]}}}\
            """));
        assertThat(owner.client()
                        .delete("/v2/contracts/" + contract + "/members/" + left.id())
                        .status())
                .isEqualTo(204);
        assertThat(accept(token(lost), null).status()).isEqualTo(404);
        assertThat(isMember(left.id())).isFalse();
    }

    @Test
    void whoIsRemovedDoesNotComeBackByAnInviteFromBefore() {
        var removed = tenancy.person("Removed");
        var id = invite(
                "removed@example.com",
                "\"roles\":[\"owner\"],\"workspace_id\":\"%s\",\"workspace_roles\":[\"guest\"]".formatted(workspace));
        tenancy.join(contract, removed, "member");
        assertThat(owner.client()
                        .delete("/v2/contracts/" + contract + "/members/" + removed.id())
                        .status())
                .isEqualTo(204);

        assertThat(accept(token(id), null).status()).isEqualTo(404);
        assertThat(isMember(removed.id())).isFalse();
    }
}
