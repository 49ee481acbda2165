package dev.weft.store.reading;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import dev.weft.store.key.StoreKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers by indexes the beginning of a pipeline, {@code [$match] [$sort] [$skip] [$limit]}, and the pipeline by which
 * drivers count, {@code $match [$skip] [$limit] {$group: {_id: 1, n: {$sum: 1}}}}. The library would read the whole
 * collection and keep the whole result in memory.
 */
public final class PipelinePushdown {
    private static final Document COUNT = new Document("_id", 1).append("n", new Document("$sum", 1));

    private final MongoCollection<StoreKey> collection;
    private final CollectionReader reader;
    private final Deque<Document> stages;

    private PipelinePushdown(MongoCollection<StoreKey> collection, CollectionReader reader, List<Document> pipeline) {
        this.collection = collection;
        this.reader = reader;
        stages = new ArrayDeque<>(pipeline);
    }

    /** Empty where the changes of the collection are wanted. */
    public static Optional<Document> answer(
            MongoCollection<StoreKey> collection,
            CollectionReader reader,
            Document query,
            DatabaseResolver databases,
            Oplog oplog) {
        var pipeline = Aggregation.parse(query.get("pipeline"));
        if (!pipeline.isEmpty() && pipeline.getFirst().containsKey("$changeStream")) return Optional.empty();
        return Optional.of(new PipelinePushdown(collection, reader, pipeline).answer(query, databases, oplog));
    }

    private Document answer(Document query, DatabaseResolver databases, Oplog oplog) {
        var filter = take("$match") instanceof Document match ? match : new Document();
        var sort = take("$sort") instanceof Document order ? order : null;
        var skip = number(take("$skip"));
        var limit = number(take("$limit"));
        var batchSize = query.get("cursor") instanceof Document cursor ? cursor.get("batchSize") : null;
        var cursors = reader.cursors();
        if (sort == null && isCount()) {
            var count = collection.count(filter, skip, limit);
            // Without documents there is no group; drivers read a missing group as a count of 0.
            List<Document> result = count == 0 ? List.of() : List.of(new Document("_id", 1).append("n", count));
            return cursors.first(
                    new OpenCursors.Result(collection.getFullName(), DocumentSource.listed(result)), null, true);
        }
        var database = collection.getDatabase();
        var rest = List.copyOf(stages);
        var required = query.containsKey("cursor") ? new Document("cursor", new Document()) : query;
        Aggregation.fromPipeline(rest, databases, database, collection, oplog).validate(required);
        var found = reader.found(filter, sort, skip, limit);
        var documents = rest.isEmpty()
                ? found
                : PipelineRun.begin(
                        found,
                        rest,
                        cursors.memory(),
                        stage -> Aggregation.fromPipeline(List.of(stage), databases, database, collection, oplog)
                                .getStages());
        return cursors.first(new OpenCursors.Result(collection.getFullName(), documents), batchSize, false);
    }

    private boolean isCount() {
        return stages.size() == 1 && stages.getFirst().get("$group") instanceof Map<?, ?> group && group.equals(COUNT);
    }

    private @Nullable Object take(String stage) {
        var first = stages.peekFirst();
        if (first == null || first.size() != 1 || !first.containsKey(stage)) return null;
        stages.removeFirst();
        return first.get(stage);
    }

    private static int number(@Nullable Object value) {
        return value instanceof Number number ? number.intValue() : 0;
    }
}
