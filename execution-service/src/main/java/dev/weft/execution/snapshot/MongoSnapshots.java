package dev.weft.execution.snapshot;

import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.step.StepUnavailable;
import java.time.Clock;
import java.util.Date;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

/**
 * {@code {"_id":"flow:step","flow","step","value":JSON text,"at"}}. The value is text, since its member names may be
 * any, also such as a document store refuses.
 */
@Repository
class MongoSnapshots implements SnapshotStore, FlowRemains {

    static final String COLLECTION = "snapshots";

    private final MongoTemplate mongo;
    private final Clock clock;

    MongoSnapshots(MongoTemplate mongo, Clock clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    @Override
    public @Nullable String find(String flowId, String stepId) {
        var stored = reachable(() -> mongo.findById(flowId + ":" + stepId, Document.class, COLLECTION));
        return stored == null ? null : stored.getString("value");
    }

    @Override
    public void save(String flowId, String stepId, String json) {
        var document = new Document("_id", flowId + ":" + stepId)
                .append("flow", flowId)
                .append("step", stepId)
                .append("value", json)
                .append("at", Date.from(clock.instant()));
        reachable(() -> mongo.save(document, COLLECTION));
    }

    @Override
    public void deleteFlow(String flowId) {
        // ";" is the character after ":".
        mongo.remove(Query.query(Criteria.where("_id").gt(flowId + ":").lt(flowId + ";")), COLLECTION);
    }

    private static <T extends @Nullable Object> T reachable(Supplier<T> call) {
        try {
            return call.get();
        } catch (DataAccessException e) {
            throw new StepUnavailable(e);
        }
    }
}
