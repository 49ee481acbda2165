package dev.weft.identity.tenantrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

/** Moves the mark of the default tenant from one tenant to another. */
record MongoDefaultTenant(MongoTemplate mongo) {

    private static final Logger log = LoggerFactory.getLogger(MongoDefaultTenant.class);

    /** Of the default tenants that were stored before there was the mark, the oldest keeps being it. */
    void mark() {
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
}
