package dev.weft.workspace.policy;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.util.List;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Copies of policies in the collection {@code policy_copies}. */
@Repository
class MongoPolicyCopies implements PolicyCopies {

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoPolicyCopies(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredPolicyCopy.COLLECTION, StoredPolicyCopy.class);
    }

    @Override
    public Optional<PolicyCopy> find(String tenantId) {
        return Optional.ofNullable(mongo.findById(tenantId, StoredPolicyCopy.class))
                .map(StoredPolicyCopy::read);
    }

    @Override
    public PolicyCopy keep(PolicyCopy fetched, Outgoing announcement) {
        var id = fetched.tenantId();
        var kept = find(id).orElse(null);
        // Each step holds only on what it was decided on, so of two at once the newer policy stays, whichever is last.
        while (kept == null || kept.revision() <= fetched.revision()) {
            if (kept == null) {
                var stored = StoredPolicyCopy.of(fetched, List.of(announcement));
                if (store.insert(id, stored, Telling.BEFORE_REPLY)) {
                    return fetched;
                }
            } else if (kept.roles().equals(fetched.roles()) && kept.revision() == fetched.revision()) {
                mongo.updateFirst(
                        RevisionedStore.decidedOn(id, kept.revision()),
                        new Update().set("fetched_at", fetched.fetchedAt()),
                        StoredPolicyCopy.class);
                return fetched;
            } else {
                var change = StoredPolicyCopy.of(fetched, List.of()).change();
                var asDecided = RevisionedStore.decidedOn(id, kept.revision());
                if (store.write(id, asDecided, change, List.of(announcement), Telling.BEFORE_REPLY)) {
                    return fetched;
                }
            }
            kept = find(id).orElse(null);
        }
        return kept;
    }

    @Override
    public void remove(String tenantId) {
        mongo.remove(query(where("_id").is(tenantId)), StoredPolicyCopy.class);
    }
}
