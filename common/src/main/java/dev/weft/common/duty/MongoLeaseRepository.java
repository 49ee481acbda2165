package dev.weft.common.duty;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** Leases in the collection {@code leases}: {@code {_id: name, holder?, until, done?}}. */
public final class MongoLeaseRepository implements LeaseRepository {

    private static final String COLLECTION = "leases";

    private final MongoTemplate mongo;
    private final Clock clock;

    public MongoLeaseRepository(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    @Override
    public boolean take(String name, String holder, Duration term) {
        var now = clock.instant();
        // Read first: waiting replicas ask often, and an upsert against another holder's lease is an error.
        var known = find(name);
        if (known.map(lease -> lease.getDate("until"))
                .filter(until -> !until.toInstant().isBefore(now))
                .isPresent()) {
            return false;
        }
        var free = query(where("_id").is(name).and("until").lt(now));
        try {
            var result = mongo.upsert(free, held(holder, now.plus(term)), COLLECTION);
            return result.getMatchedCount() > 0 || result.getUpsertedId() != null;
        } catch (DuplicateKeyException e) {
            // Another replica was faster.
            return false;
        }
    }

    @Override
    public boolean renew(String name, String holder, Duration term) {
        var until = held(holder, clock.instant().plus(term));
        return mongo.updateFirst(of(name, holder), until, COLLECTION).getMatchedCount() > 0;
    }

    private static Update held(String holder, Instant until) {
        return new Update().set("holder", holder).set("until", until);
    }

    /** One that has been finished is kept: it knows when. */
    @Override
    public void release(String name, String holder) {
        var never =
                query(where("_id").is(name).and("holder").is(holder).and("done").exists(false));
        if (mongo.remove(never, COLLECTION).getDeletedCount() == 0) {
            mongo.updateFirst(of(name, holder), new Update().unset("holder").set("until", Instant.EPOCH), COLLECTION);
        }
    }

    @Override
    public int held(String prefix) {
        // The prefix with its last character raised by one is the first name after all names that begin with it.
        var past = prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
        // What has been done once under a lease is remembered longer than the lease.
        var ended = named(prefix, past)
                .addCriteria(where("until").lt(clock.instant()).and("done").exists(false));
        mongo.remove(ended, COLLECTION);
        return Math.toIntExact(
                mongo.count(named(prefix, past).addCriteria(where("until").gte(clock.instant())), COLLECTION));
    }

    private static Query named(String from, String before) {
        return query(where("_id").gte(from).lt(before));
    }

    @Override
    public void finish(String name, String holder, Duration rest) {
        var now = clock.instant();
        mongo.updateFirst(
                of(name, holder),
                new Update().unset("holder").set("until", now.plus(rest)).set("done", now),
                COLLECTION);
    }

    @Override
    public boolean handOn(String name, String former, String next, Duration term, Instant done) {
        var passed = held(next, clock.instant().plus(term)).set("done", done);
        return mongo.updateFirst(of(name, former), passed, COLLECTION).getMatchedCount() > 0;
    }

    @Override
    public Optional<Instant> finished(String name) {
        return find(name).map(lease -> lease.getDate("done")).map(Date::toInstant);
    }

    private Optional<Document> find(String name) {
        return Optional.ofNullable(mongo.findById(name, Document.class, COLLECTION));
    }

    private static Query of(String name, String holder) {
        return query(where("_id").is(name).and("holder").is(holder));
    }
}
