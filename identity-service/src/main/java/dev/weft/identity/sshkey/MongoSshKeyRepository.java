package dev.weft.identity.sshkey;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.id.Ids;
import dev.weft.common.mongo.BoundedPage;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Repository;

/** SSH keys in the collection {@code ssh_keys}. */
@Repository
class MongoSshKeyRepository implements SshKeyRepository {

    private final MongoTemplate mongo;

    MongoSshKeyRepository(MongoTemplate mongo) {
        this.mongo = mongo;
        var indexes = mongo.indexOps(StoredSshKey.class);
        // The digest is indexed and not the key, which may be too long for an index.
        indexes.createIndex(new Index("digest", Sort.Direction.ASC).unique());
        indexes.createIndex(new Index("user", Sort.Direction.ASC).on("_id", Sort.Direction.ASC));
    }

    @Override
    public FoundSshKeys listOf(String userId, int skip, int size) {
        var query = query(where("user").is(userId));
        var total = mongo.count(query, StoredSshKey.class);
        query.with(Sort.by("_id")).skip(skip).limit(size);
        var found = BoundedPage.read(
                mongo,
                query,
                StoredSshKey.COLLECTION,
                document ->
                        mongo.getConverter().read(StoredSshKey.class, document).toSshKey());
        return new FoundSshKeys(found.items(), found.cut(), total);
    }

    @Override
    public Optional<SshKey> find(String id) {
        return Optional.ofNullable(mongo.findById(id, StoredSshKey.class)).map(StoredSshKey::toSshKey);
    }

    @Override
    public boolean insert(SshKey key) {
        var parts = key.key();
        try {
            mongo.insert(new StoredSshKey(
                    key.id(),
                    key.userId(),
                    key.title(),
                    parts.type(),
                    parts.blob(),
                    parts.comment(),
                    Ids.sha256(parts.blob())));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public void remove(String id) {
        mongo.remove(query(where("_id").is(id)), StoredSshKey.class);
    }

    @Override
    public void removeOf(String userId) {
        mongo.remove(query(where("user").is(userId)), StoredSshKey.class);
    }
}
