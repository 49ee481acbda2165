package dev.weft.identity.userrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Users that are being created, in the collection {@code users}. */
@Repository
class MongoUserReservations implements UserReservations {

    /** As old as can be, so that it counts as abandoned at once. */
    private static final Instant GIVEN_UP = Instant.EPOCH;

    private final MongoTemplate mongo;
    private final Clock clock;

    MongoUserReservations(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    @Override
    public boolean reserve(User user, @Nullable UserLeaving leaving) {
        mongo.remove(
                query(where("email")
                        .is(user.email())
                        .and("state")
                        .is(StoredUser.CREATING)
                        .and("state_since")
                        .is(GIVEN_UP)),
                StoredUser.class);
        // The unique index decides, and not a query before: two replicas may reserve one e-mail at the same moment.
        try {
            mongo.insert(StoredUser.reserved(user, leaving));
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public void giveUp(String id) {
        mongo.updateFirst(
                StoredUser.in(id, StoredUser.CREATING), new Update().set("state_since", GIVEN_UP), StoredUser.class);
    }

    @Override
    public boolean activate(String id) {
        return mongo.updateFirst(
                                StoredUser.in(id, StoredUser.CREATING),
                                StoredUser.entering(StoredUser.ACTIVE, clock.instant()),
                                StoredUser.class)
                        .getMatchedCount()
                > 0;
    }

    @Override
    public void withdraw(String id) {
        mongo.remove(StoredUser.in(id, StoredUser.CREATING), StoredUser.class);
    }

    @Override
    public List<User> abandoned(Instant limit) {
        return mongo.find(StoredUser.since(StoredUser.CREATING, limit), StoredUser.class).stream()
                .map(StoredUser::toUser)
                .toList();
    }
}
