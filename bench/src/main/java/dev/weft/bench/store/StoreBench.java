package dev.weft.bench.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import dev.weft.bench.launch.BuiltTree;
import dev.weft.bench.measure.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;

/**
 * Measures the store in a process of its own, or the server that WEFT_MONGODB_URI names. {@code --seconds=5
 * --force=true --root=.}, seconds for each measurement. Documents of 1 KB with three plain indexes, 16 clients.
 */
public final class StoreBench {
    private static final int CLIENTS = 16;
    private static final int DOCUMENTS = 100_000;

    private final MongoCollection<Document> documents;
    private final BenchClients clients;
    private final AtomicLong serial = new AtomicLong();

    private StoreBench(MongoCollection<Document> documents, double seconds) {
        this.documents = documents;
        this.clients = new BenchClients(seconds);
    }

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var seconds = options.number("seconds", 5);
        var server = System.getenv("WEFT_MONGODB_URI");
        if (server != null) {
            try (var client = MongoClients.create(server)) {
                new StoreBench(client.getDatabase("bench").getCollection("documents"), seconds).run();
            }
            return;
        }
        var jar = new BuiltTree(Path.of(options.text("root", "."))).jar("embedded-store");
        var file = Files.createTempDirectory("store-bench").resolve("bench.store");
        try (var store = StoreProcess.start(
                        List.of("-jar", jar.toString()), file, "--force=" + options.text("force", "true"));
                var client = store.connect()) {
            var before = ProcessFigures.cpuMillis(store.pid());
            new StoreBench(client.getDatabase("bench").getCollection("documents"), seconds).run();
            System.out.printf(
                    "store: %.1f s of CPU, file %d MB, rss %s%n",
                    (ProcessFigures.cpuMillis(store.pid()) - before) / 1e3,
                    Files.size(file) >> 20,
                    ProcessFigures.rss(store.pid()));
            var begin = System.nanoTime();
            store.stop();
            System.out.printf(
                    "closed in %d ms, file %d MB%n", (System.nanoTime() - begin) / 1_000_000, Files.size(file) >> 20);
        }
    }

    private void run() throws Exception {
        documents.createIndex(new Document("ws", 1).append("created", -1), new IndexOptions());
        documents.createIndex(new Document("state", 1).append("due", 1));
        documents.createIndex(new Document("flow", 1).append("created", -1));
        clients.measure(
                "insert, warm-up", CLIENTS, _ -> documents.insertOne(BenchDocuments.of(serial.incrementAndGet())));
        clients.measure("insert", CLIENTS, _ -> documents.insertOne(BenchDocuments.of(serial.incrementAndGet())));
        clients.measure("insert, 1 client", 1, _ -> documents.insertOne(BenchDocuments.of(serial.incrementAndGet())));
        while (serial.get() < DOCUMENTS)
            documents.bulkWrite(BenchDocuments.replacements(serial.addAndGet(500) - 500, 500));
        clients.measure(
                "find by id",
                CLIENTS,
                random -> documents.find(eq(random.nextLong(DOCUMENTS) + 1)).first());
        clients.measure("page of 50 of one workspace", CLIENTS, this::page);
        clients.measure("page of 50, 1 client", 1, this::page);
        clients.measure(
                "update by id and revision",
                CLIENTS,
                random -> documents.updateOne(
                        and(eq(random.nextLong(DOCUMENTS) + 1), eq("kind", "k")),
                        combine(inc("revision", 1), set("note", "n"))));
        clients.measure(
                "claim by state, in order",
                CLIENTS,
                random -> documents.findOneAndUpdate(
                        eq("state", "s" + random.nextInt(50)),
                        inc("due", 1_000_000L),
                        new FindOneAndUpdateOptions().sort(new Document("due", 1))));
        var bulk = 50;
        var bulks = clients.measure(
                "bulk of 50 upserts by id",
                CLIENTS,
                random -> documents.bulkWrite(
                        BenchDocuments.replacements(random.nextLong(DOCUMENTS - bulk), bulk),
                        new BulkWriteOptions().ordered(false)));
        System.out.printf("  = %,.0f upserts/s%n", bulks * bulk);
        clients.measure(
                "count of one workspace",
                4,
                random -> documents.countDocuments(eq("ws", random.nextInt(BenchDocuments.WORKSPACES))));
    }

    private void page(ThreadLocalRandom random) {
        documents
                .find(eq("ws", random.nextInt(BenchDocuments.WORKSPACES)))
                .sort(new Document("created", -1))
                .limit(50)
                .into(new ArrayList<>());
    }
}
