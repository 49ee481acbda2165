package dev.weft.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.audit.AuditEntry;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.store.EmbeddedStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
        assertThat(owner.client().get("/v2/credentials?workspace_id=" + workspace).status())
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
    void whatIsNotThereIsRefusedWithoutSayingWhere() {
        var stranger = tenancy.stranger();
        var contract = tenancy.aContract(tenancy.person("Olga"));
        told.clear();

        assertThat(stranger.patch("/v2/contracts/" + contract, Tenancy.contractNamed("x")).status())
                .isEqualTo(404);

        await().until(() -> !of(contract).isEmpty());
        assertThat(of(contract).getFirst().place().contractId()).isNull();
        assertThat(of(contract).getFirst().place().tenantId()).isNotEqualTo(tenancy.id);
        assertThat(new Ids().next()).isNotEqualTo(contract);
    }
}
