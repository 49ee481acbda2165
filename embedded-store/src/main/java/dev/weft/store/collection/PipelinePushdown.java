package dev.weft.store.collection;

import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the indexes answer the beginning of a pipeline, {@code $match [$sort] [$skip] [$limit]}, and the driver's way to
 * count, {@code $match [$skip] [$limit] {$group: {_id: 1, n: {$sum: 1}}}}. The library would read the whole collection.
 */
final class PipelinePushdown {
    private static final Document COUNT = new Document("_id", 1).append("n", new Document("$sum", 1));

    private final Deque<Document> stages = new ArrayDeque<>();

    private PipelinePushdown(Collection<?> pipeline) {
        for (var stage : pipeline) if (stage instanceof Document document) stages.add(document);
    }

    /** Empty where the pipeline begins otherwise, or its collection does not exist. */
    static Optional<Document> answer(StoreDatabase database, Document query, DatabaseResolver databases, Oplog oplog) {
        if (!(query.get("aggregate") instanceof String name)) return Optional.empty();
        if (!(query.get("pipeline") instanceof Collection<?> pipeline)) return Optional.empty();
        if (!(database.resolveCollection(name, false) instanceof StoreCollection collection)) return Optional.empty();
        return new PipelinePushdown(pipeline).answer(database, collection, query, databases, oplog);
    }

    private Optional<Document> answer(
            StoreDatabase database,
            StoreCollection collection,
            Document query,
            DatabaseResolver databases,
            Oplog oplog) {
        if (!(take("$match") instanceof Document filter)) return Optional.empty();
        var sort = take("$sort") instanceof Document order ? order : null;
        var skip = number(take("$skip"));
        var limit = number(take("$limit"));
        List<Document> result;
        if (sort == null && isCount()) {
            var count = collection.count(filter, skip, limit);
            result = count == 0 ? List.of() : List.of(new Document("_id", 1).append("n", count));
        } else {
            var found =
                    collection.find(filter, sort, limit > 0 ? skip + limit : 0).documents();
            var rest = Aggregation.fromPipeline(List.copyOf(stages), databases, database, collection, oplog);
            rest.validate(query);
            result = rest.runStages(found.stream().skip(skip));
        }
        var cursor =
                new Document("id", 0L).append("ns", collection.getFullName()).append("firstBatch", result);
        var response = new Document("cursor", cursor);
        Utils.markOkay(response);
        return Optional.of(response);
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
