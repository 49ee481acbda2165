package dev.weft.identity.tenant;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.mongo.BoundedPage;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Tenants in the collection {@code tenants}. */
@Repository
class MongoTenantRepository implements TenantRepository {

    private static final Logger log = LoggerFactory.getLogger(MongoTenantRepository.class);

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoTenantRepository(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredTenant.COLLECTION, StoredTenant.class);
        var indexes = mongo.indexOps(StoredTenant.class);
        indexes.createIndex(new Index("code", Sort.Direction.ASC).unique());
        indexes.createIndex(new Index("app_domain", Sort.Direction.ASC).unique());
        // sparse: tenants without the mark are not in the index, else all but one of them would be refused.
        indexes.createIndex(new Index(StoredTenant.DEFAULT_MARK, Sort.Direction.ASC)
                .unique()
                .sparse());
        markDefault();
    }

    /** Of the default tenants that were stored before there was the mark, the oldest keeps being it. */
    private void markDefault() {
        if (mongo.exists(query(where(StoredTenant.DEFAULT_MARK).is(true)), StoredTenant.class)) {
            return;
        }
        var oldest = query(where("settings.is_default").is(true)).with(Sort.by("_id"));
        var stored = mongo.findOne(oldest, StoredTenant.class);
        if (stored != null) {
            try {
                mongo.updateFirst(
                        query(where("_id").is(stored.id())),
                        Update.update(StoredTenant.DEFAULT_MARK, true),
                        StoredTenant.class);
            } catch (DuplicateKeyException e) {
                log.info("Another replica has marked a default tenant meanwhile");
            }
        }
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
    public Found list(int skip, int size) {
        var query = new Query().with(Sort.by("_id")).skip(skip).limit(size);
        query.fields().exclude("outbox");
        var total = mongo.count(new Query(), StoredTenant.class);
        var found = BoundedPage.read(
                mongo,
                query,
                StoredTenant.COLLECTION,
                document ->
                        mongo.getConverter().read(StoredTenant.class, document).toTenant());
        return new Found(found.items(), found.cut(), total);
    }

    @Override
    public Saving insert(Tenant tenant, Outgoing fact) {
        return store.insert(tenant.id(), StoredTenant.of(tenant, fact), Telling.AFTERWARDS)
                ? Saving.DONE
                : taken(tenant);
    }

    /** The driver names the index only in a message; asking is surer. */
    private Saving taken(Tenant tenant) {
        if (hasAnother(tenant, where("code").is(tenant.code()))) {
            return Saving.CODE_TAKEN;
        }
        return hasAnother(tenant, where("app_domain").is(tenant.appDomain()))
                ? Saving.APP_DOMAIN_TAKEN
                : Saving.DEFAULT_TAKEN;
    }

    private boolean hasAnother(Tenant tenant, Criteria criteria) {
        return findOne(criteria.and("_id").ne(tenant.id())).isPresent();
    }

    @Override
    public Saving update(Tenant tenant, Outgoing fact) {
        var change = new Update()
                .set("code", tenant.code())
                .set("name", tenant.name())
                .set("app_domain", tenant.appDomain())
                .set("email_from", tenant.emailFrom())
                .set("settings", tenant.settings())
                .set("revision", tenant.revision());
        if (tenant.isDefault()) {
            change.set(StoredTenant.DEFAULT_MARK, true);
        } else {
            change.unset(StoredTenant.DEFAULT_MARK);
        }
        // One that was stored before there were revisions has none.
        var before = tenant.revision() == 1 ? null : tenant.revision() - 1;
        var asDecided = query(where("_id").is(tenant.id()).and("revision").is(before));
        try {
            return store.write(tenant.id(), asDecided, change, List.of(fact), Telling.AFTERWARDS)
                    ? Saving.DONE
                    : Saving.OUTPACED;
        } catch (DuplicateKeyException e) {
            return taken(tenant);
        }
    }

    @Override
    public void addAdmin(String tenantId, String userId, Outgoing fact) {
        var change = new Update().addToSet("admins", userId);
        store.write(tenantId, query(where("_id").is(tenantId)), change, List.of(fact), Telling.BEFORE_REPLY);
    }

    @Override
    public boolean removeAdmin(String tenantId, String userId, Outgoing fact) {
        // A second element exists: somebody else remains.
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
        return find(tenantId).map(tenant -> tenant.admins().contains(userId)).orElse(false);
    }

    @Override
    public void forgetAdmin(String tenantId, String userId) {
        mongo.updateFirst(query(where("_id").is(tenantId)), new Update().pull("admins", userId), StoredTenant.class);
    }
}
