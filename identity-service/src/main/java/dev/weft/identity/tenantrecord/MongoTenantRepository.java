package dev.weft.identity.tenantrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/** Tenants in the collection {@code tenants}. */
@Repository
class MongoTenantRepository implements TenantRepository {

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final MongoTenantAdmins admins;

    MongoTenantRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredTenant.COLLECTION, StoredTenant.class);
        this.admins = new MongoTenantAdmins(mongo, store);
        var indexes = mongo.indexOps(StoredTenant.class);
        indexes.createIndex(new Index("code", Sort.Direction.ASC).unique());
        indexes.createIndex(new Index("app_domain", Sort.Direction.ASC).unique());
        // sparse: tenants without the mark are not in the unique index; otherwise only one of them would be accepted.
        indexes.createIndex(new Index(StoredTenant.DEFAULT_MARK, Sort.Direction.ASC)
                .unique()
                .sparse());
        new MongoDefaultTenant(mongo).mark();
    }

    @Override
    public Optional<Tenant> find(String id) {
        return Optional.ofNullable(mongo.findById(id, StoredTenant.class)).map(StoredTenant::toTenant);
    }

    @Override
    public Optional<Tenant> findByCode(String code) {
        return findOne(where("code").is(code));
    }

    private Optional<Tenant> findOne(Criteria criteria) {
        return Optional.ofNullable(mongo.findOne(query(criteria), StoredTenant.class))
                .map(StoredTenant::toTenant);
    }

    @Override
    public FoundTenants list(int skip, int size) {
        var query = new Query().with(Sort.by("_id")).skip(skip).limit(size);
        query.fields().exclude("outbox");
        var total = mongo.count(new Query(), StoredTenant.class);
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
        return findOne(criteria.and("_id").ne(tenant.id())).isPresent();
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
