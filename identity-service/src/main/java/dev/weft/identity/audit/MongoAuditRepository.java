package dev.weft.identity.audit;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.weft.common.audit.AuditEntry;
import dev.weft.common.audit.AuditOutcome;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.common.outbox.Outbox.Place;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Repository;

/**
 * The trail in the collection {@code audit}. Each list goes along an index that begins with what it asks for and ends with
 * the time: that of the object, workspace, user or action it names, else that of its contract or tenant, else that of the time.
 */
@Repository
class MongoAuditRepository implements AuditRepository {

    private static final String ID = "_id";

    private final MongoTemplate mongo;

    MongoAuditRepository(MongoTemplate mongo) {
        this.mongo = mongo;
        index(StoredAuditEntry.TENANT);
        index(StoredAuditEntry.CONTRACT);
        index(StoredAuditEntry.WORKSPACE);
        index(StoredAuditEntry.ACTOR);
        index(StoredAuditEntry.OBJECT);
        // An action or an outcome alone is shared by tenants, and by all contracts of one.
        index(StoredAuditEntry.TENANT, StoredAuditEntry.ACTION);
        index(StoredAuditEntry.TENANT, StoredAuditEntry.OUTCOME);
        index(StoredAuditEntry.CONTRACT, StoredAuditEntry.ACTION);
        index(StoredAuditEntry.CONTRACT, StoredAuditEntry.OUTCOME);
        index();
    }

    private void index(String... equal) {
        var index = new Index();
        for (var name : equal) {
            index.on(name, Sort.Direction.ASC);
        }
        mongo.indexOps(StoredAuditEntry.COLLECTION)
                .createIndex(index.on(StoredAuditEntry.AT, Sort.Direction.DESC).on(ID, Sort.Direction.DESC));
    }

    @Override
    public void add(List<AuditEntry> entries) {
        var writes = entries.stream().map(this::placed).map(this::write).toList();
        mongo.getCollection(StoredAuditEntry.COLLECTION).bulkWrite(writes, new BulkWriteOptions().ordered(false));
    }

    private WriteModel<Document> write(AuditEntry entry) {
        var which = new Document(ID, entry.id());
        var stored = StoredAuditEntry.of(entry);
        return entry.presumed()
                ? new UpdateOneModel<>(which, new Document("$setOnInsert", stored), new UpdateOptions().upsert(true))
                : new ReplaceOneModel<>(which, stored, new ReplaceOptions().upsert(true));
    }

    /**
     * The gateway refuses without asking where an object is, which earlier entries about it tell. Without that, the owner of
     * the contract would not see it.
     */
    private AuditEntry placed(AuditEntry entry) {
        var place = entry.place();
        if (place.tenantId() == null || place.contractId() != null) {
            return entry;
        }
        var known = place.workspaceId() != null
                ? lastIn(place.tenantId(), StoredAuditEntry.WORKSPACE, place.workspaceId())
                : lastIn(place.tenantId(), StoredAuditEntry.OBJECT, entry.objectId());
        return known == null
                ? entry
                : entry.at(new Place(
                        place.tenantId(),
                        known.getString(StoredAuditEntry.CONTRACT),
                        known.getString(StoredAuditEntry.WORKSPACE)));
    }

    private @Nullable Document lastIn(String tenant, String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        var query = query(where(name)
                        .is(value)
                        .and(StoredAuditEntry.TENANT)
                        .is(tenant)
                        .and(StoredAuditEntry.CONTRACT)
                        .exists(true))
                .with(newestFirst());
        return mongo.findOne(query, Document.class, StoredAuditEntry.COLLECTION);
    }

    @Override
    public FoundAudit list(AuditFilter filter, int skip, int size) {
        var criteria = criteria(filter);
        var page = query(criteria).with(newestFirst()).skip(skip).limit(size);
        var entries = mongo.find(page, Document.class, StoredAuditEntry.COLLECTION).stream()
                .map(StoredAuditEntry::read)
                .toList();
        return new FoundAudit(entries, mongo.count(query(criteria), StoredAuditEntry.COLLECTION));
    }

    private static Criteria criteria(AuditFilter filter) {
        var criteria = new Criteria();
        is(criteria, StoredAuditEntry.TENANT, filter.tenantId());
        is(criteria, StoredAuditEntry.CONTRACT, filter.contractId());
        is(criteria, StoredAuditEntry.WORKSPACE, filter.workspaceId());
        is(criteria, StoredAuditEntry.ACTOR, filter.userId());
        is(criteria, StoredAuditEntry.OBJECT, filter.objectId());
        is(criteria, StoredAuditEntry.ACTION, filter.action());
        var outcome = filter.outcome();
        is(criteria, StoredAuditEntry.OUTCOME, outcome == null ? null : outcome.wire());
        if (filter.from() != null || filter.to() != null) {
            var at = criteria.and(StoredAuditEntry.AT);
            if (filter.from() != null) {
                at.gte(Date.from(filter.from()));
            }
            if (filter.to() != null) {
                at.lte(Date.from(filter.to()));
            }
        }
        return criteria;
    }

    private static void is(Criteria criteria, String name, @Nullable String value) {
        if (value != null) {
            criteria.and(name).is(value);
        }
    }

    private static Sort newestFirst() {
        return Sort.by(Sort.Order.desc(StoredAuditEntry.AT), Sort.Order.desc(ID));
    }

    @Override
    public boolean knowsContract(String tenantId, String contractId) {
        return mongo.exists(
                query(where(StoredAuditEntry.CONTRACT)
                        .is(contractId)
                        .and(StoredAuditEntry.OUTCOME)
                        .is(AuditOutcome.SUCCEEDED.wire())
                        .and(StoredAuditEntry.TENANT)
                        .is(tenantId)),
                StoredAuditEntry.COLLECTION);
    }

    @Override
    public void removeBefore(Instant limit) {
        StoreTimeLimit.ofMany(mongo.getCollection(StoredAuditEntry.COLLECTION))
                .deleteMany(new Document(StoredAuditEntry.AT, new Document("$lt", Date.from(limit))));
    }
}
