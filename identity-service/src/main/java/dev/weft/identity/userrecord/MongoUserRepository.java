package dev.weft.identity.userrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Users in the collection {@code users}. */
@Repository
class MongoUserRepository implements UserRepository {

    private static final Duration LOGIN_NOTED_EVERY = Duration.ofMinutes(1);

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final Clock clock;

    MongoUserRepository(MongoTemplate mongo, OutboxRelay relay, Clock clock) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredUser.COLLECTION, StoredUser.class);
        this.clock = clock;
        var indexes = mongo.indexOps(StoredUser.class);
        indexes.createIndex(new Index("email", Sort.Direction.ASC).unique());
        indexes.createIndex(new Index("state", Sort.Direction.ASC)
                .on("tenant", Sort.Direction.ASC)
                .on("_id", Sort.Direction.ASC));
        indexes.createIndex(new Index("leaving.since", Sort.Direction.ASC).sparse());
    }

    @Override
    public Optional<User> find(String id) {
        return Optional.ofNullable(mongo.findById(id, StoredUser.class))
                .filter(stored -> stored.state().equals(StoredUser.ACTIVE))
                .map(StoredUser::toUser);
    }

    @Override
    public Optional<User> findByEmail(String email) {
        return Optional.ofNullable(mongo.findOne(query(where("email").is(email)), StoredUser.class))
                .filter(stored -> stored.state().equals(StoredUser.ACTIVE))
                .map(StoredUser::toUser);
    }

    @Override
    public List<User> findAll(Collection<String> ids) {
        return users(query(where("_id").in(ids).and("state").is(StoredUser.ACTIVE)));
    }

    @Override
    public List<User> list(@Nullable String tenantId, long skip, int limit) {
        return users(query(activeIn(tenantId)).with(Sort.by("_id")).skip(skip).limit(limit));
    }

    @Override
    public long count(@Nullable String tenantId) {
        return mongo.count(query(activeIn(tenantId)), StoredUser.class);
    }

    @Override
    public List<User> listWithComing(String tenantId, String afterId, int limit) {
        var there = where("state").in(StoredUser.CREATING, StoredUser.ACTIVE);
        return users(query(there.and("tenant").is(tenantId).and("_id").gt(afterId))
                .with(Sort.by("_id"))
                .limit(limit));
    }

    @Override
    public boolean haveAnyOf(String tenantId) {
        var any = where("state").in(StoredUser.CREATING, StoredUser.ACTIVE, StoredUser.DELETING);
        return mongo.exists(query(any.and("tenant").is(tenantId)), StoredUser.class);
    }

    private static Criteria activeIn(@Nullable String tenantId) {
        var active = where("state").is(StoredUser.ACTIVE);
        return tenantId == null ? active : active.and("tenant").is(tenantId);
    }

    private List<User> users(Query query) {
        return mongo.find(query, StoredUser.class).stream()
                .map(StoredUser::toUser)
                .toList();
    }

    @Override
    public void update(User present, User changed) {
        var change = StoredUser.change(present, changed);
        if (!change.getUpdateObject().isEmpty()) {
            mongo.updateFirst(StoredUser.in(changed.id(), StoredUser.ACTIVE), change, StoredUser.class);
        }
    }

    @Override
    public void noteLogin(String id, Instant now) {
        var due = query(where("_id")
                .is(id)
                .orOperator(
                        where("last_login").exists(false), where("last_login").lt(now.minus(LOGIN_NOTED_EVERY))));
        mongo.updateFirst(due, new Update().set("last_login", now), StoredUser.class);
    }

    @Override
    public void tell(String id, List<Outgoing> facts) {
        store.write(id, StoredUser.in(id, StoredUser.ACTIVE), new Update(), facts, Telling.BEFORE_REPLY);
    }

    @Override
    public boolean beginDeletion(String id, List<Outgoing> facts) {
        var change = StoredUser.entering(StoredUser.DELETING, clock.instant()).unset("leaving");
        return store.write(id, StoredUser.in(id, StoredUser.ACTIVE), change, facts, Telling.BEFORE_REPLY);
    }

    @Override
    public void endDeletion(String id) {
        mongo.remove(
                query(where("_id")
                        .is(id)
                        .and("state")
                        .is(StoredUser.DELETING)
                        .and("outbox")
                        .size(0)),
                StoredUser.class);
    }

    @Override
    public List<User> underDeletion(Instant limit) {
        return users(StoredUser.since(StoredUser.DELETING, limit));
    }
}
