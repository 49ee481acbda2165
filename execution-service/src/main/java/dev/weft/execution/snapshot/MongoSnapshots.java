package dev.weft.execution.snapshot;

import dev.weft.execution.flow.FlowRemains;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code {"_id":"flow:step","flow","step","value":JSON text,"at"}}: text, since names inside may be any, also such as a
 * document store refuses.
 */
@Service
class MongoSnapshots implements Snapshots, FlowRemains {

    static final String COLLECTION = "snapshots";
    /** As the API has it (api-v2 9.9). */
    private static final int LARGEST = 5 * 1024;

    private final MongoTemplate mongo;
    private final JsonMapper json;
    private final Clock clock;

    MongoSnapshots(MongoTemplate mongo, JsonMapper json, Clock clock) {
        this.mongo = mongo;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public @Nullable Object find(String flowId, String stepId) {
        var stored = reachable(() -> mongo.findById(flowId + ":" + stepId, Document.class, COLLECTION));
        return stored == null ? null : json.readValue(stored.getString("value"), Object.class);
    }

    @Override
    public void store(String flowId, String stepId, @Nullable Object value, boolean merge) {
        var text = json.writeValueAsString(merge ? merged(find(flowId, stepId), value) : value);
        var bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST) {
            throw new StepFailure(
                    "SnapshotTooLarge", "A snapshot of " + bytes + " bytes; at most " + LARGEST + " are kept.");
        }
        var document = new Document("_id", flowId + ":" + stepId)
                .append("flow", flowId)
                .append("step", stepId)
                .append("value", text)
                .append("at", Date.from(clock.instant()));
        reachable(() -> mongo.save(document, COLLECTION));
    }

    @Override
    public void deleteFlow(String flowId) {
        mongo.remove(Query.query(Criteria.where("_id").gt(flowId + ":").lt(flowId + ";")), COLLECTION);
    }

    private static <T extends @Nullable Object> T reachable(Supplier<T> call) {
        try {
            return call.get();
        } catch (DataAccessException e) {
            throw new StepUnavailable(e);
        }
    }

    private static @Nullable Object merged(@Nullable Object stored, @Nullable Object value) {
        if (stored instanceof Map<?, ?> old && value instanceof Map<?, ?> changes) {
            var all = new LinkedHashMap<Object, Object>(old);
            all.putAll(changes);
            return all;
        }
        return value;
    }
}
