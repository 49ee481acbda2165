package dev.weft.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.UuidRepresentation;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;

/** What every store of documents promises; a test class says which store by implementing the parts. */
interface StoreSpec {
    MongoDatabase database();

    /** A collection that no other test has. */
    default MongoCollection<Document> collection() {
        return database().getCollection("c" + new ObjectId().toHexString());
    }

    /** {@code {_id: i, group: i % groups, number: i, name: "n<i>"}} for i from 0. */
    default MongoCollection<Document> numbered(int count, int groups) {
        var collection = collection();
        collection.insertMany(IntStream.range(0, count)
                .mapToObj(i -> new Document("_id", i)
                        .append("group", i % groups)
                        .append("number", i)
                        .append("name", "n" + i))
                .toList());
        return collection;
    }

    static MongoClient connect(String uri) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    /** Documents that a find had to read. */
    static long documentsRead(MongoCollection<Document> collection, Bson filter, Bson sort, int limit) {
        return collection
                .find(filter)
                .sort(sort)
                .limit(limit)
                .explain()
                .get("executionStats", Document.class)
                .get("totalDocsExamined", Number.class)
                .longValue();
    }
}
