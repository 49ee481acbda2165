package dev.weft.workspace.departure;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.member;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What identity-service must know and hear before it deletes users who are left in no contract (api-v2 5.5). */
class ContractTiesIT {

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
                .subscribe(heard::add, listening::countDown, Fact.MEMBERSHIP_CHANGED);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    private static boolean isHeld(String user) {
        var service = tenancy.server.as(tenancy.others.bearer("service", "identity-service", null));
        var answer = service.get("/internal/users/" + user + "/contracts");
        assertThat(answer.status()).isEqualTo(200);
        return answer.at("/any").booleanValue();
    }

    @Test
    void contractsHoldTheirMembersAndWhoSupportsThem() {
        var owner = tenancy.person("Owner");
        var supporter = tenancy.person("Supporter");
        assertThat(isHeld(owner.id())).isFalse();

        var contract = tenancy.aContract(owner);
        tenancy.admin.client().patch("/v2/contracts/" + contract, """
            {"data":{"type":"contract","attributes":{"support_user_id":"%s"}}}\
            """.formatted(supporter.id()));

        assertThat(isHeld(owner.id())).isTrue();
        assertThat(isHeld(supporter.id())).isTrue();
        assertThat(isHeld(tenancy.admin.id())).isFalse();
        assertThat(owner.client()
                        .get("/internal/users/" + owner.id() + "/contracts")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoIsDeletedWhileBeingNamedAsSupporterSupportsNothing() {
        var contracts = tenancy.admin.client();
        var contract = tenancy.aContract(tenancy.person("Owner"));
        var stayer = tenancy.person("Stayer");
        var leaver = tenancy.person("Leaver");
        tenancy.others.beginToDelete(leaver.id());
        var wish = """
            {"data":{"type":"contract","attributes":{"name":"Supported","support_user_id":"%s"}}}\
            """;

        assertThat(contracts
                        .patch("/v2/contracts/" + contract, wish.formatted(stayer.id()))
                        .status())
                .isEqualTo(200);
        assertThat(tenancy.others.hasJoined(stayer.id())).isTrue();
        var before = contracts.get("/v2/contracts").at("/meta/total").asInt();
        for (var refused : List.of(
                contracts.post("/v2/contracts", wish.formatted(leaver.id())),
                contracts.patch("/v2/contracts/" + contract, wish.formatted(leaver.id())))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("/errors/0/source/pointer").asString()).isEqualTo("/data/attributes/support_user_id");
        }
        assertThat(isHeld(leaver.id())).isFalse();
        assertThat(contracts.get("/v2/contracts").at("/meta/total").asInt()).isEqualTo(before);
    }

    @Test
    void whatIsRefusedForALeavingSupporterLeavesTheContractAsItWas() {
        var contracts = tenancy.admin.client();
        var contract = "/v2/contracts/" + tenancy.aContract(tenancy.person("Owner"));
        var stayer = tenancy.person("Stayer");
        var leaver = tenancy.person("Leaver");
        tenancy.others.beginToDelete(leaver.id());
        contracts.patch(contract, """
            {"data":{"type":"contract","attributes":{"name":"Supported","support_user_id":"%s",
              "flow_stats_enabled_default":false,"custom_data":{"a":1}}}}\
            """.formatted(stayer.id()));
        var before = contracts.get(contract).at("/data/attributes");

        var refused = contracts.patch(contract, """
            {"data":{"type":"contract","attributes":{"name":"Other","support_user_id":"%s",
              "flow_stats_enabled_default":true,"custom_data":{"b":2},
              "available_roles":[{"scope":"contracts","role":"admin"}]}}}\
            """.formatted(leaver.id()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(contracts.get(contract).at("/data/attributes")).isEqualTo(before);
        assertThat(before.path("support_user_id").asString()).isEqualTo(stayer.id());
    }

    @Test
    void theOnlyMemberMayGoAndThatIsTold() {
        var only = tenancy.person("Only");
        var contract = tenancy.aContract(only);
        var members = "/v2/contracts/" + contract + "/members";

        assertThat(tenancy.admin.client().delete(members + "/" + only.id()).status())
                .isEqualTo(204);

        assertThat(ids(tenancy.admin.client().get(members).json())).isEmpty();
        assertThat(isHeld(only.id())).isFalse();
        await().atMost(ofSeconds(30))
                .untilAsserted(() -> assertThat(heard).anySatisfy(event -> {
                    assertThat(event.subjectId()).isEqualTo(contract);
                    assertThat(event.payload())
                            .containsEntry("scope", "contract")
                            .containsEntry("user_id", only.id())
                            .containsEntry("roles", List.of());
                }));
    }

    @Test
    void whoIsDeletedWhileBecomingAMemberIsNone() {
        var owner = tenancy.person("Owner");
        var contract = tenancy.aContract(owner);
        var members = "/v2/contracts/" + contract + "/members";
        var leaver = tenancy.person("Leaver");
        tenancy.others.beginToDelete(leaver.id());

        var refused = tenancy.admin
                .client()
                .post(
                        members,
                        member(leaver.id(), "member").replace("\"member\",\"id\"", "\"contract-member\",\"id\""));

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.at("/errors/0/source/pointer").asString()).isEqualTo("/data/id");
        assertThat(ids(owner.client().get(members).json())).containsExactly(owner.id());
        assertThat(isHeld(leaver.id())).isFalse();
    }
}
