package dev.weft.workspace.member;

import static dev.weft.workspace.Tenancy.ids;
import static dev.weft.workspace.Tenancy.member;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.common.event.Fact;
import dev.weft.common.id.Ids;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import dev.weft.store.EmbeddedStore;
import dev.weft.workspace.Tenancy;
import dev.weft.workspace.Tenancy.Person;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Members who are changed by many at once, and what belonged to those who left. */
class MemberRacesIT {

    private static EmbeddedStore store;
    private static Tenancy tenancy;

    private final Person ann = tenancy.person("Ann");
    private final Person bob = tenancy.person("Bob");
    private final String contract = tenancy.aContract(ann);

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

    private static List<Integer> atOnce(Supplier<Integer> one, Supplier<Integer> other) {
        return Stream.of(one, other).map(CompletableFuture::supplyAsync).toList().stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
    }

    private static int remove(Person by, String members, Person whom) {
        return by.client().delete(members + "/" + whom.id()).status();
    }

    @Test
    void ofTwoOwnersWhoRemoveEachOtherAtOnceOneIsLeft() {
        tenancy.join(contract, bob, "owner");
        for (var round = 0; round < 10; round++) {
            var workspace = tenancy.aWorkspace(ann, contract);
            tenancy.enter(workspace, bob, "owner");
            var members = "/v2/workspaces/" + workspace + "/members";

            var statuses = atOnce(() -> remove(ann, members, bob), () -> remove(bob, members, ann));

            // Who is second is no owner any more, or is not even a member by then; as owner of the contract he still
            // may,
            // but the last owner stays.
            assertThat(statuses.getFirst()).isEqualTo(204);
            assertThat(statuses.getLast()).isIn(403, 404, 409);
            assertThat(ids(tenancy.admin.client().get(members).json())).hasSize(1);
        }
    }

    @Test
    void ofTwoOwnersOfAContractWhoRemoveEachOtherAtOnceOneIsLeft() {
        for (var round = 0; round < 10; round++) {
            var fresh = tenancy.aContract(ann);
            tenancy.join(fresh, bob, "owner");
            var members = "/v2/contracts/" + fresh + "/members";

            var statuses = atOnce(() -> remove(ann, members, bob), () -> remove(bob, members, ann));

            assertThat(statuses.getFirst()).isEqualTo(204);
            assertThat(statuses.getLast()).isIn(403, 404);
            assertThat(ids(tenancy.admin.client().get(members).json())).hasSize(1);
        }
    }

    @Test
    void ofTwoOwnersWhoStepDownAtOnceOneStays() {
        tenancy.join(contract, bob, "owner");
        for (var round = 0; round < 10; round++) {
            var workspace = tenancy.aWorkspace(ann, contract);
            tenancy.enter(workspace, bob, "owner");
            var members = "/v2/workspaces/" + workspace + "/members/";

            var statuses = atOnce(
                    () -> ann.client()
                            .patch(members + ann.id(), member(ann.id(), "guest"))
                            .status(),
                    () -> bob.client()
                            .patch(members + bob.id(), member(bob.id(), "guest"))
                            .status());

            assertThat(statuses).containsExactly(200, 409);
        }
    }

    private static void tellLeft(String workspace, String user, String heir) {
        var payload = Map.of("scope", "workspace", "user_id", user, "roles", List.of(), "heir_id", heir);
        var place = new Outbox.Place(tenancy.id, null, workspace);
        tenancy.server
                .bean(ConfirmedPublisher.class)
                .publish(tenancy.server
                        .bean(Outbox.class)
                        .event(Fact.MEMBERSHIP_CHANGED, 3, place, workspace, null, payload));
    }

    private static long owned(String workspace, String user) {
        return tenancy.server
                .bean(MongoTemplate.class)
                .count(
                        Query.query(Criteria.where("workspace")
                                .is(workspace)
                                .and("user")
                                .is(user)),
                        "credentials");
    }

    @Test
    void thousandsOfCredentialsPassOnInParts() {
        var workspace = tenancy.aWorkspace(ann, contract);
        var ids = new Ids();
        var leaver = ids.next();
        var credentials = IntStream.range(0, 1_200)
                .mapToObj(_ -> new Document("_id", ids.next())
                        .append("workspace", workspace)
                        .append("user", leaver)
                        .append("deleted", false)
                        .append("outbox", List.of()))
                .toList();
        tenancy.server.bean(MongoTemplate.class).insert(credentials, "credentials");

        tellLeft(workspace, leaver, ann.id());

        await().atMost(ofSeconds(60)).until(() -> owned(workspace, ann.id()) == 1_200);
    }

    /** The fact of the heir's own end was faster, and found nothing yet. */
    @Test
    void whatPassesToAnHeirWhoHasLeftTooGoesOnToTheOldestOwner() {
        var workspace = tenancy.aWorkspace(ann, contract);
        tenancy.join(contract, bob, "member");
        tenancy.enter(workspace, bob, "owner");
        var credential = tenancy.aCredential(bob, workspace);
        var gone = new Ids().next();

        tellLeft(workspace, bob.id(), gone);

        await().atMost(ofSeconds(30))
                .until(() -> ann.client()
                        .get("/v2/credentials/" + credential)
                        .at("/data/relationships/user/data/id")
                        .asString()
                        .equals(ann.id()));
    }
}
