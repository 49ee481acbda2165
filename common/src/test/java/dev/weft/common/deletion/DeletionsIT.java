package dev.weft.common.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.event.DomainEvent;
import dev.weft.common.id.Ids;
import dev.weft.common.outbox.Outbox;
import dev.weft.common.outbox.SilentRelay;
import dev.weft.common.service.SetClock;
import dev.weft.store.EmbeddedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A service's part in deletions, without a broker: what is told stays where it can be seen. */
class DeletionsIT {

    private static EmbeddedStore store;
    private static MongoClient client;

    private final SetClock clock = new SetClock();
    private final JsonMapper json = new JsonMapper();
    // No hexadecimal number, which a template without our mapping would make an ObjectId of.
    private final String place = "place-" + new Ids().next();
    private final List<Deletion> looks = new ArrayList<>();
    private MongoTemplate mongo;
    private Remainder left = Remainder.NOTHING;
    private boolean fails;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.inMemory();
        client = MongoClients.create(store.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        store.close();
    }

    @BeforeEach
    void empty() {
        mongo = new MongoTemplate(client, "deletions");
        mongo.dropCollection("deletions");
    }

    private Deletions service() {
        return service("flow-service");
    }

    /** Each is a process of its own: nothing but the store is shared. */
    private Deletions service(String name) {
        var participant = new DeletionParticipant() {
            @Override
            public DeletionScope scope() {
                return DeletionScope.WORKSPACE;
            }

            @Override
            public Remainder clear(Deletion deletion) {
                looks.add(deletion);
                if (fails && deletion.id().equals(place)) {
                    throw new IllegalStateException("The store is away.");
                }
                return left;
            }
        };
        return new Deletions(
                new MongoDeletionRepository(mongo, SilentRelay.over(mongo)),
                () -> List.of(participant),
                new Outbox(new Ids(), clock, json),
                clock,
                name);
    }

    private DomainEvent fact(long version) {
        return new DomainEvent(
                "e", "workspace.deleting", version, clock.instant(), "t", "c", place, place, "actor", Map.of());
    }

    private void hear(Deletions service) {
        service.of(DeletionScope.WORKSPACE).handle(fact(3));
        service.sweep();
    }

    @Test
    void whoHearsOfItOnlyNotesIt() {
        service().of(DeletionScope.WORKSPACE).handle(fact(3));
        assertThat(looks).isEmpty();
        assertThat(service().hasBegun(place)).isTrue();

        service().sweep();
        assertThat(looks).hasSize(1);

        clock.advance(Duration.ofHours(1));
        service().sweep();
        service().of(DeletionScope.WORKSPACE).handle(fact(2));
        service().sweep();
        assertThat(looks).as("an older one").hasSize(2);
        service().of(DeletionScope.WORKSPACE).handle(fact(3));
        service().sweep();
        assertThat(looks).as("told again").hasSize(3);
    }

    private List<Map<String, Object>> told() {
        return told(place);
    }

    private List<Map<String, Object>> told(String id) {
        return Objects.requireNonNull(mongo.findById(id, Document.class, "deletions"))
                .getList("outbox", Document.class)
                .stream()
                .map(message -> json.readValue(message.getString("body"), DomainEvent.class)
                        .payload())
                .toList();
    }

    private boolean isAtRest() {
        return !Objects.requireNonNull(mongo.findById(place, Document.class, "deletions"))
                .containsKey("look_at");
    }

    @Test
    void theEndIsToldOnceAndAgainToWhoAsksAgain() {
        hear(service());

        assertThat(told()).containsExactly(Map.of("scope", "workspace", "service", "flow-service"));
        assertThat(looks.getFirst()).isEqualTo(new Deletion(DeletionScope.WORKSPACE, place, 3, "t", "c", "actor"));

        hear(service());

        assertThat(told()).hasSize(2);
    }

    @Test
    void whatIsLeftIsLookedAtInGrowingPausesByWhoeverLivesAndToldWhenItIsGone() {
        left = Remainder.SOMETHING;
        hear(service());
        assertThat(told()).isEmpty();

        var seconds = 0;
        for (var look = 1; look <= 8; look++) {
            var pause = Math.min(60, 1 << (look - 1));
            seconds += pause;
            clock.advance(Duration.ofSeconds(pause).minusMillis(1));
            service().sweep();
            assertThat(looks).as("after %s s", seconds).hasSize(look);
            clock.advance(Duration.ofMillis(1));
            service().sweep();
            assertThat(looks).as("after %s s", seconds).hasSize(look + 1);
        }

        left = Remainder.NOTHING;
        service().lookSoon(place);
        service().sweep();

        assertThat(told()).hasSize(1);
    }

    @Test
    void whatFailsComesAgainAndHoldsUpNothingElse() {
        fails = true;
        var other = "other-" + new Ids().next();
        service().hear(new Deletion(DeletionScope.WORKSPACE, place, 3, "t", "c", "actor"));
        clock.advance(Duration.ofMillis(1));
        service().hear(new Deletion(DeletionScope.WORKSPACE, other, 1, "t", "c", null));

        service().sweep();

        assertThat(looks).extracting(Deletion::id).containsExactly(place, other);
        assertThat(told(place)).isEmpty();
        assertThat(told(other)).hasSize(1);

        fails = false;
        clock.advance(Duration.ofSeconds(2));
        service().sweep();

        assertThat(told(place)).hasSize(1);
    }

    @Test
    void whatWasNotedBeforeACrashIsCarriedOut() {
        new MongoDeletionRepository(mongo, SilentRelay.over(mongo))
                .begin(new Deletion(DeletionScope.WORKSPACE, place, 3, "t", "c", null), clock.instant());
        assertThat(service().hasBegun(place)).isTrue();

        service().sweep();

        assertThat(told()).hasSize(1);
    }

    @Test
    void whatALateRequestMadeIsLookedForUntilNoneCanBeOnItsWay() {
        hear(service());

        for (var look = 0; look < 7; look++) {
            clock.advance(Duration.ofSeconds(10));
            service().sweep();
        }

        assertThat(looks).hasSize(8);
        assertThat(isAtRest()).isTrue();
        assertThat(told()).as("told once").hasSize(1);
    }

    @Test
    void tracesAreToldAsTheEndAndLookedAtForAsLongAsThereAreSome() {
        left = Remainder.TRACES;
        hear(service());
        assertThat(told()).hasSize(1);

        clock.advance(Duration.ofMinutes(10));
        service().sweep();
        assertThat(isAtRest()).isFalse();
        left = Remainder.NOTHING;
        clock.advance(Duration.ofSeconds(10));
        service().sweep();

        assertThat(isAtRest()).isTrue();
    }

    @Test
    void whoIsNotWaitedForTellsNothing() {
        hear(service("gateway"));

        assertThat(told()).isEmpty();
        assertThat(looks).hasSize(1);
    }

    @Test
    void aPlaceIsKnownAsDeletedForAMonthAndNotBefore() {
        assertThat(service().hasBegun(place)).isFalse();
        hear(service());
        mongo.getCollection("deletions")
                .updateOne(new Document("_id", place), new Document("$set", new Document("outbox", List.of())));
        clock.advance(Duration.ofDays(29));
        service().sweep();
        service().forget();
        assertThat(service().hasBegun(place)).isTrue();

        clock.advance(Duration.ofDays(2));
        service().forget();

        assertThat(service().hasBegun(place)).isFalse();
    }
}
