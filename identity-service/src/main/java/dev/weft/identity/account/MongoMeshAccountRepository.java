package dev.weft.identity.account;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.id.Ids;
import dev.weft.identity.tenantrecord.AccountNames;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Accounts in the collection {@code mesh_accounts}; and in {@code account_name_holds}, one document a name, which names are
 * being given to somebody: {@code {_id: name, hold, until}}.
 */
@Repository
class MongoMeshAccountRepository implements MeshAccountRepository, AccountNames {

    private static final String HOLDS = "account_name_holds";

    /** Of what is done meanwhile: the store is given 30 s for a write. A hold that is older has lost its process. */
    private static final Duration LONGEST_WORK = Duration.ofMinutes(2);

    private final MongoTemplate mongo;
    private final Ids ids;
    private final Clock clock;

    MongoMeshAccountRepository(MongoTemplate mongo, Ids ids, Clock clock) {
        this.mongo = mongo;
        this.ids = ids;
        this.clock = clock;
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
    public <T> Optional<T> whileHeld(String name, Supplier<T> work) {
        var hold = ids.next();
        if (!hold(name, hold)) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            mongo.remove(query(where("_id").is(name).and("hold").is(hold)), HOLDS);
        }
    }

    private boolean hold(String name, String hold) {
        var now = clock.instant();
        // Nor the same tenant's: who took that over would end it while the first is still at work.
        var free = query(where("_id").is(name).and("until").lt(Date.from(now)));
        var held = new Update().set("hold", hold).set("until", Date.from(now.plus(LONGEST_WORK)));
        try {
            mongo.upsert(free, held, HOLDS);
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private Optional<String> tenantNamed(String name) {
        return Optional.ofNullable(mongo.findOne(query(where("name").is(name)), StoredMeshAccount.class))
                .map(StoredMeshAccount::tenant);
    }

    @Override
    public void remove(String tenantId) {
        mongo.remove(query(where("_id").is(tenantId)), StoredMeshAccount.class);
    }
}
