package dev.weft.identity.authentication;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/** Counters in the collection {@code failed_attempts}, one per minute; old ones are swept, beside the TTL index. */
@Repository
class MongoFailedAttempts implements FailedAttempts {

    private static final Duration KEPT = Duration.ofMinutes(2);

    private final MongoTemplate mongo;
    private final Clock clock;

    MongoFailedAttempts(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
        mongo.indexOps(StoredAttempts.class).createIndex(new Index("at", Sort.Direction.ASC).expire(KEPT));
    }

    @Override
    public int count(String user, String address) {
        try {
            return increment(user, address);
        } catch (DuplicateKeyException e) {
            // Two upserts of one new counter met; now it is there.
            return increment(user, address);
        }
    }

    private int increment(String user, String address) {
        var minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        var counted = mongo.findAndModify(
                query(where("_id").is(id(user, address))),
                new Update().inc("count", 1).setOnInsert("at", minute),
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                StoredAttempts.class);
        return counted == null ? 1 : counted.count();
    }

    @Override
    public int soFar(String user, String address) {
        var stored = mongo.findById(id(user, address), StoredAttempts.class);
        return stored == null ? 0 : stored.count();
    }

    private String id(String user, String address) {
        return Ids.sha256(user + "\n" + address) + ":" + clock.instant().getEpochSecond() / 60;
    }

    @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
    void sweep() {
        mongo.remove(query(where("at").lt(clock.instant().minus(KEPT))), StoredAttempts.class);
    }
}
