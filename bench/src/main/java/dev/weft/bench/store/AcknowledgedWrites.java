package dev.weft.bench.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;

/** What is known of all writes, over all rounds, and whether the store has kept it. */
final class AcknowledgedWrites {

    private final Map<String, WriteFate> fates = new ConcurrentHashMap<>();
    private final Set<String> settled = new HashSet<>();

    Map<String, WriteFate> fates() {
        return fates;
    }

    KillRound check(MongoCollection<Document> documents, Duration recovery) {
        Map<String, Document> found = new HashMap<>();
        documents.find().forEach(document -> found.put(document.getString("_id"), document));
        var lost = new TreeSet<String>();
        var touched = new HashSet<String>();
        fates.forEach((id, fate) -> {
            var document = found.get(id);
            var kept = switch (fate) {
                case WriteFate.There(var n) -> document != null && document.getLong("n") >= n;
                case WriteFate.Gone _ -> document == null;
                case WriteFate.Unknown _ -> true;
            };
            if (!kept) lost.add(id);
            // Only what is new in this round is tried by an insert: what was there before was tried in its own.
            if (settled.add(id)) touched.add(id);
            if (document == null) fates.put(id, new WriteFate.Gone());
            else fates.put(id, new WriteFate.There(document.getLong("n")));
        });
        var half = new TreeSet<String>();
        for (var index : KillWriter.indexes()) half.addAll(disagreements(documents, index, found.keySet()));
        for (var id : touched) if (!found.containsKey(id) && !canInsert(documents, id)) half.add(id);
        return new KillRound(fates.size(), lost, half, recovery);
    }

    /** The ids that are not in the index, and the index itself where it has an entry too many. */
    private static Set<String> disagreements(MongoCollection<Document> documents, Document index, Set<String> ids) {
        var missing = new HashSet<>(ids);
        var byIndex = documents.find().sort(index).limit(Integer.MAX_VALUE);
        byIndex.projection(new Document("_id", 1)).forEach(document -> missing.remove(document.getString("_id")));
        var cost = byIndex.explain();
        var stage = cost.get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .getString("stage");
        if (!stage.equals("IXSCAN")) missing.add("not read by " + index.toJson());
        var entries = cost.get("executionStats", Document.class)
                .get("totalKeysExamined", Number.class)
                .intValue();
        // An entry too many belongs to a document that is gone, and is found by no query for one that is there.
        if (entries != ids.size()) missing.add(entries + " entries in " + index.toJson());
        return missing;
    }

    private static boolean canInsert(MongoCollection<Document> documents, String id) {
        try {
            documents.insertOne(KillWriter.document(id));
        } catch (MongoException e) {
            return false;
        }
        return documents.deleteOne(eq(id)).getDeletedCount() == 1;
    }
}
