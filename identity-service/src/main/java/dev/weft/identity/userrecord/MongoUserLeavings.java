package dev.weft.identity.userrecord;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.event.Outgoing;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Notes of users who have left a contract; each is in its user's record in the collection {@code users}. */
@Repository
class MongoUserLeavings implements UserLeavings {

    private final MongoTemplate mongo;
    private final RevisionedStore store;
    private final Clock clock;

    MongoUserLeavings(MongoTemplate mongo, OutboxRelay relay, Clock clock) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, StoredUser.COLLECTION, StoredUser.class);
        this.clock = clock;
    }

    @Override
    public boolean noteLeaving(UserLeaving leaving) {
        var note = new Update().set("leaving", StoredLeaving.of(leaving));
        return mongo.updateFirst(StoredUser.in(leaving.userId(), StoredUser.ACTIVE), note, StoredUser.class)
                        .getMatchedCount()
                > 0;
    }

    @Override
    public void forgetLeaving(UserLeaving leaving) {
        mongo.updateFirst(as(leaving), new Update().unset("leaving"), StoredUser.class);
    }

    @Override
    public boolean keep(String id) {
        return mongo.updateFirst(StoredUser.in(id, StoredUser.ACTIVE), new Update().unset("leaving"), StoredUser.class)
                        .getMatchedCount()
                > 0;
    }

    @Override
    public boolean beginDeletion(UserLeaving leaving, List<Outgoing> facts) {
        var change = StoredUser.entering(StoredUser.DELETING, clock.instant()).unset("leaving");
        return store.write(leaving.userId(), as(leaving), change, facts, Telling.BEFORE_REPLY);
    }

    private static Query as(UserLeaving noted) {
        return query(where("_id")
                .is(noted.userId())
                .and("state")
                .is(StoredUser.ACTIVE)
                .and("leaving.token")
                .is(noted.token()));
    }

    @Override
    public List<UserLeaving> leaving(Instant limit) {
        return mongo
                .find(
                        query(where("leaving.since").lt(limit).and("state").is(StoredUser.ACTIVE))
                                .limit(100),
                        StoredUser.class)
                .stream()
                .flatMap(user -> Stream.ofNullable(user.leaving()).map(note -> note.toLeaving(user.id())))
                .toList();
    }
}
