package dev.weft.identity.userrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.identity.userrecord.UserRepository.Leaving;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
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

    /** As old as can be, so that it counts as abandoned at once. */
    private static final Instant GIVEN_UP = Instant.EPOCH;

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
    public boolean reserve(User user) {
        mongo.remove(
                query(where("email")
                        .is(user.email())
                        .and("state")
                        .is(StoredUser.CREATING)
                        .and("state_since")
                        .is(GIVEN_UP)),
                StoredUser.class);
        // The unique index decides, not a look before: two replicas may reserve one e-mail at the same moment.
        try {
            mongo.insert(StoredUser.reserved(user));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public void giveUp(String id) {
        mongo.updateFirst(in(id, StoredUser.CREATING), new Update().set("state_since", GIVEN_UP), StoredUser.class);
    }

    @Override
    public boolean activate(String id) {
        return mongo.updateFirst(in(id, StoredUser.CREATING), stateOf(StoredUser.ACTIVE), StoredUser.class)
                        .getMatchedCount()
                > 0;
    }

    @Override
    public void withdraw(String id) {
        mongo.remove(in(id, StoredUser.CREATING), StoredUser.class);
    }

    private static Query in(String id, String state) {
        return query(where("_id").is(id).and("state").is(state));
    }

    private Update stateOf(String state) {
        return new Update().set("state", state).set("state_since", clock.instant());
    }

    @Override
    public void update(User present, User changed) {
        var change = new Update();
        setIfOther(change, "first_name", present.firstName(), changed.firstName());
        setIfOther(change, "last_name", present.lastName(), changed.lastName());
        setIfOther(change, "company", present.company(), changed.company());
        if (!change.getUpdateObject().isEmpty()) {
            mongo.updateFirst(in(changed.id(), StoredUser.ACTIVE), change, StoredUser.class);
        }
    }

    private static void setIfOther(Update change, String field, @Nullable String present, @Nullable String changed) {
        if (changed == null && present != null) {
            change.unset(field);
        } else if (changed != null && !changed.equals(present)) {
            change.set(field, changed);
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
    public boolean beginDeletion(String id, List<Outgoing> facts) {
        return beginDeletion(id, in(id, StoredUser.ACTIVE), facts);
    }

    private boolean beginDeletion(String id, Query which, List<Outgoing> facts) {
        var change = stateOf(StoredUser.DELETING).unset("leaving");
        return store.write(id, which, change, facts, Telling.BEFORE_REPLY);
    }

    @Override
    public boolean noteLeaving(Leaving leaving) {
        var note = new Update().set("leaving", StoredLeaving.of(leaving));
        return mongo.updateFirst(in(leaving.userId(), StoredUser.ACTIVE), note, StoredUser.class)
                        .getMatchedCount()
                > 0;
    }

    @Override
    public void forgetLeaving(Leaving leaving) {
        mongo.updateFirst(as(leaving), new Update().unset("leaving"), StoredUser.class);
    }

    @Override
    public boolean keep(String id) {
        return mongo.updateFirst(in(id, StoredUser.ACTIVE), new Update().unset("leaving"), StoredUser.class)
                        .getMatchedCount()
                > 0;
    }

    @Override
    public boolean beginDeletion(Leaving leaving, List<Outgoing> facts) {
        return beginDeletion(leaving.userId(), as(leaving), facts);
    }

    private static Query as(Leaving noted) {
        return query(where("_id")
                .is(noted.userId())
                .and("state")
                .is(StoredUser.ACTIVE)
                .and("leaving.token")
                .is(noted.token()));
    }

    @Override
    public List<Leaving> leaving(Instant limit) {
        return mongo.find(query(where("leaving.since").lt(limit)).limit(100), StoredUser.class).stream()
                .flatMap(user -> Stream.ofNullable(user.leaving()).map(note -> note.toLeaving(user.id())))
                .toList();
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
    public List<User> abandoned(Instant limit) {
        return since(StoredUser.CREATING, limit);
    }

    @Override
    public List<User> underDeletion(Instant limit) {
        return since(StoredUser.DELETING, limit);
    }

    private List<User> since(String state, Instant limit) {
        return users(
                query(where("state").is(state).and("state_since").lt(limit)).limit(100));
    }
}
