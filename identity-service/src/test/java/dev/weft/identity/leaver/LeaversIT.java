package dev.weft.identity.leaver;

import static dev.weft.identity.Installation.document;
import static dev.weft.identity.Installation.newUser;
import static dev.weft.identity.Installation.random;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.DomainEvent;
import dev.weft.common.event.Fact;
import dev.weft.common.event.Outgoing;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.InstanceQueue;
import dev.weft.common.messaging.InstanceSubscription;
import dev.weft.common.outbox.Outbox;
import dev.weft.identity.Installation;
import dev.weft.identity.TestServers;
import dev.weft.identity.token.TokenIssuer;
import dev.weft.identity.token.TokenSubject;
import dev.weft.identity.userrecord.UserLeavings;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Who is left in no contract is deleted (api-v2 5.5), with two replicas that share the work. */
class LeaversIT {

    private static Installation installation;
    private static InstanceSubscription ear;
    private static final List<DomainEvent> heard = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        installation = new Installation(TestServers.keycloakUrl(), 2);
        installation.awaitDirectory();
        var ready = new CountDownLatch(1);
        ear = installation
                .server
                .bean(InstanceQueue.class)
                .subscribe(heard::add, ready::countDown, Fact.KEY_CHANGED, Fact.USER_DELETED);
        ear.start();
        assertThat(ready.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        ear.stop();
        installation.close();
    }

    private static String aUser() {
        var made = installation.call(
                installation.adminBearer(),
                "POST",
                "/v2/users",
                newUser("leaver-" + random() + "@example.com", "Secret-123!"));
        return made.json().path("data").path("id").asString();
    }

    private static Outgoing changed(String scope, String user, String... roles) {
        var payload = Map.<String, Object>of("scope", scope, "user_id", user, "roles", List.of(roles));
        var place = new Outbox.Place("f".repeat(24), "c".repeat(24), null);
        return installation
                .server
                .bean(Outbox.class)
                .event(Fact.MEMBERSHIP_CHANGED, 1, place, "c".repeat(24), "a".repeat(24), payload);
    }

    private static void told(String user) {
        installation.server.bean(ConfirmedPublisher.class).publish(changed("contract", user));
    }

    /** As told, but returns when it is handled: who is there then stays. Facts of a broker are handled in no order. */
    private static void handled(Outgoing fact) {
        var event = installation.server.bean(JsonMapper.class).readValue(fact.body(), DomainEvent.class);
        new LeaverListener()
                .usersWhoLeftContracts(installation.server.bean(Leavers.class))
                .handler()
                .handle(event);
    }

    private static int status(String user) {
        return installation.get(installation.adminBearer(), "/v2/users/" + user).status();
    }

    private static List<String> heardOf(String user) {
        return heard.stream()
                .filter(event -> event.subjectId().equals(user))
                .map(DomainEvent::type)
                .toList();
    }

    @Test
    void whoLeftTheLastContractIsDeletedOnceHoweverOftenThatIsTold() {
        var user = aUser();

        told(user);
        told(user);

        await().atMost(ofSeconds(30)).until(() -> status(user) == 404);
        await().atMost(ofSeconds(30)).until(() -> heardOf(user).size() >= 2);
        handled(changed("contract", user));
        var last = aUser();
        handled(changed("contract", last));
        await().atMost(ofSeconds(30)).until(() -> heardOf(last).contains("user.deleted"));
        assertThat(heardOf(user)).containsExactlyInAnyOrder("key.changed", "user.deleted");
        assertThat(heard.stream()
                        .filter(event -> event.subjectId().equals(user))
                        .map(DomainEvent::actorId))
                .containsOnly("a".repeat(24));
    }

    @Test
    void whoWasMadeByAnInviteAndJoinedNoContractInTimeIsNoMore() {
        var service = "Bearer "
                + installation
                        .server
                        .bean(TokenIssuer.class)
                        .issue(TokenSubject.service("workspace-service"))
                        .token();
        var tenant = installation
                .get(installation.adminBearer(), "/v2/tenants")
                .json()
                .at("/data/0/id")
                .asString();
        var path = "/internal/tenants/" + tenant + "/invited-users";
        var email = "ghost-" + random() + "@example.com";
        assertThat(installation
                        .call(installation.adminBearer(), "POST", path, newUser(email, "Secret-123!"))
                        .status())
                .isEqualTo(403);
        assertThat(installation
                        .call(service, "POST", path, newUser(email, "secret"))
                        .status())
                .isEqualTo(400);

        var ghost = invited(service, path, email);
        var joined = invited(service, path, "joined-" + random() + "@example.com");
        assertThat(installation
                        .call(service, "POST", "/internal/users/" + joined + "/joined", null)
                        .status())
                .isEqualTo(200);
        assertThat(installation
                        .call(
                                service,
                                "POST",
                                "/internal/addresses",
                                Map.of("tenant", tenant, "email", " " + email.toUpperCase(Locale.ROOT)))
                        .json()
                        .at("/user/id")
                        .asString())
                .isEqualTo(ghost);

        var leavings = installation.server.bean(UserLeavings.class);
        var notes = leavings.leaving(Instant.now().plusSeconds(120));
        assertThat(leavings.leaving(Instant.now()))
                .noneMatch(note -> note.userId().equals(ghost));
        assertThat(notes).noneMatch(note -> note.userId().equals(joined));
        notes.stream()
                .filter(note -> note.userId().equals(ghost))
                .forEach(installation.server.bean(Leavers.class)::settle);
        assertThat(status(ghost)).isEqualTo(404);
        assertThat(status(joined)).isEqualTo(200);
        assertThat(installation
                        .call(service, "POST", "/internal/addresses", Map.of("tenant", tenant, "email", "no address"))
                        .json()
                        .path("valid")
                        .asBoolean(true))
                .isFalse();
    }

    private static String invited(String service, String path, String email) {
        var made = installation.call(service, "POST", path, newUser(email, "Secret-123!"));
        assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
        return made.json().path("id").asString();
    }

    @Test
    void whoIsInAnotherContractOrLeftSomethingElseStays() {
        var elsewhere = aUser();
        installation.whenAskedForContractsOf(elsewhere, () -> true);
        var promoted = aUser();
        var leftAWorkspace = aUser();
        var neverInAny = aUser();

        handled(changed("contract", elsewhere));
        handled(changed("contract", promoted, "admin"));
        handled(changed("workspace", leftAWorkspace));

        assertThat(List.of(elsewhere, promoted, leftAWorkspace, neverInAny)).allMatch(user -> status(user) == 200);
    }

    @Test
    void whoWasInADeletedContractAloneIsDeletedWithThatAndWhoIsInAnotherStays() {
        var alone = aUser();
        var leftBefore = aUser();
        var elsewhere = aUser();
        installation.whenAskedForContractsOf(elsewhere, () -> true);
        handled(changed("contract", leftBefore));
        assertThat(status(leftBefore)).isEqualTo(404);
        var contract = "c".repeat(24);
        var deleted = installation
                .server
                .bean(Outbox.class)
                .event(
                        Fact.CONTRACT_DELETED,
                        7,
                        new Outbox.Place("f".repeat(24), contract, null),
                        contract,
                        null,
                        Map.of("member_ids", List.of(leftBefore, alone, elsewhere)));

        // Twice, as a broker may deliver it.
        installation.server.bean(ConfirmedPublisher.class).publish(deleted);
        installation.server.bean(ConfirmedPublisher.class).publish(deleted);

        await().atMost(ofSeconds(30)).until(() -> status(alone) == 404);
        await().atMost(ofSeconds(30)).until(() -> heardOf(alone).contains("user.deleted"));
        handled(changed("contract", elsewhere));
        assertThat(status(elsewhere)).isEqualTo(200);
    }

    @Test
    void whomTheTenantNeedsStays() {
        var admin = installation.adminBearer();
        var me = installation.get(admin, "/v2/users/me").json().path("data");
        var supporter = aUser();
        assertThat(nameAsSupporter(supporter)).isEqualTo(200);

        handled(changed("contract", me.path("id").asString()));
        handled(changed("contract", supporter));

        assertThat(status(me.path("id").asString())).isEqualTo(200);
        assertThat(status(supporter)).isEqualTo(200);
    }

    @Test
    void whoJoinsAContractWhileThatIsAskedStays() {
        var user = aUser();
        var asked = new AtomicInteger();
        installation.whenAskedForContractsOf(user, () -> {
            // The membership is stored after the question was read, and before its answer arrives.
            if (asked.getAndIncrement() == 0) {
                assertThat(joined(user)).isEqualTo(200);
                return false;
            }
            return true;
        });

        handled(changed("contract", user));

        assertThat(asked).hasPositiveValue();
        assertThat(status(user)).isEqualTo(200);
    }

    @Test
    void whoBecomesAnAdministratorWhileThatIsAskedStays() {
        var user = aUser();
        var asked = new AtomicInteger();
        installation.whenAskedForContractsOf(user, () -> {
            if (asked.getAndIncrement() == 0) {
                assertThat(grantAdministration(user)).isEqualTo(200);
            }
            return false;
        });

        handled(changed("contract", user));

        assertThat(asked).hasPositiveValue();
        assertThat(status(user)).isEqualTo(200);
    }

    @Test
    void whoBecomesTheSupporterWhileThatIsAskedStays() {
        var user = aUser();
        var asked = new AtomicInteger();
        installation.whenAskedForContractsOf(user, () -> {
            if (asked.getAndIncrement() == 0) {
                assertThat(nameAsSupporter(user)).isEqualTo(200);
            }
            return false;
        });

        handled(changed("contract", user));

        assertThat(asked).hasPositiveValue();
        assertThat(status(user)).isEqualTo(200);
    }

    private static int nameAsSupporter(String user) {
        var tenant = tenant();
        return installation
                .call(
                        installation.adminBearer(),
                        "PATCH",
                        "/v2/tenants/" + tenant,
                        Map.of(
                                "data",
                                Map.of("type", "tenant", "id", tenant, "attributes", Map.of("support_user_id", user))))
                .status();
    }

    private static int grantAdministration(String user) {
        return installation
                .call(
                        installation.adminBearer(),
                        "PATCH",
                        "/v2/tenants/" + tenant() + "/members/" + user,
                        document("tenant-member", Map.of("roles", List.of("tenant-admin"))))
                .status();
    }

    private static String tenant() {
        return installation
                .get(installation.adminBearer(), "/v2/tenants")
                .json()
                .at("/data/0/id")
                .asString();
    }

    @Test
    void whoJoinsTooLateIsGone() {
        var user = aUser();
        assertThat(joined(user)).isEqualTo(200);

        told(user);
        await().atMost(ofSeconds(30)).until(() -> status(user) == 404);

        assertThat(joined(user)).isEqualTo(404);
    }

    private static int joined(String user) {
        return installation
                .call(installation.adminBearer(), "POST", "/internal/users/" + user + "/joined", null)
                .status();
    }

    @Test
    void nobodyIsDeletedAndNothingForgottenWhileWorkspaceServiceIsAway() {
        var user = aUser();
        var away = new AtomicBoolean(true);
        var asked = new AtomicInteger();
        installation.whenAskedForContractsOf(user, () -> {
            asked.getAndIncrement();
            if (away.get()) {
                throw new IllegalStateException("away");
            }
            return false;
        });

        told(user);
        await().atMost(ofSeconds(30)).untilAsserted(() -> assertThat(asked).hasPositiveValue());
        await().during(ofSeconds(3)).atMost(ofSeconds(30)).until(() -> status(user) == 200);
        away.set(false);

        await().atMost(ofSeconds(60)).until(() -> status(user) == 404);
    }
}
