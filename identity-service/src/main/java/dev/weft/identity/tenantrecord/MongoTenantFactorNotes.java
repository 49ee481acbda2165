package dev.weft.identity.tenantrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.List;
import java.util.Objects;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Notes in the records of tenants: {@code factor}, which is in force, and {@code factor_due}. */
@Repository
class MongoTenantFactorNotes implements TenantFactorNotes {

    private static final String DUE = "factor_due";
    private static final int SOME = 20;

    private final MongoTemplate mongo;

    MongoTenantFactorNotes(MongoTemplate mongo) {
        this.mongo = mongo;
        mongo.indexOps(StoredTenant.class).createIndex(new Index(DUE, Sort.Direction.ASC).sparse());
        noteOlder();
    }

    /** A release that only stored the flags brought them to nobody. */
    private void noteOlder() {
        var flags = "settings." + Tenant.FEATURE_FLAGS;
        var said = new Criteria()
                .orOperator(
                        where(flags + ".forced_totp").is(true),
                        where(flags + ".enabled_totp").is(true));
        var older = where(StoredTenant.FACTOR).exists(false).andOperator(said);
        mongo.updateMulti(query(older), new Update().set(DUE, true), StoredTenant.class);
    }

    private static Criteria there(String id) {
        return where("_id").is(id).and("state").ne(StoredTenant.DELETING);
    }

    @Override
    public void compare(String tenantId) {
        var tenant = mongo.findOne(query(there(tenantId)), StoredTenant.class);
        if (tenant == null) {
            return;
        }
        var said = tenant.toTenant().secondFactor().name();
        if (!said.equals(Objects.requireNonNullElse(tenant.factor(), SecondFactor.OFF.name()))) {
            mongo.updateFirst(query(there(tenantId)), new Update().set(DUE, true), StoredTenant.class);
        }
    }

    @Override
    public List<Tenant> due() {
        var query = query(where(DUE).is(true).and("state").ne(StoredTenant.DELETING))
                .limit(SOME);
        return mongo.find(query, StoredTenant.class).stream()
                .map(StoredTenant::toTenant)
                .toList();
    }

    @Override
    public void applied(Tenant tenant) {
        // A tenant stored by an early release has no revision.
        var revision = tenant.revision() == 0 ? null : tenant.revision();
        // Of another revision it may say something else: then the note is still due, and is looked at again.
        var asApplied = there(tenant.id()).and("revision").is(revision);
        var change = new Update()
                .set(StoredTenant.FACTOR, tenant.secondFactor().name())
                .unset(DUE);
        mongo.updateFirst(query(asApplied), change, StoredTenant.class);
    }
}
