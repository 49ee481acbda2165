package dev.weft.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.audit.AuditEntry;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox.Place;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.inviterecord.InviteTokens;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service tells the audit trail of requests, over the real broker. */
class AuditOutboxIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<AuditEntry> told = new CopyOnWriteArrayList<>();

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static InstanceSubscription ear;

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        var listening = new CountDownLatch(1);
        ear = tenancy.server
                .bean(InstanceQueue.class)
                .subscribe(AuditOutboxIT::hear, listening::countDown, Fact.AUDIT_RECORDED);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    private static void hear(DomainEvent event) {
        JsonNode entries = JSON.valueToTree(event.payload().get("entries"));
        entries.forEach(entry -> told.add(JSON.treeToValue(entry, AuditEntry.class)));
    }

    private static List<AuditEntry> of(String object) {
        return told.stream().filter(entry -> object.equals(entry.objectId())).toList();
    }

    private static String words(AuditEntry entry) {
        return entry.action() + " " + entry.outcome().wire() + " " + entry.status() + " by "
                + entry.actor().id();
    }

    @Test
    void changesAreToldWithTheirPlaceAndReadingsOfSecretsByWhoSeesThem() {
        var owner = tenancy.person("Olga");
        var guest = tenancy.person("Gus");
        var contract = tenancy.aContract(owner);
        tenancy.join(contract, guest, "member");
        var workspace = tenancy.aWorkspace(owner, contract);
        tenancy.enter(workspace, guest, "guest");
        var credential = tenancy.aCredential(owner, workspace);
        var path = "/v2/credentials/" + credential;

        assertThat(guest.client().get(path).status()).isEqualTo(200);
        assertThat(guest.client().delete(path).status()).isEqualTo(403);
        assertThat(owner.client().get(path).status()).isEqualTo(200);
        assertThat(owner.client()
                        .get("/v2/credentials?workspace_id=" + workspace)
                        .status())
                .isEqualTo(200);
        assertThat(owner.client().delete(path).status()).isEqualTo(204);

        await().until(() -> of(credential).size() == 5);
        assertThat(of(credential))
                .extracting(AuditOutboxIT::words)
                .containsExactlyInAnyOrder(
                        "credential.create succeeded 201 by " + owner.id(),
                        "credential.delete refused 403 by " + guest.id(),
                        "credential.read succeeded 200 by " + owner.id(),
                        "credential.read succeeded 200 by " + owner.id(),
                        "credential.delete succeeded 204 by " + owner.id());
        assertThat(of(credential)).allSatisfy(entry -> {
            assertThat(entry.place().tenantId()).isEqualTo(tenancy.id);
            assertThat(entry.place().contractId()).isEqualTo(contract);
            assertThat(entry.place().workspaceId()).isEqualTo(workspace);
        });
        assertThat(of(workspace)).singleElement().satisfies(made -> {
            assertThat(made.action()).isEqualTo("workspace.create");
            assertThat(made.changed()).containsExactly("name");
            assertThat(made.place().contractId()).isEqualTo(contract);
            assertThat(made.place().workspaceId()).isEqualTo(workspace);
        });
        assertThat(of(contract)).singleElement().satisfies(made -> {
            assertThat(made.action()).isEqualTo("contract.create");
            assertThat(made.place().contractId()).isEqualTo(contract);
        });
        assertThat(of(guest.id()))
                .extracting(entry -> entry.action() + " " + entry.changed() + " "
                        + entry.place().contractId())
                .contains("contract-member.create [roles] " + contract, "member.create [roles] " + contract);
        assertThat(told.toString()).doesNotContain("hush");
        var mongo = tenancy.server.bean(MongoTemplate.class);
        await().until(() -> mongo.getCollection("audit_outbox").countDocuments() == 0);
    }

    @Test
    void whoAcceptsAnInviteIsTheUserWhoHasJoined() {
        var owner = tenancy.person("Ida");
        var contract = tenancy.aContract(owner);
        var invite = owner.client()
                .post("/v2/contracts/" + contract + "/invites", """
                        {"data":{"type":"contract-invite","attributes":{"email":"joan@example.com","roles":["member"]}}}""")
                .id();
        var token = tenancy.server.bean(InviteTokens.class).of(invite);

        assertThat(accept(token, "weak").status()).isEqualTo(400);
        var joined = accept(token, "Secret-4711!");
        assertThat(joined.status()).as(joined.json().toString()).isEqualTo(200);
        assertThat(accept(token, "Secret-4711!").status()).isEqualTo(404);

        await().until(() -> of(invite).size() == 4);
        assertThat(of(invite))
                .extracting(AuditOutboxIT::words)
                .containsExactlyInAnyOrder(
                        "contract-invite.create succeeded 201 by " + owner.id(),
                        "invite.accept refused 400 by null",
                        "invite.accept succeeded 200 by " + joined.id(),
                        "invite.accept refused 404 by null");
        assertThat(of(invite))
                .filteredOn(entry -> !Integer.valueOf(404).equals(entry.status()))
                .allSatisfy(entry -> {
                    assertThat(entry.place().tenantId()).isEqualTo(tenancy.id);
                    assertThat(entry.place().contractId()).isEqualTo(contract);
                });
        assertThat(of(invite))
                .filteredOn(entry -> Integer.valueOf(400).equals(entry.status()))
                .extracting(entry -> entry.actor().name())
                .as("of who is no user yet, the address that was invited")
                .containsExactly("joan@example.com");
        assertThat(told.toString()).doesNotContain(token, "Secret-4711");
    }

    private static Answer accept(String token, String password) {
        return tenancy.server.call("POST", "/v2/invites/" + token + "/accept", """
                {"data":{"type":"user","attributes":{"first_name":"Joan","last_name":"Comer","password":"%s"}}}""".formatted(password));
    }

    @Test
    void quotasOAuthClientsSupportAndTheEndOfContractsAreTold() {
        var owner = tenancy.person("Otto");
        var contract = tenancy.aContract(owner);
        var workspace = tenancy.aWorkspace(owner, contract);
        var admin = tenancy.admin.client();
        var operator = tenancy.server.as(tenancy.others.bearer("service-account", new Ids().next(), null));
        var quota = "per_contract_user_count_limit/" + tenancy.id + "." + contract;

        assertThat(operator.call("PUT", "/v2/quotas/" + quota, """
                        {"data":{"type":"quota","attributes":{"limit":9}}}""").status()).isEqualTo(200);
        assertThat(owner.client().call("PUT", "/v2/quotas/" + quota, """
                        {"data":{"type":"quota","attributes":{"limit":99}}}""").status())
                .isEqualTo(403);
        assertThat(owner.client()
                        .patch("/v2/workspaces/" + workspace + "/members/support", null)
                        .status())
                .isEqualTo(409);
        var client = admin.post("/v2/tenants/" + tenancy.id + "/oauth-clients", """
                {"data":{"type":"oauth-client","attributes":{"client_id":"one","client_secret":"hush"},
                 "relationships":{"component":{"data":{"type":"component","id":"%s"}}}}}""".formatted(tenancy.webhook));
        assertThat(client.status()).as(client.json().toString()).isEqualTo(201);
        assertThat(admin.delete("/v2/contracts/" + contract).status()).isEqualTo(204);

        await().until(() -> Stream.of(quota, workspace, client.id(), contract)
                        .mapToInt(object -> of(object).size())
                        .sum()
                == 7);
        assertThat(of(quota)).allSatisfy(set -> {
            assertThat(set.action()).isEqualTo("quota.replace");
            assertThat(set.place()).isEqualTo(new Place(tenancy.id, contract, null));
        });
        assertThat(of(quota))
                .extracting(set -> set.status() + " " + set.changed())
                .containsExactlyInAnyOrder("200 [limit]", "403 []");
        assertThat(of(workspace))
                .extracting(AuditOutboxIT::words)
                .contains("workspace.grant-support refused 409 by " + owner.id());
        assertThat(of(client.id())).singleElement().satisfies(made -> {
            assertThat(made.action()).isEqualTo("oauth-client.create");
            assertThat(made.changed()).containsExactly("client_id", "client_secret");
        });
        assertThat(of(contract))
                .extracting(AuditOutboxIT::words)
                .contains("contract.delete succeeded 204 by " + tenancy.admin.id());
        assertThat(told.toString()).doesNotContain("hush");
    }

    @Test
    void whatIsNotThereIsRefusedWithoutSayingWhere() {
        var stranger = tenancy.stranger();
        var contract = tenancy.aContract(tenancy.person("Olga"));
        told.clear();

        assertThat(stranger.patch("/v2/contracts/" + contract, Tenancy.contractNamed("x"))
                        .status())
                .isEqualTo(404);

        await().until(() -> !of(contract).isEmpty());
        assertThat(of(contract).getFirst().place().contractId()).isNull();
        assertThat(of(contract).getFirst().place().tenantId()).isNotEqualTo(tenancy.id);
        assertThat(new Ids().next()).isNotEqualTo(contract);
    }
}
