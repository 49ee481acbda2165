package dev.weft.bench.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.Document;

/** One of the writers of {@link StoreKillRounds}: inserts, in bulk or singly, then changes or deletes what it inserted. */
record KillWriter(int number, MongoCollection<Document> documents, AtomicLong serial, Map<String, WriteFate> fates)
        implements Runnable {
    private static final int BULK = 20;

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) write();
        } catch (MongoException e) {
            // The store is gone, which ends this round.
        }
    }

    private void write() {
        var ids = IntStream.range(0, number % 4 == 0 ? BULK : 1)
                .mapToObj(_ -> "d" + serial.incrementAndGet())
                .toList();
        // Before the write nothing is known, and a kill during it leaves it so: either outcome is right.
        ids.forEach(id -> fates.put(id, new WriteFate.Unknown()));
        if (ids.size() > 1) {
            var inserts =
                    ids.stream().map(id -> new InsertOneModel<>(document(id))).toList();
            documents.bulkWrite(inserts, new BulkWriteOptions().ordered(false));
        } else {
            documents.insertOne(document(ids.getFirst()));
        }
        ids.forEach(id -> fates.put(id, new WriteFate.There(0)));
        change(ids.getFirst());
    }

    private void change(String id) {
        switch (number % 3) {
            case 0 -> {
                documents.updateOne(and(eq(id), eq("n", 0)), inc("n", 1));
                fates.put(id, new WriteFate.There(1));
            }
            case 1 -> {
                documents.findOneAndUpdate(eq("key", "k" + id), combine(set("owner", "moved"), inc("n", 2)));
                fates.put(id, new WriteFate.There(2));
            }
            default -> {
                fates.put(id, new WriteFate.Unknown());
                documents.deleteOne(eq(id));
                fates.put(id, new WriteFate.Gone());
            }
        }
    }

    static Document document(String id) {
        var serial = Long.parseLong(id.substring(1));
        return new Document("_id", id)
                .append("key", "k" + id)
                .append("owner", "o" + serial % 50)
                .append("due", serial * 31 % 1_000)
                .append("n", 0L)
                .append("text", "x".repeat(900));
    }

    static List<Document> indexes() {
        return List.of(new Document("key", 1), new Document("owner", 1).append("n", -1), new Document("due", 1));
    }
}
