package dev.weft.workspace.credentialrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.crypto.Vault;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Credentials in the collection {@code credentials}. */
@Repository
class MongoCredentialRepository implements CredentialRepository {

    static final String COLLECTION = "credentials";
    private static final int PASSED_ON_AT_ONCE = 500;

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final StoredKeys locked;

    MongoCredentialRepository(MongoTemplate mongo, OutboxRelay relay, Vault vault, JsonMapper json) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, StoredCredential.class);
        this.locked = new StoredKeys(vault, json);
        var indexes = mongo.indexOps(COLLECTION);
        indexes.createIndex(new Index("workspace", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("workspace", Sort.Direction.ASC)
                .on("component", Sort.Direction.ASC)
                .on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("workspace", Sort.Direction.ASC)
                .on("user", Sort.Direction.ASC)
                .on("_id", Sort.Direction.ASC));
    }

    @Override
    public Optional<Credential> find(String id) {
        return Optional.ofNullable(mongo.findOne(visible(where("_id").is(id)), StoredCredential.class))
                .map(locked::read);
    }

    @Override
    public FoundCredentials list(CredentialListing listing) {
        var query = visible(StoredCredential.shown(listing));
        var total = mongo.count(query, COLLECTION);
        query.with(Sort.by("_id")).skip(listing.skip()).limit(listing.size());
        query.fields().exclude("outbox");
        var found = BoundedPage.read(mongo, query, COLLECTION, document -> locked.read(mongo.getConverter(), document));
        return new FoundCredentials(found.items(), found.cut(), total);
    }

    @Override
    public List<CredentialReference> references(String workspaceId, Collection<String> ids) {
        var query = visible(where("_id").in(ids).and("workspace").is(workspaceId));
        query.fields().include("tenant", "component");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(found -> new CredentialReference(
                        found.getString("_id"), found.getString("tenant"), found.getString("component")))
                .toList();
    }

    @Override
    public long count(String workspaceId, String componentId) {
        return mongo.count(
                visible(where("workspace").is(workspaceId).and("component").is(componentId)), StoredCredential.class);
    }

    @Override
    public void insert(Credential credential) {
        mongo.insert(locked.store(credential));
    }

    @Override
    public boolean save(Credential credential, Outgoing fact) {
        var update = new Update()
                .set("name", credential.name())
                .set("keys", locked.keysOf(credential))
                .inc("revision", 1);
        var asDecided = visible(where("_id").is(credential.id()).and("revision").is(credential.revision()));
        return store.write(credential.id(), asDecided, update, List.of(fact), Telling.BEFORE_REPLY);
    }

    @Override
    public void delete(String id, Outgoing fact) {
        var update = new Update()
                .set("deleted", true)
                // The secrets go at once, even if the fact must wait for the broker.
                .set("keys", "")
                .inc("revision", 1);
        store.write(id, visible(where("_id").is(id)), update, List.of(fact), Telling.BEFORE_REPLY);
        // Only when its outbox is empty: the record is what tells of its own deletion.
        mongo.remove(MongoCredentialSweeper.told(where("_id").is(id)), StoredCredential.class);
    }

    @Override
    public void deleteAllOf(String workspaceId) {
        mongo.remove(Query.query(where("workspace").is(workspaceId)), StoredCredential.class);
    }

    @Override
    public void passOn(String workspaceId, String userId, String heirId, Instant at) {
        for (var ids = owned(workspaceId, userId, at); !ids.isEmpty(); ids = owned(workspaceId, userId, at)) {
            mongo.updateMulti(
                    Query.query(where("_id").in(ids).and("user").is(userId)),
                    new Update().set("user", heirId),
                    StoredCredential.class);
        }
    }

    /** Some of them: one update of any number would hold up whatever else the store is asked for. */
    private List<String> owned(String workspaceId, String userId, Instant at) {
        var query = Query.query(where("workspace")
                        .is(workspaceId)
                        .and("user")
                        .is(userId)
                        .and("_id")
                        .lt(Ids.after(at)))
                .limit(PASSED_ON_AT_ONCE);
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(found -> found.getString("_id"))
                .toList();
    }

    private static Query visible(Criteria criteria) {
        return Query.query(criteria.and("deleted").is(false));
    }
}
