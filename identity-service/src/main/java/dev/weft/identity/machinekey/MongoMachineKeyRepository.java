package dev.weft.identity.machinekey;

import static java.time.Duration.ofSeconds;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.crypto.Vault;
import dev.weft.common.duty.Duty;
import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Machine keys in the collection {@code machine_keys}; a revoked one leaves it when that was told. */
@Repository
class MongoMachineKeyRepository implements MachineKeyRepository {

    private static final String LAST_USED = "last_used_at";

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final Vault vault;

    MongoMachineKeyRepository(MongoTemplate mongo, OutboxRelay relay, Vault vault) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredMachineKey.COLLECTION, StoredMachineKey.class);
        this.vault = vault;
        mongo.indexOps(StoredMachineKey.class)
                .createIndex(new Index("tenant", Sort.Direction.ASC)
                        .on("contract", Sort.Direction.ASC)
                        .on("_id", Sort.Direction.ASC));
        mongo.indexOps(StoredMachineKey.class).createIndex(new Index("contract", Sort.Direction.ASC).sparse());
        mongo.indexOps(StoredMachineKey.class).createIndex(new Index("revoked", Sort.Direction.ASC));
    }

    @Override
    public Optional<MachineKey> find(String accessKey) {
        return Optional.ofNullable(mongo.findOne(good(where("_id").is(accessKey)), StoredMachineKey.class))
                .map(found -> found.toKey(vault));
    }

    @Override
    public FoundMachineKeys list(KeyPlace place, int skip, int size) {
        var query = good(of(place));
        var total = mongo.count(query, StoredMachineKey.class);
        query.with(Sort.by("_id")).skip(skip).limit(size);
        query.fields().exclude(OutboxField.NAME);
        var found = BoundedPage.read(mongo, query, StoredMachineKey.COLLECTION, this::read);
        return new FoundMachineKeys(found.items(), found.cut(), total);
    }

    @Override
    public long count(KeyPlace place) {
        return mongo.count(good(of(place)), StoredMachineKey.class);
    }

    private static Criteria of(KeyPlace place) {
        return where("tenant").is(place.tenantId()).and("contract").is(place.contractId());
    }

    private MachineKey read(Document document) {
        return mongo.getConverter().read(StoredMachineKey.class, document).toKey(vault);
    }

    @Override
    public void insert(MachineKey key) {
        mongo.insert(StoredMachineKey.of(key, vault));
    }

    @Override
    public void revoke(String accessKey, Outgoing fact) {
        revoke(accessKey, fact, Telling.BEFORE_REPLY);
        mongo.remove(told(where("_id").is(accessKey)), StoredMachineKey.class);
    }

    private void revoke(String accessKey, Outgoing fact, Telling telling) {
        var change = new Update()
                .set("revoked", true)
                // The secret goes at once, even if the fact must wait for the broker.
                .set("secret", "");
        store.write(accessKey, good(where("_id").is(accessKey)), change, List.of(fact), telling);
    }

    @Override
    public void revokeAllOf(String contractId, Function<String, Outgoing> fact) {
        revokeAll(where("contract").is(contractId), fact);
    }

    @Override
    public void revokeAllOfTenant(String tenantId, Function<String, Outgoing> fact) {
        revokeAll(where("tenant").is(tenantId), fact);
    }

    private void revokeAll(Criteria criteria, Function<String, Outgoing> fact) {
        var query = good(criteria);
        query.fields().include("_id");
        for (var key : mongo.find(query, Document.class, StoredMachineKey.COLLECTION)) {
            var accessKey = key.getString("_id");
            // Of many nobody waits for each to be told.
            revoke(accessKey, fact.apply(accessKey), Telling.AFTERWARDS);
        }
    }

    @Override
    public void removeToldOf(String contractId) {
        mongo.remove(told(where("contract").is(contractId)), StoredMachineKey.class);
    }

    @Override
    public boolean hasAnyOf(String contractId) {
        return mongo.exists(query(where("contract").is(contractId)), StoredMachineKey.class);
    }

    @Override
    public void noteUse(String accessKey, Instant at) {
        var due = where("_id")
                .is(accessKey)
                .orOperator(where(LAST_USED).exists(false), where(LAST_USED).lt(at.minus(USE_NOTED_EVERY)));
        mongo.updateFirst(good(due), new Update().set(LAST_USED, at), StoredMachineKey.class);
    }

    @Bean
    Duty revokedMachineKeysDuty() {
        return Duty.ofService("revoked-machine-keys", ofSeconds(10), this::sweep);
    }

    /** Removes what was revoked with its tenant, or while the broker was away, once the fact is out. */
    void sweep() {
        mongo.remove(told(new Criteria()), StoredMachineKey.class);
    }

    private static Query good(Criteria criteria) {
        return query(criteria.and("revoked").is(false));
    }

    /** Only what has an empty outbox: the record is what tells of its own end. */
    private static Query told(Criteria criteria) {
        return query(criteria.and("revoked").is(true).and(OutboxField.NAME).size(0));
    }
}
