package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.aggregation.stage.AggregationStage;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the stages of a pipeline on a query's documents. Documents flow through one at a time where the stage allows it;
 * a stage that keeps documents counts their memory.
 */
final class PipelineRun implements DocumentSource {
    /** The library's, which keep all that flows in. */
    private static final Set<String> KEEPING = Set.of("$sample", "$bucket", "$facet", "$sortByCount");

    private final DocumentSource source;
    private final QueryMemory.Share memory;
    private final Iterator<Document> result;

    private PipelineRun(DocumentSource source, QueryMemory.Share memory, Stream<Document> result) {
        this.source = source;
        this.memory = memory;
        this.result = result.iterator();
    }

    /** @param library how the library does a stage */
    static PipelineRun begin(
            DocumentSource source,
            List<Document> stages,
            QueryMemory queryMemory,
            Function<Document, List<AggregationStage>> library) {
        var memory = queryMemory.share("Aggregation");
        try {
            var documents = StreamSupport.stream(
                    Spliterators.spliteratorUnknownSize(source.iterator(), Spliterator.ORDERED), false);
            for (var i = 0; i < stages.size(); i++) {
                var stage = stages.get(i);
                var name = stage.keySet().iterator().next();
                if (name.equals("$group") && stage.get(name) instanceof Document group) {
                    documents = new PipelineGroups(group, memory).apply(documents);
                } else if (name.equals("$sort") && stage.get(name) instanceof Document order) {
                    documents = sort(documents, order, limitAfter(stages, i), memory);
                } else {
                    if (KEEPING.contains(name)) documents = documents.peek(each -> memory.take(DocumentSize.of(each)));
                    for (var each : library.apply(stage)) documents = each.apply(documents);
                }
            }
            return new PipelineRun(source, memory, documents);
        } catch (RuntimeException e) {
            memory.close();
            source.close();
            throw e;
        }
    }

    private static Stream<Document> sort(
            Stream<Document> documents, Document order, int wanted, QueryMemory.Share memory) {
        var buffer = new SortBuffer<Document>(order, wanted, memory);
        documents.forEach(document -> buffer.add(document, document, DocumentSize.of(document)));
        var sorted = buffer.sorted();
        return Stream.generate(sorted::next).takeWhile(java.util.Objects::nonNull);
    }

    private static int limitAfter(List<Document> stages, int sort) {
        if (sort + 1 == stages.size() || !(stages.get(sort + 1).get("$limit") instanceof Number limit)) {
            return Integer.MAX_VALUE;
        }
        return Math.max(1, limit.intValue());
    }

    @Override
    public @Nullable Document next() {
        return result.hasNext() ? result.next() : null;
    }

    @Override
    public void pause() {
        source.pause();
    }

    @Override
    public boolean isKeeping() {
        return !memory.isEmpty() || source.isKeeping();
    }

    @Override
    public void close() {
        memory.close();
        source.close();
    }
}
