package dev.weft.workspace.quota;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Quotas in the collection {@code quotas}. */
@Repository
class MongoQuotaRepository implements QuotaRepository {

    private final MongoTemplate mongo;
    private final OutboxRelay relay;

    MongoQuotaRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.relay = relay;
        mongo.indexOps(StoredQuota.class).createIndex(new Index("ids", Sort.Direction.ASC));
    }

    @Override
    public Optional<Quota> first(QuotaType type, List<QuotaContext> contexts) {
        var ids = contexts.stream().map(one -> StoredQuota.id(type, one)).toList();
        var found = mongo.find(query(where("_id").in(ids)), StoredQuota.class).stream()
                .collect(Collectors.toMap(StoredQuota::id, Function.identity()));
        return ids.stream()
                .filter(found::containsKey)
                .findFirst()
                .map(found::get)
                .map(StoredQuota::toQuota);
    }

    @Override
    public void put(Quota quota, Outgoing fact) {
        var id = StoredQuota.id(quota.type(), quota.context());
        var change = OutboxField.announcing(
                new Update()
                        .set("type", quota.type().wire())
                        .set("ids", quota.context().ids())
                        .set("limit", quota.limit()),
                List.of(fact));
        try {
            mongo.upsert(query(where("_id").is(id)), change, StoredQuota.class);
        } catch (DuplicateKeyException e) {
            // Two upserts inserted the same new document; it exists now.
            mongo.upsert(query(where("_id").is(id)), change, StoredQuota.class);
        }
        relay.relayAndWait(StoredQuota.COLLECTION, id);
    }

    @Override
    public void removeOf(String id) {
        mongo.remove(query(where("ids").is(id)), StoredQuota.class);
    }
}
