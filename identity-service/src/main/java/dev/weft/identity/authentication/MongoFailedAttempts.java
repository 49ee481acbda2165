package dev.weft.identity.authentication;

import static java.time.Duration.ofMinutes;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.common.duty.Duty;
import dev.weft.common.id.Ids;
import java.time.Clock;
import java.time.Duration;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * The last failures of each e-mail and address in the collection {@code failed_attempts}; old records are swept, beside
 * the TTL index. A sliding minute is counted and not the clock's: otherwise twenty attempts would be possible around
 * the turn of a minute.
 */
@Repository
class MongoFailedAttempts implements FailedAttempts {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration KEPT = Duration.ofMinutes(2);

    private final MongoTemplate mongo;
    private final Ids ids;
    private final Clock clock;

    MongoFailedAttempts(MongoTemplate mongo, Ids ids, Clock clock) {
        this.mongo = mongo;
        this.ids = ids;
        this.clock = clock;
        mongo.indexOps(StoredAttempts.class).createIndex(new Index("at", Sort.Direction.ASC).expire(KEPT));
    }

    @Override
    public FailedAttempt count(String user, String address) {
        try {
            return add(user, address);
        } catch (DuplicateKeyException e) {
            // Two upserts inserted the same new record; it exists now.
            return add(user, address);
        }
    }

    private FailedAttempt add(String user, String address) {
        var now = clock.instant();
        var one = new StoredAttempt(ids.next(), now);
        var update = new Update().set("at", now);
        // Older attempts change no answer, and a stranger must not make the record grow.
        update.push("attempts").slice(-(LIMIT_OF_ADDRESS + 1)).each(one);
        var stored = mongo.findAndModify(
                query(where("_id").is(id(user, address))),
                update,
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                StoredAttempts.class);
        return new FailedAttempt(one.key(), user, address, recent(stored));
    }

    @Override
    public void takeBack(FailedAttempt attempt) {
        mongo.updateFirst(
                query(where("_id").is(id(attempt.user(), attempt.address()))),
                new Update().pull("attempts", new Document("key", attempt.id())),
                StoredAttempts.class);
    }

    private int recent(@Nullable StoredAttempts stored) {
        if (stored == null || stored.attempts() == null) {
            return 0;
        }
        var from = clock.instant().minus(WINDOW);
        return (int) stored.attempts().stream()
                .filter(one -> from.isBefore(one.at()))
                .count();
    }

    private static String id(String user, String address) {
        return Ids.sha256(user + "\n" + address);
    }

    @Bean
    Duty oldFailedAttemptsDuty() {
        return Duty.ofService("old-failed-attempts", ofMinutes(1), this::sweep);
    }

    void sweep() {
        mongo.remove(query(where("at").lt(clock.instant().minus(KEPT))), StoredAttempts.class);
    }
}
