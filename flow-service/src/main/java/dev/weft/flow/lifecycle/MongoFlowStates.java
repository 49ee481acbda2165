package dev.weft.flow.lifecycle;

import static dev.weft.flow.flow.StoredFlow.COLLECTION;
import static dev.weft.flow.flow.StoredFlow.RUN_QUEUES;
import static dev.weft.flow.flow.StoredFlow.UNSETTLED;
import static dev.weft.flow.flow.StoredFlow.live;

import dev.weft.common.outbox.OutboxField;
import dev.weft.common.outbox.OutboxRelay;
import dev.weft.common.outbox.RevisionedStore;
import dev.weft.common.outbox.RevisionedStore.Telling;
import dev.weft.flow.flow.CurrentStatus;
import dev.weft.flow.flow.Flow.FlowStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

/**
 * Writes news into the records of flows. News can be very frequent, and a record may have a megabyte: so it is written
 * by one update, without reading the record.
 */
@Repository
class MongoFlowStates implements FlowStates {

    private static final Set<CurrentStatus> ON_THE_WAY =
            Set.of(CurrentStatus.STARTING, CurrentStatus.STOPPING, CurrentStatus.SUSPENDING);

    private final MongoTemplate mongo;
    private final RevisionedStore store;

    MongoFlowStates(MongoTemplate mongo, OutboxRelay relay) {
        this.mongo = mongo;
        this.store = new RevisionedStore(mongo, relay, COLLECTION, Document.class);
        mongo.indexOps(COLLECTION)
                .createIndex(
                        new Index().on(UNSETTLED + ".at", Sort.Direction.ASC).sparse());
    }

    @Override
    public void apply(StateNews news) {
        if (ON_THE_WAY.contains(news.current())) {
            if (!write(news, applicable(news), changes(news))) {
                settle(news);
            }
        } else if (!write(news, aboutTheLastCommand(news), settled(news))) {
            write(news, applicable(news), changes(news));
            settle(news);
        }
    }

    private static Criteria applicable(StateNews news) {
        var criteria = live(news.flowId()).and("status_wish").lte(news.wish());
        return news.version() > 0 ? criteria.and("state_version").lt(news.version()) : criteria;
    }

    /** Nothing was told since, or what was told has been answered. Nearly all news is of this kind. */
    private static Criteria aboutTheLastCommand(StateNews news) {
        return applicable(news).and(UNSETTLED + ".wish").not().gt(news.wish());
    }

    private static Update changes(StateNews news) {
        // The revision is raised, so that a change decided before must be decided again.
        var update = new Update().set("current_status", news.current().wire()).inc("revision", 1L);
        if (news.version() > 0) {
            update.set("state_version", news.version());
        }
        if (news.current() == CurrentStatus.INACTIVE) {
            // The start has failed: the wish to run is given up too.
            update.set("status", FlowStatus.INACTIVE.wire());
        }
        news.due()
                .ifPresent(
                        due -> update.set("due_execution", due.map(Date::from).orElse(null)));
        return update;
    }

    private static Update settled(StateNews news) {
        var update = changes(news).unset(UNSETTLED);
        // Only with news about the newest wish: older news does not count the queues of later commands.
        news.queues().ifPresent(queues -> update.set(RUN_QUEUES, queues));
        return update;
    }

    /**
     * News that changes nothing else may still be the answer that a command waits for: told again, or of a deletion.
     */
    private void settle(StateNews news) {
        var answered =
                Criteria.where("_id").is(news.flowId()).and(UNSETTLED + ".wish").lte(news.wish());
        if (ON_THE_WAY.contains(news.current())) {
            // A deleted flow's status interests nobody.
            answered.and("live").is(false);
        }
        write(news, answered, new Update().unset(UNSETTLED));
    }

    /** Nobody is told of it: it has come from there. */
    private boolean write(StateNews news, Criteria which, Update update) {
        return store.write(news.flowId(), Query.query(which), update, List.of(), Telling.AFTERWARDS);
    }

    @Override
    public List<String> unsettled(Instant before, int most) {
        var query = Query.query(Criteria.where(UNSETTLED + ".at").lt(Date.from(before)))
                .with(Sort.by(UNSETTLED + ".at"))
                .limit(most);
        query.fields().include("_id");
        return mongo.find(query, Document.class, COLLECTION).stream()
                .map(document -> document.getString("_id"))
                .toList();
    }

    @Override
    public boolean tellAgain(String id, Instant now) {
        // Only this field: the record also contains the graph.
        var query = Query.query(Criteria.where("_id").is(id));
        query.fields().include(UNSETTLED);
        var found = mongo.findOne(query, Document.class, COLLECTION);
        var unsettled = found == null ? null : found.get(UNSETTLED, Document.class);
        if (unsettled == null) {
            return false;
        }
        var message =
                OutboxField.message(unsettled.get("message", Document.class).append("at", Date.from(now)));
        // Not if there is a newer wish, nor while the command for this one is still in the outbox.
        var asFound = Criteria.where("_id")
                .is(id)
                .and(UNSETTLED + ".wish")
                .is(unsettled.get("wish"))
                .and(OutboxField.NAME + ".id")
                .ne(message.id());
        var times = unsettled.get("times") instanceof Number number ? number.intValue() : 0;
        // The pauses grow: while execution-service is away, everything that it is told waits in its queue.
        var rest = Duration.ofMinutes(Math.min(60, (1L << Math.min(times, 6)) - 1));
        var again =
                new Update().set(UNSETTLED + ".at", Date.from(now.plus(rest))).set(UNSETTLED + ".times", times + 1);
        return store.write(id, Query.query(asFound), again, List.of(message), Telling.AFTERWARDS);
    }
}
