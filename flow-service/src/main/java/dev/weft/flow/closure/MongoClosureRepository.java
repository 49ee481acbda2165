package dev.weft.flow.closure;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Closures in the collection {@code closures}, one document for each contract. A lifted closure is kept,
 * since its version tells which facts come too late. {@code watched_until} is set while the closure is still to be
 * looked at.
 */
@Repository
class MongoClosureRepository implements ClosureRepository {

    static final String COLLECTION = "closures";

    private static final String SUSPENSION = "SUSPENSION";
    private static final Instant UNTIL_DONE = Instant.parse("9999-01-01T00:00:00Z");

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoClosureRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, Document.class);
        mongo.indexOps(COLLECTION).createIndex(new Index("watched_until", Sort.Direction.ASC).sparse());
    }

    @Override
    public void begin(Closure closure) {
        note(
                closure.id(),
                closure.version(),
                new Update()
                        .set("kind", SUSPENSION)
                        .set("tenant", closure.tenantId())
                        .set("contract", closure.contractId())
                        .set("actor", closure.actorId())
                        .set("closed", true)
                        .set("done", false)
                        .set("watched_until", Date.from(UNTIL_DONE)));
    }

    @Override
    public void lift(String id, long version) {
        note(id, version, new Update().set("closed", false).unset("watched_until"));
    }

    private void note(String id, long version, Update update) {
        var older = Query.query(where("_id").is(id).and("version").lt(version));
        try {
            mongo.upsert(older, update.set("version", version).setOnInsert("outbox", List.of()), COLLECTION);
        } catch (DuplicateKeyException e) {
            // The closure exists already, with the same or a newer version.
        }
    }

    @Override
    public boolean isInForce(Closure closure) {
        return mongo.exists(Query.query(inForce(closure)), COLLECTION);
    }

    private static org.springframework.data.mongodb.core.query.Criteria inForce(Closure closure) {
        return where("_id")
                .is(closure.id())
                .and("version")
                .is(closure.version())
                .and("closed")
                .is(true);
    }

    @Override
    public void finish(Closure closure, Instant until, List<Outgoing> facts) {
        var update = new Update().set("done", true).set("watched_until", Date.from(until));
        var undone = Query.query(inForce(closure).and("done").is(false));
        store.write(closure.id(), undone, update, facts, Telling.AFTERWARDS);
    }

    @Override
    public boolean tellEndAgain(Closure closure, Outgoing fact) {
        var done = Query.query(inForce(closure).and("done").is(true));
        return store.write(closure.id(), done, new Update(), List.of(fact), Telling.AFTERWARDS);
    }

    @Override
    public void remove(String id) {
        mongo.remove(Query.query(where("_id").is(id)), COLLECTION);
    }

    @Override
    public List<Closure> watched(Instant now) {
        // An older release noted deleted workspaces here too.
        var query = Query.query(
                        where("watched_until").gt(Date.from(now)).and("kind").is(SUSPENSION))
                .with(Sort.by("watched_until"));
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(MongoClosureRepository::read)
                .toList();
    }

    private static Closure read(Document stored) {
        return new Closure(
                stored.getString("_id"),
                stored.get("version", Number.class).longValue(),
                stored.getString("tenant"),
                stored.getString("contract"),
                stored.getString("actor"));
    }
}
