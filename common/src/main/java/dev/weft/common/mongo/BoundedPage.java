package dev.weft.common.mongo;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.convert.QueryMapper;
import org.springframework.data.mongodb.core.query.Query;

/**
 * A page of a list that ends after {@value #MOST_BYTES} bytes of stored documents: a hundred large documents for each
 * of a few callers would exceed the service's memory. The first document is always included, whatever its size.
 *
 * @param cut whether the page ends before the size that was asked for
 */
public record BoundedPage<T>(List<T> items, boolean cut) {

    public static final int MOST_BYTES = 2 * 1024 * 1024;

    /**
     * So many documents come from the store at once, as bytes, which are a fraction of what they are as objects: what is read
     * beyond the bound stays small, although the first documents of a list say nothing of the size of the next ones. A full
     * page takes seven round trips, which together are less than the decoding of a hundred documents.
     */
    private static final int BATCH = 16;

    public static <T> BoundedPage<T> read(
            MongoTemplate mongo, Query query, String collection, Function<Document, T> item) {
        BoundedPage<T> page = mongo.execute(
                collection,
                stored -> read(found(mongo, query, stored), new DocumentCodec(stored.getCodecRegistry()), item));
        return Objects.requireNonNull(page);
    }

    private static FindIterable<RawBsonDocument> found(
            MongoTemplate mongo, Query query, MongoCollection<Document> collection) {
        var filter = new QueryMapper(mongo.getConverter()).getMappedObject(query.getQueryObject(), Optional.empty());
        return collection
                .find(filter, RawBsonDocument.class)
                .projection(query.getFieldsObject())
                .sort(query.getSortObject())
                .skip((int) query.getSkip())
                .limit(query.getLimit())
                .batchSize(BATCH);
    }

    private static <T> BoundedPage<T> read(
            FindIterable<RawBsonDocument> found, DocumentCodec codec, Function<Document, T> item) {
        var items = new ArrayList<T>();
        var bytes = 0L;
        // Closed when the limit is reached; otherwise the cursor stays open at the store until it times out.
        try (var cursor = found.iterator()) {
            while (cursor.hasNext()) {
                var raw = cursor.next();
                bytes += raw.getByteBuffer().remaining();
                if (bytes > MOST_BYTES && !items.isEmpty()) {
                    return new BoundedPage<>(items, true);
                }
                items.add(item.apply(raw.decode(codec)));
            }
        }
        return new BoundedPage<>(items, false);
    }
}
