package dev.weft.identity.policyrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

/** Policies that were changed, in the collection {@code policies}. */
@Repository
class MongoPolicyRepository implements PolicyRepository {

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoPolicyRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredPolicy.COLLECTION, StoredPolicy.class);
    }

    @Override
    public TenantPolicy get(String tenantId) {
        return Optional.ofNullable(mongo.findById(tenantId, StoredPolicy.class))
                .map(StoredPolicy::read)
                .orElseGet(() -> TenantPolicy.initial(tenantId));
    }

    @Override
    public boolean save(TenantPolicy policy, Outgoing fact) {
        var stored = StoredPolicy.of(policy, fact);
        return policy.revision() == 1
                ? store.insert(policy.tenantId(), stored, Telling.BEFORE_REPLY)
                : store.write(
                        policy.tenantId(),
                        RevisionedStore.decidedOn(policy.tenantId(), policy.revision() - 1),
                        stored.change(),
                        List.of(fact),
                        Telling.BEFORE_REPLY);
    }

    @Override
    public void remove(String tenantId) {
        mongo.remove(query(where("_id").is(tenantId)), StoredPolicy.class);
    }
}
