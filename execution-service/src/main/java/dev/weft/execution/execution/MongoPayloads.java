package dev.weft.execution.execution;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import dev.weft.common.id.Ids;
import dev.weft.execution.record.Payload;
import dev.weft.execution.store.MongoWrites;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Payloads that do not fit into the document of their execution: {@code execution_payloads}. Each is named by what is in
 * it, so that writing it twice is writing it once.
 */
final class MongoPayloads {

    /** For one that a sweep has removed before its execution. */
    private static final Payload GONE =
            new Payload("{\"body\":{\"$truncated\":true},\"headers\":{}}".getBytes(StandardCharsets.UTF_8));

    /** Written together. */
    private static final int MOST = 500;

    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<Document> payloads;

    MongoPayloads(MongoTemplate mongo) {
        this.payloads = mongo.getCollection("execution_payloads");
        payloads.createIndex(Indexes.ascending("at"));
        payloads.createIndex(Indexes.ascending("f", "at"));
    }

    /** Gathers what an execution has no room for, by id. */
    static StoredExecution.Spill into(Map<String, Document> spilled) {
        return (execution, payload) -> {
            var place = HexFormat.of().formatHex(Ids.digest("SHA-256", payload.json()), 0, 16);
            var id = execution.id + "." + place;
            spilled.computeIfAbsent(
                    id,
                    _ -> new Document("_id", id)
                            .append("f", execution.flowId)
                            .append("b", new Binary(payload.json()))
                            .append("at", new Date(execution.startedAt)));
            return place;
        };
    }

    /** Before the execution that names them: one that names a payload which is not there would show less than it has. */
    void keep(Collection<Document> spilled) {
        var some = new ArrayList<Document>();
        var bytes = 0;
        for (var payload : spilled) {
            some.add(payload);
            bytes += payload.get("b", Binary.class).length();
            if (some.size() >= MOST || bytes >= MOST_BYTES) {
                insert(some);
                some.clear();
                bytes = 0;
            }
        }
        if (!some.isEmpty()) {
            insert(some);
        }
    }

    private void insert(List<Document> some) {
        try {
            payloads.insertMany(some, UNORDERED);
        } catch (MongoBulkWriteException e) {
            MongoWrites.requireOnlyDuplicates(e);
        }
    }

    /** Puts the payloads that lie elsewhere back into the steps. */
    void fetch(Execution execution) {
        var wanted = new HashSet<String>();
        execution
                .steps
                .values()
                .forEach(step -> step.with(payload -> {
                    if (payload.isElsewhere()) {
                        wanted.add(execution.id + "." + payload.place());
                    }
                    return payload;
                }));
        if (wanted.isEmpty()) {
            return;
        }
        var found = new HashMap<String, Payload>();
        for (var document : payloads.find(Filters.in("_id", wanted))) {
            found.put(
                    document.getString("_id"),
                    new Payload(document.get("b", Binary.class).getData()));
        }
        execution.steps.replaceAll((_, step) -> step.with(payload ->
                payload.isElsewhere() ? found.getOrDefault(execution.id + "." + payload.place(), GONE) : payload));
    }

    void delete(String flowId) {
        payloads.deleteMany(Filters.eq("f", flowId));
    }

    /** Those of executions that began before. */
    void delete(String flowId, Date before) {
        payloads.deleteMany(Filters.and(Filters.eq("f", flowId), Filters.lt("at", before)));
    }

    /** The same of all flows. */
    void delete(Date before) {
        payloads.deleteMany(Filters.lt("at", before));
    }
}
