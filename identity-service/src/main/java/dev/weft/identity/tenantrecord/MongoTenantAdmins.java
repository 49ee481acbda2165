package dev.weft.identity.tenantrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.util.List;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

/** The administrators of tenants, each in the record of its tenant. */
record MongoTenantAdmins(MongoTemplate mongo, RevisionedStore store) {

    void add(String tenantId, String userId, Outgoing fact) {
        var change = new Update().addToSet("admins", userId);
        store.write(tenantId, query(where("_id").is(tenantId)), change, List.of(fact), Telling.BEFORE_REPLY);
    }

    boolean remove(String tenantId, String userId, Outgoing fact) {
        // A second element exists, so an administrator remains.
        var withOthers = where("_id")
                .is(tenantId)
                .and("admins")
                .is(userId)
                .and("admins.1")
                .exists(true);
        var change = new Update().pull("admins", userId);
        var removed = store.write(tenantId, query(withOthers), change, List.of(fact), Telling.BEFORE_REPLY);
        return removed || !isAdmin(tenantId, userId);
    }

    private boolean isAdmin(String tenantId, String userId) {
        return mongo.exists(query(where("_id").is(tenantId).and("admins").is(userId)), StoredTenant.class);
    }

    void forget(String tenantId, String userId) {
        mongo.updateFirst(query(where("_id").is(tenantId)), new Update().pull("admins", userId), StoredTenant.class);
    }
}
