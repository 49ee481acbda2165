package dev.weft.identity.tenantrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Repository;

/** Tenants in the collection {@code tenants}. */
@Repository
class MongoTenantRepository implements TenantRepository {

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final MongoTenantAdmins admins;
    private final MongoTenantEnds ends;

    MongoTenantRepository(MongoTemplate mongo, OutboxRelay relay, Clock clock) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredTenant.COLLECTION, StoredTenant.class);
        this.admins = new MongoTenantAdmins(mongo, store);
        this.ends = new MongoTenantEnds(mongo, store, clock);
        var indexes = mongo.indexOps(StoredTenant.class);
        indexes.createIndex(new Index("code", Sort.Direction.ASC).unique());
        indexes.createIndex(new Index("app_domain", Sort.Direction.ASC).unique());
        // sparse: tenants without the mark are not in the unique index; otherwise only one of them would be accepted.
        indexes.createIndex(new Index(StoredTenant.DEFAULT_MARK, Sort.Direction.ASC)
                .unique()
                .sparse());
        indexes.createIndex(new Index("state_since", Sort.Direction.ASC).sparse());
        new MongoDefaultTenant(mongo).mark();
    }

    @Override
    public Optional<Tenant> find(String id) {
        return findOne(where("_id").is(id));
    }

    @Override
    public Optional<Tenant> findByCode(String code) {
        return findOne(where("code").is(code));
    }

    private Optional<Tenant> findOne(Criteria criteria) {
        return Optional.ofNullable(mongo.findOne(query(visible(criteria)), StoredTenant.class))
                .map(StoredTenant::toTenant);
    }

    private static Criteria visible(Criteria criteria) {
        return criteria.and("state").ne(StoredTenant.DELETING);
    }

    @Override
    public FoundTenants list(int skip, int size) {
        var query =
                query(visible(new Criteria())).with(Sort.by("_id")).skip(skip).limit(size);
        query.fields().exclude("outbox");
        var total = mongo.count(query(visible(new Criteria())), StoredTenant.class);
        var found = BoundedPage.read(
                mongo,
                query,
                StoredTenant.COLLECTION,
                document ->
                        mongo.getConverter().read(StoredTenant.class, document).toTenant());
        return new FoundTenants(found.items(), found.cut(), total);
    }

    @Override
    public TenantSaving insert(Tenant tenant, Outgoing fact) {
        return store.insert(tenant.id(), StoredTenant.of(tenant, fact), Telling.AFTERWARDS)
                ? TenantSaving.DONE
                : taken(tenant);
    }

    /** The driver names the index only in a message; asking is surer. */
    private TenantSaving taken(Tenant tenant) {
        if (hasAnother(tenant, where("code").is(tenant.code()))) {
            return TenantSaving.CODE_TAKEN;
        }
        return hasAnother(tenant, where("app_domain").is(tenant.appDomain()))
                ? TenantSaving.APP_DOMAIN_TAKEN
                : TenantSaving.DEFAULT_TAKEN;
    }

    private boolean hasAnother(Tenant tenant, Criteria criteria) {
        // Also one that is being deleted: it has its names until it is gone.
        return mongo.exists(query(criteria.and("_id").ne(tenant.id())), StoredTenant.class);
    }

    @Override
    public TenantSaving update(Tenant tenant, Outgoing fact) {
        // A tenant stored by an early release has no revision.
        var before = tenant.revision() == 1 ? null : tenant.revision() - 1;
        var asDecided = query(where("_id").is(tenant.id()).and("revision").is(before));
        try {
            return store.write(
                            tenant.id(),
                            asDecided,
                            StoredTenant.of(tenant, fact).change(),
                            List.of(fact),
                            Telling.AFTERWARDS)
                    ? TenantSaving.DONE
                    : TenantSaving.OUTPACED;
        } catch (DuplicateKeyException e) {
            return taken(tenant);
        }
    }

    @Override
    public boolean isTaken(String code) {
        return mongo.exists(query(where("code").is(code)), StoredTenant.class);
    }

    @Override
    public boolean beginDeletion(String id, Outgoing fact) {
        return ends.begin(id, fact);
    }

    @Override
    public void endDeletion(String id) {
        ends.end(id);
    }

    @Override
    public List<Tenant> underDeletion(Instant limit) {
        return ends.underWay(limit);
    }

    @Override
    public void addAdmin(String tenantId, String userId, Outgoing fact) {
        admins.add(tenantId, userId, fact);
    }

    @Override
    public boolean removeAdmin(String tenantId, String userId, Outgoing fact) {
        return admins.remove(tenantId, userId, fact);
    }

    @Override
    public void forgetAdmin(String tenantId, String userId) {
        admins.forget(tenantId, userId);
    }
}
