package dev.weft.workspace.workspace;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.service.StartedService.Answer;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Full and limited workspaces (api-v2 6.2). */
class WorkspaceTypeIT {

    private static EmbeddedStore store;
    private static Tenancy tenancy;
    private static InstanceSubscription ear;
    private static final ConcurrentLinkedQueue<DomainEvent> heard = new ConcurrentLinkedQueue<>();

    private final Person owner = tenancy.person("Owner");
    private final String workspace = tenancy.aWorkspace(owner, tenancy.aContract(owner));

    @BeforeAll
    static void start() throws Exception {
        store = EmbeddedStore.inMemory();
        tenancy = new Tenancy(store);
        var listening = new CountDownLatch(1);
        ear = tenancy.server
                .bean(InstanceQueue.class)
                .subscribe(heard::add, listening::countDown, Fact.WORKSPACE_UPDATED);
        ear.start();
        assertThat(listening.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        tenancy.close();
        store.close();
    }

    @AfterEach
    void noTenantHasAWhitelist() {
        tenancy.others.setWhitelist(false);
    }

    private Answer change(Person by, String attributes) {
        return by.client().patch("/v2/workspaces/" + workspace, """
                {"data":{"type":"workspace","attributes":%s}}""".formatted(attributes));
    }

    private List<DomainEvent> told() {
        return heard.stream()
                .filter(event -> event.subjectId().equals(workspace))
                .distinct()
                .toList();
    }

    @Test
    void aWorkspaceBecomesFullOnlyWithComponentsThatFullOnesMayUse() {
        assertThat(change(tenancy.admin, "{\"type\":\"limited\"}").status()).isEqualTo(200);
        tenancy.others.useUnlisted(workspace, "5a0000000000000000000e01");

        tenancy.others.setWhitelist(true);
        var refused = change(tenancy.admin, "{\"type\":\"full\"}");
        assertThat(refused.error()).isEqualTo("409 invalid-state /data/attributes/type");
        assertThat(Tenancy.texts(refused.at("/errors/0/meta/component_ids")))
                .containsExactly("5a0000000000000000000e01");
        assertThat(owner.client()
                        .get("/v2/workspaces/" + workspace)
                        .attribute("type")
                        .asString())
                .isEqualTo("limited");
        assertThat(change(tenancy.admin, "{\"type\":\"limited\"}").status()).isEqualTo(200);

        tenancy.others.setWhitelist(false);
        assertThat(change(tenancy.admin, "{\"type\":\"full\"}")
                        .attribute("type")
                        .asString())
                .isEqualTo("full");
    }

    @Test
    void nothingOfARequestIsAppliedWithoutThePermissionForTheType() {
        assertThat(change(owner, "{\"type\":\"full\",\"name\":\"Other\"}").status())
                .isEqualTo(403);

        assertThat(owner.client()
                        .get("/v2/workspaces/" + workspace)
                        .attribute("name")
                        .asString())
                .isEqualTo("Workspace");
    }

    @Test
    void aLimitedOneIsToldAgainUnderTheRevisionThatItHas() {
        change(tenancy.admin, "{\"type\":\"limited\"}");
        change(owner, "{\"name\":\"Other\"}");
        await().atMost(ofSeconds(30)).until(() -> told().size() == 2);

        tenancy.server.bean(LimitedWorkspaces.class).sweep();

        await().atMost(ofSeconds(30)).until(() -> told().size() == 3);
        assertThat(told().getLast().version()).isEqualTo(told().get(1).version());
        assertThat(told().getLast().payload()).containsEntry("type", "limited").containsEntry("name", "Other");
    }
}
