package dev.weft.common.audit;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries until identity-service is sure to get them, in the service's own store: {@code {"_id","done","at","body"}}, where
 * {@code at} is when it was written and {@code body} the entry's JSON. One that is not done was begun, and not ended.
 *
 * <p>Requests that are worked on at the same time share their writes: while one is on its way to the store, what others want
 * to have written is collected, and the first of them writes it for all. So the trail costs the store one write at a time,
 * however many requests there are, and a single request does not wait for company.
 */
final class MongoAuditOutbox {

    static final String COLLECTION = "audit_outbox";

    /** So that nobody waits for an endless one. */
    private static final int AT_ONCE = 200;

    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

    private final MongoTemplate mongo;
    private final JsonMapper json;
    private final Clock clock;
    private final ConcurrentLinkedQueue<Wish> wishes = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    /** What one request wants to have written; touched by who holds the lock alone, once it is among the wishes. */
    private static final class Wish {
        private final ReplaceOneModel<Document> write;
        private boolean written;
        private @Nullable RuntimeException failure;

        private Wish(ReplaceOneModel<Document> write) {
            this.write = write;
        }
    }

    MongoAuditOutbox(MongoTemplate mongo, JsonMapper json, Clock clock) {
        this.mongo = mongo;
        this.json = json;
        this.clock = clock;
        mongo.indexOps(COLLECTION).createIndex(new Index("done", Sort.Direction.ASC).on("at", Sort.Direction.ASC));
    }

    /** Also once more, when more is known of it, or when the gateway asks a second replica with the same identifier. */
    void begin(AuditEntry entry) {
        put(entry, false);
    }

    /** Also of one that the sweep has told to have failed, since it took so long. */
    void end(AuditEntry entry) {
        put(entry, true);
    }

    private void put(AuditEntry entry, boolean done) {
        var wish = new Wish(new ReplaceOneModel<>(new Document("_id", entry.id()), document(entry, done), UPSERT));
        wishes.add(wish);
        writing.lock();
        try {
            // Usually it was written by whom this one waited for, or is by this one.
            while (!wish.written) {
                writeSome();
            }
        } finally {
            writing.unlock();
        }
        if (wish.failure != null) {
            throw wish.failure;
        }
    }

    private void writeSome() {
        var some = new ArrayList<Wish>();
        for (var next = wishes.poll(); next != null; next = some.size() < AT_ONCE ? wishes.poll() : null) {
            some.add(next);
        }
        var failure = attempt(some.stream().map(wish -> wish.write).toList());
        for (var wish : some) {
            wish.failure = failure;
            wish.written = true;
        }
    }

    private @Nullable RuntimeException attempt(List<ReplaceOneModel<Document>> writes) {
        try {
            mongo.getCollection(COLLECTION).bulkWrite(writes, ANY_ORDER);
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (Error e) {
            // The others must learn of it too, or they would wait for ever.
            return new IllegalStateException("Entries of the audit trail could not be written.", e);
        }
    }

    void add(List<AuditEntry> entries) {
        mongo.insert(entries.stream().map(entry -> document(entry, true)).toList(), COLLECTION);
    }

    void forget(Collection<String> ids) {
        mongo.getCollection(COLLECTION).deleteMany(new Document("_id", new Document("$in", ids)));
    }

    List<AuditEntry> ended(Instant before, int most) {
        return find(true, before, most);
    }

    List<AuditEntry> begun(Instant before, int most) {
        return find(false, before, most);
    }

    private List<AuditEntry> find(boolean done, Instant before, int most) {
        var left = query(where("done").is(done).and("at").lt(Date.from(before)))
                .with(Sort.by("at"))
                .limit(most);
        return mongo.find(left, Document.class, COLLECTION).stream()
                .map(stored -> json.readValue(stored.getString("body"), AuditEntry.class))
                .toList();
    }

    private Document document(AuditEntry entry, boolean done) {
        return new Document("_id", entry.id())
                .append("done", done)
                .append("at", Date.from(clock.instant()))
                .append("body", json.writeValueAsString(entry));
    }
}
