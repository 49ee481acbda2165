package dev.weft.identity.audit;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.weft.common.audit.AuditEntry;
import dev.weft.common.audit.AuditOutcome;
import dev.weft.common.mongo.StoreTimeLimit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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

    /**
     * First all are stored as they were told, then those without a contract or tenant are placed: whichever of an object's
     * creation and a refusal about it is stored last sees the other, also when two replicas are at it.
     */
    @Override
    public void add(List<AuditEntry> entries) {
        write(entries.stream().map(this::stored).toList());
        var places = new ArrayList<WriteModel<Document>>();
        for (var entry : entries) {
            var contract = entry.place().contractId();
            var tenant = entry.place().tenantId();
            if (contract == null) {
                place(entry).ifPresent(places::add);
            } else if (tenant == null) {
                tenantOf(contract)
                        .map(known -> withTenant(new Document(ID, entry.id()), known))
                        .ifPresent(places::add);
            } else if (makes(entry)) {
                places.add(placeOfAll(entry));
                if (contract.equals(entry.objectId())) {
                    places.add(withTenant(new Document(StoredAuditEntry.CONTRACT, contract), tenant));
                }
            }
        }
        write(places);
    }

    private void write(List<WriteModel<Document>> writes) {
        if (!writes.isEmpty()) {
            mongo.getCollection(StoredAuditEntry.COLLECTION).bulkWrite(writes, new BulkWriteOptions().ordered(false));
        }
    }

    private WriteModel<Document> stored(AuditEntry entry) {
        var which = new Document(ID, entry.id());
        var stored = StoredAuditEntry.of(entry);
        return entry.presumed()
                ? new UpdateOneModel<>(which, new Document("$setOnInsert", stored), new UpdateOptions().upsert(true))
                : new ReplaceOneModel<>(which, stored, new ReplaceOptions().upsert(true));
    }

    private static boolean makes(AuditEntry entry) {
        return entry.objectId() != null
                && entry.outcome() == AuditOutcome.SUCCEEDED
                && entry.action().endsWith(".create");
    }

    /**
     * The gateway refuses without asking where an object is, which earlier entries about it tell. Without that, the owner of
     * the contract would not see it.
     */
    private Optional<WriteModel<Document>> place(AuditEntry entry) {
        var workspace = entry.place().workspaceId();
        var of = new Criteria();
        if (workspace != null) {
            of.and(StoredAuditEntry.WORKSPACE).is(workspace);
        } else if (entry.objectId() != null) {
            of.and(StoredAuditEntry.OBJECT)
                    .is(entry.objectId())
                    .and(StoredAuditEntry.OBJECT_TYPE)
                    .in(typesOf(entry));
        } else {
            return Optional.empty();
        }
        var tenant = entry.place().tenantId();
        is(of, StoredAuditEntry.TENANT, tenant);
        if (tenant == null) {
            onlyDone(of);
        }
        var known = mongo.findOne(
                query(of.and(StoredAuditEntry.CONTRACT).exists(true)).with(newestFirst()),
                Document.class,
                StoredAuditEntry.COLLECTION);
        return Optional.ofNullable(known)
                .map(there -> new UpdateOneModel<>(unplaced().append(ID, entry.id()), placedAs(there)));
    }

    /** A service account is of no tenant: a refusal at a contract is the tenant's whose contract it is. */
    private Optional<String> tenantOf(String contractId) {
        var there = mongo.findOne(
                query(onlyDone(where(StoredAuditEntry.CONTRACT).is(contractId))),
                Document.class,
                StoredAuditEntry.COLLECTION);
        return Optional.ofNullable(there).map(known -> known.getString(StoredAuditEntry.TENANT));
    }

    /** What was refused tells of nobody's place: anybody may ask for what is another tenant's. */
    private static Criteria onlyDone(Criteria criteria) {
        return criteria.and(StoredAuditEntry.OUTCOME)
                .is(AuditOutcome.SUCCEEDED.wire())
                .and(StoredAuditEntry.TENANT)
                .exists(true);
    }

    private static WriteModel<Document> withTenant(Document which, String tenant) {
        return new UpdateManyModel<>(
                which.append(StoredAuditEntry.TENANT, new Document("$exists", false)),
                new Document("$set", new Document(StoredAuditEntry.TENANT, tenant)));
    }

    /** A user is an object of members' entries too, and what users do elsewhere is nothing for the contract's owner. */
    private static List<String> typesOf(AuditEntry entry) {
        return entry.objectType().equals("invite")
                ? List.of("invite", "contract-invite", "workspace-invite")
                : List.of(entry.objectType());
    }

    /** What was told of an object before its creation was. */
    private static WriteModel<Document> placeOfAll(AuditEntry made) {
        var which = unplaced()
                .append(StoredAuditEntry.OBJECT, made.objectId())
                .append(StoredAuditEntry.OBJECT_TYPE, made.objectType())
                // Of a service account it was told without one.
                .append(
                        "$or",
                        List.of(
                                new Document(
                                        StoredAuditEntry.TENANT, made.place().tenantId()),
                                new Document(StoredAuditEntry.TENANT, new Document("$exists", false))));
        return new UpdateManyModel<>(which, placedAs(StoredAuditEntry.of(made)));
    }

    private static Document unplaced() {
        return new Document(StoredAuditEntry.CONTRACT, new Document("$exists", false));
    }

    private static Document placedAs(Document other) {
        var place = new Document();
        for (var name : List.of(StoredAuditEntry.TENANT, StoredAuditEntry.CONTRACT, StoredAuditEntry.WORKSPACE)) {
            if (other.get(name) != null) {
                place.append(name, other.get(name));
            }
        }
        return new Document("$set", place);
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
    public boolean knowsContract(@Nullable String tenantId, String contractId) {
        var done = where(StoredAuditEntry.CONTRACT)
                .is(contractId)
                .and(StoredAuditEntry.OUTCOME)
                .is(AuditOutcome.SUCCEEDED.wire());
        is(done, StoredAuditEntry.TENANT, tenantId);
        return mongo.exists(query(done), StoredAuditEntry.COLLECTION);
    }

    @Override
    public void removeBefore(Instant limit) {
        StoreTimeLimit.ofMany(mongo.getCollection(StoredAuditEntry.COLLECTION))
                .deleteMany(new Document(StoredAuditEntry.AT, new Document("$lt", Date.from(limit))));
    }
}
