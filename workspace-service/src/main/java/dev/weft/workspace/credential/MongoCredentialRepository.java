package dev.weft.workspace.credential;

import static java.time.Duration.ofSeconds;
import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.weft.common.crypto.Vault;
import dev.weft.common.duty.Duty;
import dev.weft.common.event.Outgoing;
import dev.weft.common.id.Ids;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.workspace.credential.CredentialRepository.CredentialListing;
import dev.weft.workspace.credentialfield.CredentialKeys;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Credentials in the collection {@code credentials}. */
@Repository
class MongoCredentialRepository implements CredentialRepository {

    static final String COLLECTION = "credentials";

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final Vault vault;
    private final JsonMapper json;

    MongoCredentialRepository(MongoTemplate mongo, OutboxRelay relay, Vault vault, JsonMapper json) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, StoredCredential.class);
        this.vault = vault;
        this.json = json;
        var indexes = mongo.indexOps(COLLECTION);
        indexes.createIndex(new Index("workspace", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("workspace", Sort.Direction.ASC)
                .on("component", Sort.Direction.ASC)
                .on("_id", Sort.Direction.ASC));
    }

    @Override
    public Optional<Credential> find(String id) {
        return Optional.ofNullable(mongo.findOne(visible(where("_id").is(id)), StoredCredential.class))
                .map(this::read);
    }

    @Override
    public Found list(CredentialListing listing) {
        var criteria = where("workspace").is(listing.workspaceId());
        if (!listing.componentIds().isEmpty()) {
            criteria = criteria.and("component").in(listing.componentIds());
        }
        var query = visible(criteria);
        var total = mongo.count(query, COLLECTION);
        query.with(Sort.by("_id")).skip(listing.skip()).limit(listing.size());
        query.fields().exclude("outbox");
        var found = BoundedPage.read(mongo, query, COLLECTION, this::listed);
        return new Found(found.items(), found.cut(), total);
    }

    private Credential listed(Document document) {
        return read(mongo.getConverter().read(StoredCredential.class, document.append("outbox", List.of())));
    }

    @Override
    public List<CredentialRepository.Reference> references(String workspaceId, Collection<String> ids) {
        var query = visible(where("_id").in(ids).and("workspace").is(workspaceId));
        query.fields().include("tenant", "component");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(found -> new CredentialRepository.Reference(
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
        mongo.insert(new StoredCredential(
                credential.id(),
                credential.tenantId(),
                credential.contractId(),
                credential.workspaceId(),
                credential.componentId(),
                credential.userId(),
                credential.name(),
                lock(credential),
                false,
                credential.revision(),
                List.of()));
    }

    @Override
    public boolean save(Credential credential, Outgoing fact) {
        var update = new Update()
                .set("name", credential.name())
                .set("keys", lock(credential))
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
        mongo.remove(told(where("_id").is(id)), StoredCredential.class);
    }

    @Bean
    Duty deletedCredentialsDuty() {
        return Duty.ofService("deleted-credentials", ofSeconds(60), this::sweep).first(ofSeconds(30));
    }

    /** Removes what was deleted while the broker was away, once the fact is out. */
    void sweep() {
        mongo.remove(told(new Criteria()), StoredCredential.class);
    }

    @Override
    public void deleteAllOf(String workspaceId) {
        mongo.remove(Query.query(where("workspace").is(workspaceId)), StoredCredential.class);
    }

    @Override
    public void passOn(String workspaceId, String userId, String heirId, Instant at) {
        mongo.updateMulti(
                Query.query(where("workspace")
                        .is(workspaceId)
                        .and("user")
                        .is(userId)
                        .and("_id")
                        .lt(Ids.after(at))),
                new Update().set("user", heirId),
                StoredCredential.class);
    }

    private static Query told(Criteria criteria) {
        return Query.query(criteria.and("deleted").is(true).and("outbox").size(0));
    }

    private static Query visible(Criteria criteria) {
        return Query.query(criteria.and("deleted").is(false));
    }

    private String lock(Credential credential) {
        return vault.lock(json.writeValueAsString(credential.keys().values()), credential.id());
    }

    private Credential read(StoredCredential stored) {
        var keys = (ObjectNode) json.readTree(vault.unlock(stored.keys(), stored.id()));
        return new Credential(
                stored.id(),
                stored.tenant(),
                stored.contract(),
                stored.workspace(),
                stored.component(),
                stored.user(),
                stored.name(),
                new CredentialKeys(keys),
                stored.revision());
    }
}
