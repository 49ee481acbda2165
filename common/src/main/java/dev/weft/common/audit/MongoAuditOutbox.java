package dev.weft.common.audit;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries until identity-service is sure to get them, in the service's own store: {@code {"_id","done","at","body"}}, where
 * {@code at} is when it was written and {@code body} the entry's JSON. One that is not done was begun, and not ended.
 */
final class MongoAuditOutbox {

    static final String COLLECTION = "audit_outbox";

    private final MongoTemplate mongo;
    private final JsonMapper json;
    private final Clock clock;

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
        mongo.getCollection(COLLECTION)
                .replaceOne(new Document("_id", entry.id()), document(entry, done), new ReplaceOptions().upsert(true));
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
