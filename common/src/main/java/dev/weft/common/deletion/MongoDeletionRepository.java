package dev.weft.common.deletion;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Deletions in the collection {@code deletions}, one document each under the id of what is deleted. One at rest is kept
 * for a while: it says that what comes late is about something that is gone.
 */
final class MongoDeletionRepository implements DeletionRepository {

    static final String COLLECTION = "deletions";

    private static final String LOOK_AT = "look_at";

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoDeletionRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, Document.class);
        var indexes = mongo.indexOps(COLLECTION);
        indexes.createIndex(new Index(LOOK_AT, Sort.Direction.ASC).sparse());
        indexes.createIndex(new Index("heard", Sort.Direction.ASC));
    }

    @Override
    public void begin(Deletion deletion, Instant now) {
        var older = where("_id").is(deletion.id()).and("version").lt(deletion.version());
        var noted = new Update()
                .set("scope", deletion.scope().name())
                .set("version", deletion.version())
                .set("tenant", deletion.tenantId())
                .set("contract", deletion.contractId())
                .set("actor", deletion.actorId())
                .set("heard", Date.from(now))
                .set("done", false)
                .set("looks", 0)
                .set(LOOK_AT, Date.from(now))
                .setOnInsert(OutboxField.NAME, List.of());
        try {
            mongo.upsert(Query.query(older), noted, COLLECTION);
        } catch (DuplicateKeyException e) {
            // Known already. The same one has a look all the same: who tells it again may know of something that is
            // left.
            lookAgain(deletion, now);
        }
    }

    @Override
    public boolean hasBegun(String id) {
        return mongo.exists(Query.query(where("_id").is(id)), COLLECTION);
    }

    @Override
    public List<NotedDeletion> due(Instant now, int most) {
        var query = Query.query(where(LOOK_AT).lte(Date.from(now)))
                .with(Sort.by(LOOK_AT))
                .limit(most);
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(MongoDeletionRepository::read)
                .toList();
    }

    private static NotedDeletion read(Document stored) {
        var deletion = new Deletion(
                DeletionScope.valueOf(stored.getString("scope")),
                stored.getString("_id"),
                stored.get("version", Number.class).longValue(),
                stored.getString("tenant"),
                stored.getString("contract"),
                stored.getString("actor"));
        return new NotedDeletion(deletion, stored.getDate("heard").toInstant());
    }

    @Override
    public void postpone(Deletion deletion, Instant now, Duration longest) {
        var found = mongo.findOne(Query.query(same(deletion)), Document.class, COLLECTION);
        if (found == null) {
            return;
        }
        var looks = found.get("looks", (Number) 0).intValue();
        var pause = Duration.ofSeconds(1L << Math.min(looks, 20));
        var next = now.plus(pause.compareTo(longest) < 0 ? pause : longest);
        mongo.updateFirst(
                Query.query(same(deletion)),
                new Update().set("looks", looks + 1).set(LOOK_AT, Date.from(next)),
                COLLECTION);
    }

    @Override
    public void finish(Deletion deletion, List<Outgoing> facts) {
        write(deletion, false, new Update().set("done", true), facts);
    }

    @Override
    public void tellEndAgain(Deletion deletion, List<Outgoing> facts) {
        write(deletion, true, new Update(), facts);
    }

    private void write(Deletion deletion, boolean done, Update change, List<Outgoing> facts) {
        var which = Query.query(same(deletion).and("done").is(done));
        // Without a fact and a change there is nothing to write, and an empty update would be refused.
        if (!facts.isEmpty() || !change.getUpdateObject().isEmpty()) {
            store.write(deletion.id(), which, change, facts, Telling.AFTERWARDS);
        }
    }

    @Override
    public void lookAgain(Deletion deletion, Instant next) {
        mongo.updateFirst(Query.query(same(deletion)), new Update().set(LOOK_AT, Date.from(next)), COLLECTION);
    }

    @Override
    public void lookSoon(String id, Instant now) {
        mongo.updateFirst(
                Query.query(where("_id").is(id).and("done").is(false)),
                new Update().set(LOOK_AT, Date.from(now)),
                COLLECTION);
    }

    @Override
    public void rest(Deletion deletion) {
        mongo.updateFirst(Query.query(same(deletion)), new Update().unset(LOOK_AT), COLLECTION);
    }

    private static Criteria same(Deletion deletion) {
        return where("_id").is(deletion.id()).and("version").is(deletion.version());
    }

    @Override
    public void forget(Instant before) {
        mongo.remove(
                Query.query(where("heard")
                        .lt(Date.from(before))
                        .and(LOOK_AT)
                        .exists(false)
                        .and(OutboxField.NAME)
                        .size(0)),
                COLLECTION);
    }
}
