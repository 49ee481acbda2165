package dev.weft.bench.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;

/** The documents of {@link StoreBench}. */
final class BenchDocuments {

    static final int WORKSPACES = 20;

    private BenchDocuments() {}

    /** From the one behind that number on. */
    static List<ReplaceOneModel<Document>> replacements(long from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new ReplaceOneModel<>(eq(from + i + 1), of(from + i + 1), new ReplaceOptions().upsert(true)))
                .toList();
    }

    static Document of(long id) {
        return new Document("_id", id)
                .append("ws", id % WORKSPACES)
                .append("flow", "flow" + id % 500)
                .append("created", new java.util.Date(1_700_000_000_000L + id))
                .append("state", "s" + id % 50)
                .append("due", id)
                .append("kind", "k")
                .append("revision", 0)
                .append("body", new Document("text", "x".repeat(800)));
    }
}
