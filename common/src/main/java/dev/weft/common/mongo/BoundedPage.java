package dev.weft.common.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Query;

/**
 * A page of a list as far as {@value #MOST_BYTES} bytes of text go: a hundred large documents at once, asked for by a few
 * callers, would be more than the service's memory. The first document is always there, whatever its size.
 *
 * @param cut whether there was more of what the query asked for
 */
public record BoundedPage<T>(List<T> items, boolean cut) {

    public static final int MOST_BYTES = 2 * 1024 * 1024;

    /** So many documents come from the store at once: what is read beyond the bound stays small. */
    private static final int BATCH = 8;

    public static <T> BoundedPage<T> read(
            MongoTemplate mongo, Query query, String collection, Function<Document, T> item) {
        var items = new ArrayList<T>();
        var bytes = 0L;
        try (var found = mongo.stream(query.cursorBatchSize(BATCH), Document.class, collection)) {
            for (var each = found.iterator(); each.hasNext(); ) {
                var document = each.next();
                bytes += textOf(document);
                if (bytes > MOST_BYTES && !items.isEmpty()) {
                    return new BoundedPage<>(items, true);
                }
                items.add(item.apply(document));
            }
        }
        return new BoundedPage<>(items, false);
    }

    /** The length of all names and texts, and a few bytes for each other value. */
    private static long textOf(@Nullable Object value) {
        return switch (value) {
            case null -> 1;
            case String text -> text.length();
            case Map<?, ?> map -> {
                var sum = 0L;
                for (var entry : map.entrySet()) {
                    sum += textOf(entry.getKey()) + textOf(entry.getValue());
                }
                yield sum;
            }
            case List<?> list -> {
                var sum = 0L;
                for (var each : list) {
                    sum += textOf(each);
                }
                yield sum;
            }
            default -> 8;
        };
    }
}
