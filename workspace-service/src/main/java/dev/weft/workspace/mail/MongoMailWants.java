package dev.weft.workspace.mail;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/** Wanted mails in the collection {@code mails}. */
@Repository
class MongoMailWants implements MailWants {

    private static final String STATE = "state";
    private static final String DUE = "due";

    private final MongoTemplate mongo;
    private final Clock clock;

    MongoMailWants(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
        var indexes = mongo.indexOps(StoredMailWant.COLLECTION);
        indexes.createIndex(new Index(STATE, Sort.Direction.ASC).on(DUE, Sort.Direction.ASC));
        indexes.createIndex(new Index("since", Sort.Direction.ASC));
    }

    @Override
    public void add(MailWant want) {
        try {
            mongo.insert(StoredMailWant.of(want));
        } catch (DuplicateKeyException _) {
            // A fact that was delivered twice, or told again: one mail is enough.
        }
    }

    @Override
    public boolean withdraw(String id) {
        return mongo.remove(query(waiting(id)), StoredMailWant.class).getDeletedCount() > 0;
    }

    @Override
    public Optional<MailWant> take(Duration term) {
        var now = clock.instant();
        var due =
                query(where(STATE).is(StoredMailWant.WAITING).and(DUE).lte(now)).with(Sort.by(DUE));
        // The attempt is counted before it is made: one that its process dies of counts too.
        var taken = mongo.findAndModify(
                due,
                new Update().set(DUE, now.plus(term)).inc("attempts", 1),
                FindAndModifyOptions.options().returnNew(true),
                StoredMailWant.class);
        return Optional.ofNullable(taken).map(StoredMailWant::read);
    }

    @Override
    public void done(String id) {
        change(id, new Update().set(STATE, StoredMailWant.DONE));
    }

    @Override
    public void again(String id, Instant due) {
        change(id, new Update().set(DUE, due));
    }

    @Override
    public void giveUp(String id) {
        change(id, new Update().set(STATE, StoredMailWant.LOST));
    }

    private void change(String id, Update change) {
        mongo.updateFirst(query(waiting(id)), change, StoredMailWant.class);
    }

    private static Criteria waiting(String id) {
        return where("_id").is(id).and(STATE).is(StoredMailWant.WAITING);
    }

    @Override
    public long waiting() {
        return mongo.count(query(where(STATE).is(StoredMailWant.WAITING)), StoredMailWant.class);
    }

    @Override
    public void removeBefore(Instant limit) {
        mongo.remove(query(where("since").lt(limit)), StoredMailWant.class);
    }
}
