package dev.weft.identity.account;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.identity.tenantrecord.AccountNames;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.stereotype.Repository;

/** Accounts in the collection {@code mesh_accounts}. */
@Repository
class MongoMeshAccountRepository implements MeshAccountRepository, AccountNames {

    private final MongoTemplate mongo;

    MongoMeshAccountRepository(MongoTemplate mongo) {
        this.mongo = mongo;
        // sparse: accounts without a name of their own are not in it.
        mongo.indexOps(StoredMeshAccount.class)
                .createIndex(new Index("name", Sort.Direction.ASC).unique().sparse());
    }

    @Override
    public Optional<MeshAccount> find(String tenantId) {
        return Optional.ofNullable(mongo.findById(tenantId, StoredMeshAccount.class))
                .map(StoredMeshAccount::toAccount);
    }

    @Override
    public Storing store(MeshAccount account) {
        var stored = StoredMeshAccount.of(account);
        try {
            if (account.revision() == 0) {
                mongo.insert(stored);
                return Storing.DONE;
            }
            var before =
                    query(where("_id").is(account.tenantId()).and("revision").is(account.revision()));
            return mongo.findAndReplace(before, stored, FindAndReplaceOptions.empty()) == null
                    ? Storing.OUTPACED
                    : Storing.DONE;
        } catch (DuplicateKeyException e) {
            // The driver names the index only in a message; asking is surer.
            return isTakenByAnother(account.name(), account.tenantId()) ? Storing.NAME_TAKEN : Storing.OUTPACED;
        }
    }

    private boolean isTakenByAnother(@Nullable String name, String tenantId) {
        return name != null && isTaken(name, tenantId);
    }

    @Override
    public boolean isTaken(String name, String tenantId) {
        return tenantNamed(name).filter(other -> !other.equals(tenantId)).isPresent();
    }

    @Override
    public Optional<String> tenantNamed(String name) {
        return Optional.ofNullable(mongo.findOne(query(where("name").is(name)), StoredMeshAccount.class))
                .map(StoredMeshAccount::tenant);
    }

    @Override
    public void remove(String tenantId) {
        mongo.remove(query(where("_id").is(tenantId)), StoredMeshAccount.class);
    }
}
