package dev.weft.execution.execution;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;

/** Gives documents that an older release has stored a field that they lack. */
final class MongoOlderExecutions {

    private static final int BATCH = 500;

    private MongoOlderExecutions() {}

    /**
     * @param query   those that lack it
     * @param fields  what it is made of
     * @param missing from a document with those fields
     */
    static void complete(
            MongoCollection<Document> executions,
            Document query,
            List<String> fields,
            Function<Document, Document> missing) {
        var read = new ArrayList<>(fields);
        read.add("rev");
        var writes = new ArrayList<WriteModel<Document>>(BATCH);
        for (var document : executions.find(query).projection(Projections.include(read))) {
            writes.add(new UpdateOneModel<>(
                    // Whoever has changed it meanwhile has written the field, too.
                    new Document("_id", document.get("_id")).append("rev", document.get("rev")),
                    new Document("$set", missing.apply(document))));
            if (writes.size() == BATCH) {
                executions.bulkWrite(writes);
                writes.clear();
            }
        }
        if (!writes.isEmpty()) {
            executions.bulkWrite(writes);
        }
    }
}
