package dev.weft.execution.execution;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import dev.weft.common.id.Ids;
import dev.weft.common.mongo.StoreTimeLimit;
import dev.weft.execution.record.Payload;
import dev.weft.execution.store.MongoWrites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Payloads that do not fit into the document of their execution: {@code execution_payloads}. The id is a digest of the
 * content, so writing one twice stores it once.
 */
final class MongoPayloads {

    /** For one that a sweep has removed before its execution, or that is one of too many. */
    private static final Payload GONE = Payload.gone();

    /** Written together. */
    private static final int MOST = 500;

    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int MOST_FETCHED = 10_000;
    /** The size of those that were written by a release that did not note it. */
    private static final int UNKNOWN = 0;
    /** Body and headers of 64 KiB each, and what is around them: no payload is larger. */
    private static final int LARGEST = 130 * 1024;

    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    private final MongoCollection<Document> payloads;

    MongoPayloads(MongoTemplate mongo) {
        this.payloads = mongo.getCollection("execution_payloads");
        var indexes = StoreTimeLimit.ofIndexes(payloads);
        indexes.createIndex(Indexes.ascending("at"));
        indexes.createIndex(Indexes.ascending("f", "at"));
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
                            .append("n", payload.json().length)
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

    /**
     * Puts the payloads that lie elsewhere back into the steps, in causal order as far as the bytes go; for those beyond
     * there are marks.
     */
    void fetch(Execution execution, long mostBytes) {
        var wanted = wanted(execution);
        if (wanted.isEmpty()) {
            return;
        }
        var found = new HashMap<String, Payload>();
        var fitting = new ArrayList<String>();
        var sizes = sizes(wanted);
        var left = mostBytes;
        for (var id : wanted) {
            var size = sizes.get(id);
            if (size == null) {
                continue;
            }
            var room = size == UNKNOWN ? LARGEST : size;
            if (room <= left) {
                fitting.add(id);
                left -= room;
            } else if (size != UNKNOWN) {
                found.put(id, Payload.leftOut(size));
            }
        }
        for (var document : payloads.find(Filters.in("_id", fitting))) {
            found.put(
                    document.getString("_id"),
                    new Payload(document.get("b", Binary.class).getData()));
        }
        execution.steps.replaceAll((_, step) -> step.with(payload ->
                payload.isElsewhere() ? found.getOrDefault(execution.id + "." + payload.place(), GONE) : payload));
    }

    /** Ids, in causal order; not more than a query can name. */
    private static Set<String> wanted(Execution execution) {
        var wanted = new LinkedHashSet<String>();
        for (var step : execution.inCausalOrder()) {
            step.with(payload -> {
                if (payload.isElsewhere() && wanted.size() < MOST_FETCHED) {
                    wanted.add(execution.id + "." + payload.place());
                }
                return payload;
            });
        }
        return wanted;
    }

    /** Read alone first: to read all payloads and leave some out would need the memory that the bound is to save. */
    private Map<String, Integer> sizes(Collection<String> ids) {
        var sizes = new HashMap<String, Integer>();
        for (var document : payloads.find(Filters.in("_id", ids)).projection(Projections.include("n"))) {
            sizes.put(document.getString("_id"), document.getInteger("n", UNKNOWN));
        }
        return sizes;
    }

    void delete(String flowId) {
        StoreTimeLimit.ofMany(payloads).deleteMany(Filters.eq("f", flowId));
    }

    /** Those of executions that began before. */
    void delete(String flowId, Date before) {
        StoreTimeLimit.ofMany(payloads).deleteMany(Filters.and(Filters.eq("f", flowId), Filters.lt("at", before)));
    }

    /** The same of all flows. */
    void delete(Date before) {
        StoreTimeLimit.ofMany(payloads).deleteMany(Filters.lt("at", before));
    }
}
