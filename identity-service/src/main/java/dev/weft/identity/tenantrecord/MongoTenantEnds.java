package dev.weft.identity.tenantrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

/** Tenants that are being deleted: found by nobody else, while what is left of them goes. */
record MongoTenantEnds(MongoTemplate mongo, RevisionedStore store, Clock clock) {

    private static final String STATE = "state";
    private static final int SOME = 20;

    boolean begin(String id, Outgoing fact) {
        var there = query(where("_id").is(id).and(STATE).ne(StoredTenant.DELETING));
        var change = new Update()
                .set(STATE, StoredTenant.DELETING)
                .set("state_since", clock.instant())
                // The installation may have another default at once.
                .unset(StoredTenant.DEFAULT_MARK)
                // A change that was decided before does not hold any more.
                .inc("revision", 1);
        return store.write(id, there, change, List.of(fact), Telling.BEFORE_REPLY);
    }

    void end(String id) {
        mongo.remove(
                query(where("_id")
                        .is(id)
                        .and(STATE)
                        .is(StoredTenant.DELETING)
                        .and(OutboxField.NAME)
                        .size(0)),
                StoredTenant.class);
    }

    List<Tenant> underWay(Instant limit) {
        var query = query(where("state_since").lt(limit).and(STATE).is(StoredTenant.DELETING))
                .limit(SOME);
        return mongo.find(query, StoredTenant.class).stream()
                .map(StoredTenant::toTenant)
                .toList();
    }
}
