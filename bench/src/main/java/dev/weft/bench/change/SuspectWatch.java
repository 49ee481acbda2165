package dev.weft.bench.change;

import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Projections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks all the time for messages that were noted as suspects: they are noted for as long as they are worked on. */
final class SuspectWatch implements AutoCloseable {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final MongoClient store;
    private final Thread thread;

    SuspectWatch(MongoClient store) {
        this.store = store;
        this.thread = Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
        var suspects = store.getDatabase("weft_execution").getCollection("suspects");
        try {
            while (true) {
                for (var suspect : suspects.find().projection(Projections.include("_id"))) {
                    seen.add(String.valueOf(suspect.get("_id")));
                }
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Set<String> seen() {
        return seen;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
