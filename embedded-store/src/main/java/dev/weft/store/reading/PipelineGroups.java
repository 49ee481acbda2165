package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.backend.aggregation.accumulator.Accumulator;
import de.bwaldvogel.mongo.backend.aggregation.accumulator.AddToSetAccumulator;
import de.bwaldvogel.mongo.backend.aggregation.accumulator.PushAccumulator;
import de.bwaldvogel.mongo.backend.aggregation.stage.GroupStage;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code $group} with a limit on its memory: the library's own keeps groups without counting their bytes. */
final class PipelineGroups {
    private static final int GROUP_BYTES = 200;
    private static final int ACCUMULATOR_BYTES = 50;

    private final @Nullable Object id;
    private final Collection<Supplier<Accumulator>> accumulators;
    private final QueryMemory.Share memory;
    private final Map<@Nullable Object, List<Accumulator>> groups = new TreeMap<>(ValueComparator.asc());

    PipelineGroups(Document group, QueryMemory.Share memory) {
        // Only to have it refuse an invalid stage.
        new GroupStage(group);
        id = group.get("_id");
        accumulators = Accumulator.parse(group).values();
        this.memory = memory;
    }

    Stream<Document> apply(Stream<Document> documents) {
        documents.forEach(this::add);
        return groups.entrySet().stream().map(group -> {
            var result = new Document("_id", group.getKey());
            group.getValue().forEach(each -> result.put(each.getField(), each.getResult()));
            return result;
        });
    }

    private void add(Document document) {
        var evaluated = Expression.evaluateDocument(id, document);
        var key = evaluated instanceof Missing ? null : evaluated;
        var group = groups.get(key);
        var isNew = group == null;
        if (group == null) {
            group = new ArrayList<>(accumulators.size());
            for (var each : accumulators) group.add(each.get());
            memory.take(GROUP_BYTES + DocumentSize.of(key) + ACCUMULATOR_BYTES * (long) group.size());
            groups.put(key, group);
        }
        for (var each : group) {
            var value = Expression.evaluateDocument(each.getExpression(), document);
            if (isNew || each instanceof PushAccumulator || each instanceof AddToSetAccumulator) {
                memory.take(DocumentSize.of(value));
            }
            each.aggregate(value);
        }
    }
}
