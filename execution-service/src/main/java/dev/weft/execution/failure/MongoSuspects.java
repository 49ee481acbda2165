package dev.weft.execution.failure;

import dev.weft.execution.flow.FlowRemains;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Service;

/**
 * One small document a suspect: {@code {"_id":key,"f":flow,"begun":n,"at"}}; one that nobody touches is removed after a
 * day.
 */
@Service
class MongoSuspects implements Suspects, FlowRemains {

    private static final String COLLECTION = "suspects";
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST_KNOWN = 10_000;

    /** @param at {@link System#nanoTime} */
    private record Known(Set<String> keys, long at) {}

    private final MongoTemplate mongo;
    private final Clock clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Known known = new Known(Set.of(), System.nanoTime() - FRESH.toNanos());

    MongoSuspects(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
        mongo.indexOps(COLLECTION).createIndex(new Index("at", Sort.Direction.ASC));
    }

    @Override
    public int begun(String key) {
        var found = mongo.findOne(byId(key), Document.class, COLLECTION);
        return found == null ? 0 : found.getInteger("begun", 0);
    }

    /** All that comes back asks, after a restart thousands: so it is answered by what was read within the last second. */
    @Override
    public boolean isKnown(String key) {
        if (System.nanoTime() - known.at() >= FRESH.toNanos()) {
            // After a restart all redelivered messages ask at once: one thread reads, and the others use what it has
            // read.
            looking.lock();
            try {
                if (System.nanoTime() - known.at() >= FRESH.toNanos()) {
                    known = look();
                }
            } finally {
                looking.unlock();
            }
        }
        return known.keys().contains(key);
    }

    /** All are read, since there are few at any time. */
    private Known look() {
        var at = System.nanoTime();
        var query = new Query().limit(MOST_KNOWN);
        query.fields().include("_id");
        var keys = mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .collect(Collectors.toSet());
        return new Known(keys, at);
    }

    @Override
    public int begin(String key, String flowId) {
        var update = new Update().inc("begun", 1).set("f", flowId).set("at", Date.from(clock.instant()));
        var changed = mongo.findAndModify(
                byId(key),
                update,
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                Document.class,
                COLLECTION);
        return changed == null ? 1 : changed.getInteger("begun", 1);
    }

    @Override
    public void end(String key) {
        mongo.remove(byId(key), COLLECTION);
    }

    /** There is no index of flows for this, since there are few suspects at any time. */
    @Override
    public void deleteFlow(String flowId) {
        mongo.remove(Query.query(Criteria.where("f").is(flowId)), COLLECTION);
    }

    /** An hourly duty. */
    @Override
    public void forgetOld() {
        mongo.remove(
                Query.query(Criteria.where("at").lt(Date.from(clock.instant().minus(KEPT)))), COLLECTION);
    }

    private static Query byId(String key) {
        return Query.query(Criteria.where("_id").is(key));
    }
}
