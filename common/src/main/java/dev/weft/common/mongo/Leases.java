package dev.weft.common.mongo;

import java.time.Clock;
import java.time.Duration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/**
 * Lets one of several replicas do a piece of work: {@code leases: {_id: name, holder, until}}. A lease that is not
 * renewed ends by itself, so that a dead holder blocks nothing for longer than its term.
 */
public final class Leases {

    private static final String COLLECTION = "leases";

    private final MongoTemplate mongo;
    private final Clock clock;

    public Leases(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Takes or renews the lease for {@code term}; false while another holder has it. */
    public boolean hold(String name, String holder, Duration term) {
        var now = clock.instant();
        var mine = Query.query(Criteria.where("_id")
                .is(name)
                // Our own lease matches too: a holder renews it with the same call.
                .orOperator(
                        Criteria.where("holder").is(holder),
                        Criteria.where("until").lt(now)));
        var renewed = new Update().set("holder", holder).set("until", now.plus(term));
        try {
            var result = mongo.upsert(mine, renewed, COLLECTION);
            return result.getMatchedCount() > 0 || result.getUpsertedId() != null;
        } catch (DuplicateKeyException e) {
            // If another holds the lease, the filter matches nothing, and the upsert tries to insert a second document
            // of the same id.
            return false;
        }
    }

    /** How many there are whose names begin so; those that have ended are forgotten. */
    public int count(String prefix) {
        // The prefix with its last character raised by one is the first name after all names that begin with it.
        var past = prefix.substring(0, prefix.length() - 1) + (char) (prefix.charAt(prefix.length() - 1) + 1);
        mongo.remove(named(prefix, past).addCriteria(Criteria.where("until").lt(clock.instant())), COLLECTION);
        return Math.toIntExact(mongo.count(named(prefix, past), COLLECTION));
    }

    private static Query named(String from, String before) {
        return Query.query(Criteria.where("_id").gte(from).lt(before));
    }

    public void release(String name, String holder) {
        mongo.remove(Query.query(Criteria.where("_id").is(name).and("holder").is(holder)), COLLECTION);
    }
}
