package dev.weft.workspace.policy;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.weft.workspace.policy.StoredPolicyCopy.StoredMark;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Marks within the copies of policies. */
@Repository
class MongoRoleMarks implements RoleMarks {

    private static final String GIVING = "giving";
    private static final String RETIRING = "retiring";
    private static final String CLOSING = "closing";
    private static final String UNTIL = "until";

    private final MongoTemplate mongo;

    MongoRoleMarks(MongoTemplate mongo) {
        this.mongo = mongo;
    }

    @Override
    public Optional<State> find(String tenantId, Instant now) {
        return Optional.ofNullable(mongo.findById(tenantId, StoredPolicyCopy.class))
                .map(stored -> new State(
                        stored.read().names(),
                        stored.retirements(),
                        stored.gifts(),
                        stored.closings().stream().anyMatch(mark -> mark.holds(now))));
    }

    @Override
    public boolean beginGift(String tenantId, Mark mark, Instant now) {
        var names = StoredPolicyCopy.namesOf(mark.roles());
        var there = where("_id")
                .is(tenantId)
                .and(CLOSING)
                .not()
                .elemMatch(where(UNTIL).gt(now));
        if (!names.isEmpty()) {
            // Also a retirement that has run out: what became of its roles must be asked for first.
            there = there.and("names")
                    .all(names)
                    .and(RETIRING)
                    .not()
                    .elemMatch(where("names").in(names));
        }
        return push(query(there), GIVING, mark);
    }

    private boolean push(Query which, String marks, Mark mark) {
        var change = new Update().push(marks, StoredMark.of(mark));
        return mongo.updateFirst(which, change, StoredPolicyCopy.class).getMatchedCount() > 0;
    }

    private static Query of(String tenantId) {
        return query(where("_id").is(tenantId));
    }

    private void pull(String tenantId, String marks, Document which) {
        mongo.updateFirst(of(tenantId), new Update().pull(marks, which), StoredPolicyCopy.class);
    }

    @Override
    public void endGift(String tenantId, String token) {
        pull(tenantId, GIVING, new Document("token", token));
    }

    @Override
    public boolean beginRetirement(String tenantId, Mark mark) {
        endRetirement(tenantId, mark.token());
        return push(of(tenantId), RETIRING, mark);
    }

    @Override
    public void endRetirement(String tenantId, String token) {
        pull(tenantId, RETIRING, new Document("token", token));
    }

    @Override
    public void endRetirements(String tenantId, Instant endedBy) {
        var ended = new Document(UNTIL, new Document("$lte", Date.from(endedBy)));
        pull(tenantId, RETIRING, ended);
        pull(tenantId, GIVING, ended);
        pull(tenantId, CLOSING, ended);
    }

    @Override
    public boolean close(String tenantId, Mark mark) {
        return push(of(tenantId), CLOSING, mark);
    }

    @Override
    public void open(String tenantId, String token) {
        pull(tenantId, CLOSING, new Document("token", token));
    }
}
