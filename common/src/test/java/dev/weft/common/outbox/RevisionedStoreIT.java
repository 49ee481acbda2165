package dev.weft.common.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.store.EmbeddedStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

class RevisionedStoreIT {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static EmbeddedStore store;
    private static MongoClient client;
    private MongoTemplate mongo;

    /** As repositories have them. */
    private record StoredThing(@Id String id, String name, long revision, List<Outgoing> outbox) {}

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
        mongo = new MongoTemplate(client, "revisioned");
        mongo.dropCollection("things");
    }

    private RevisionedStore things(Class<?> type) {
        return new RevisionedStore(mongo, SilentRelay.over(mongo), "things", type);
    }

    private static Outgoing fact(String id) {
        return new Outgoing(id, "weft.events", "thing.changed", "{}", AT);
    }

    private static Update called(String name) {
        return new Update().set("name", name).inc("revision", 1L);
    }

    private Document thing() {
        return Objects.requireNonNull(mongo.findById("t", Document.class, "things"));
    }

    @Test
    void ofTwoChangesDecidedOnOneRevisionOneTakesPlaceAndIsTold() {
        var things = things(StoredThing.class);
        assertThat(things.insert("t", new StoredThing("t", "a", 0, List.of()), Telling.AFTERWARDS))
                .isTrue();
        var decided = RevisionedStore.decidedOn("t", 0);

        assertThat(things.write("t", decided, called("b"), List.of(fact("1")), Telling.BEFORE_REPLY))
                .isTrue();
        assertThat(things.write("t", decided, called("c"), List.of(fact("2")), Telling.BEFORE_REPLY))
                .isFalse();

        assertThat(thing()).containsEntry("name", "b").containsEntry("revision", 1L);
        assertThat(thing().getList("outbox", Document.class))
                .extracting(waiting -> waiting.getString("id"))
                .containsExactly("1");
    }

    @Test
    void whatIsThereIsNotInsertedAgain() {
        var things = things(StoredThing.class);
        things.insert("t", new StoredThing("t", "a", 0, List.of()), Telling.AFTERWARDS);

        assertThat(things.insert("t", new StoredThing("t", "b", 0, List.of(fact("1"))), Telling.AFTERWARDS))
                .isFalse();

        assertThat(thing()).containsEntry("name", "a");
    }

    @Test
    void whatWaitsLooksTheSameWhoeverMapsTheDocument() {
        things(StoredThing.class).insert("t", new StoredThing("t", "a", 0, List.of()), Telling.AFTERWARDS);

        things(StoredThing.class)
                .write("t", RevisionedStore.decidedOn("t", 0), called("b"), List.of(fact("1")), Telling.BEFORE_REPLY);
        things(Document.class)
                .write("t", RevisionedStore.decidedOn("t", 1), called("c"), List.of(fact("1")), Telling.BEFORE_REPLY);

        var outbox = thing().getList("outbox", Document.class);
        assertThat(outbox).hasSize(2);
        assertThat(outbox.getFirst()).isEqualTo(outbox.getLast());
    }
}
