package dev.weft.identity.openid;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Repository;

/** Foreign identities in the collection {@code openid_identities}. */
@Repository
class MongoOpenIdRepository implements OpenIdRepository {

    private final MongoTemplate mongo;

    MongoOpenIdRepository(MongoTemplate mongo) {
        this.mongo = mongo;
        var indexes = mongo.indexOps(StoredOpenIdIdentity.class);
        // The digest is indexed and not the pair: an issuer may be too long for an index.
        indexes.createIndex(new Index("digest", Sort.Direction.ASC).unique());
        indexes.createIndex(new Index("user", Sort.Direction.ASC));
        indexes.createIndex(new Index("sub", Sort.Direction.ASC));
        indexes.createIndex(new Index("tenant", Sort.Direction.ASC).on("user", Sort.Direction.ASC));
    }

    @Override
    public List<String> users(@Nullable String tenantId, @Nullable String iss, @Nullable String sub) {
        var criteria = new Criteria();
        if (tenantId != null) {
            criteria = criteria.and("tenant").is(tenantId);
        }
        if (iss != null) {
            criteria = criteria.and("iss").is(iss);
        }
        if (sub != null) {
            criteria = criteria.and("sub").is(sub);
        }
        var query = query(criteria).with(Sort.by("user"));
        query.fields().include("user");
        return mongo.find(query, Document.class, StoredOpenIdIdentity.COLLECTION).stream()
                .map(found -> found.getString("user"))
                .distinct()
                .toList();
    }

    @Override
    public Optional<OpenIdIdentity> find(String tenantId, String iss, String sub) {
        var digest = StoredOpenIdIdentity.digest(tenantId, iss, sub);
        return Optional.ofNullable(mongo.findOne(query(where("digest").is(digest)), StoredOpenIdIdentity.class))
                .map(StoredOpenIdIdentity::read);
    }

    @Override
    public Optional<OpenIdIdentity> find(String id) {
        return Optional.ofNullable(mongo.findById(id, StoredOpenIdIdentity.class))
                .map(StoredOpenIdIdentity::read);
    }

    @Override
    public boolean insert(OpenIdIdentity identity) {
        try {
            mongo.insert(StoredOpenIdIdentity.of(identity));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public void remove(String id) {
        mongo.remove(query(where("_id").is(id)), StoredOpenIdIdentity.class);
    }

    @Override
    public void removeOf(String userId) {
        mongo.remove(query(where("user").is(userId)), StoredOpenIdIdentity.class);
    }
}
