package dev.weft.workspace.policy;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
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
    public PolicyCopy keep(PolicyCopy fetched, LongFunction<Outgoing> announcement) {
        var id = fetched.tenantId();
        var kept = find(id).orElse(null);
        // Each step holds only on what it was decided on, so of two at once the newer policy stays, whichever is last.
        while (kept == null || kept.revision() <= fetched.revision()) {
            var next = fetched.as(kept == null ? 1 : kept.edition() + 1);
            var announced = List.of(announcement.apply(next.edition()));
            if (kept == null) {
                if (store.insert(id, StoredPolicyCopy.of(next, announced), Telling.BEFORE_REPLY)) {
                    return next;
                }
            } else if (kept.roles().equals(fetched.roles()) && kept.revision() == fetched.revision()) {
                mongo.updateFirst(
                        asDecided(kept), new Update().set("fetched_at", fetched.fetchedAt()), StoredPolicyCopy.class);
                return fetched.as(kept.edition());
            } else {
                var change = StoredPolicyCopy.of(next, List.of()).change();
                if (store.write(id, asDecided(kept), change, announced, Telling.BEFORE_REPLY)) {
                    return next;
                }
            }
            kept = find(id).orElse(null);
        }
        return kept;
    }

    /** By the edition, since a policy may change under its revision. */
    private static Query asDecided(PolicyCopy kept) {
        return query(where("_id").is(kept.tenantId()).and("edition").is(kept.edition()));
    }

    @Override
    public void remove(String tenantId) {
        mongo.remove(query(where("_id").is(tenantId)), StoredPolicyCopy.class);
    }
}
