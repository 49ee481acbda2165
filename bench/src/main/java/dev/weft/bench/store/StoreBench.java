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
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import dev.weft.bench.launch.BuiltTree;
import dev.weft.bench.measure.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.Document;

/**
 * Measures the store in a process of its own, or the server that WEFT_MONGODB_URI names. {@code --seconds=5
 * --force=true --root=.}, seconds for each measurement. Documents of 1 KB with three plain indexes, 16 clients.
 */
public final class StoreBench {
    private static final int CLIENTS = 16;
    private static final int DOCUMENTS = 100_000;
    private static final int WORKSPACES = 20;

    private final MongoCollection<Document> documents;
    private final double seconds;
    private final AtomicLong serial = new AtomicLong();

    private StoreBench(MongoCollection<Document> documents, double seconds) {
        this.documents = documents;
        this.seconds = seconds;
    }

    @FunctionalInterface
    private interface Operation {
        void run(ThreadLocalRandom random);
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
            var before = cpuMillis(store.pid());
            new StoreBench(client.getDatabase("bench").getCollection("documents"), seconds).run();
            System.out.printf(
                    "store: %.1f s of CPU, file %d MB, rss %s%n",
                    (cpuMillis(store.pid()) - before) / 1e3, Files.size(file) >> 20, rss(store.pid()));
            var begin = System.nanoTime();
            store.stop();
            System.out.printf(
                    "closed in %d ms, file %d MB%n", (System.nanoTime() - begin) / 1_000_000, Files.size(file) >> 20);
        }
    }

    private static long cpuMillis(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(java.time.Duration::toMillis)
                .orElse(0L);
    }

    private static String rss(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("");
    }

    private void run() throws Exception {
        documents.createIndex(new Document("ws", 1).append("created", -1), new IndexOptions());
        documents.createIndex(new Document("state", 1).append("due", 1));
        documents.createIndex(new Document("flow", 1).append("created", -1));
        measure("insert, warm-up", CLIENTS, _ -> documents.insertOne(document(serial.incrementAndGet())));
        measure("insert", CLIENTS, _ -> documents.insertOne(document(serial.incrementAndGet())));
        measure("insert, 1 client", 1, _ -> documents.insertOne(document(serial.incrementAndGet())));
        while (serial.get() < DOCUMENTS) documents.bulkWrite(replacements(serial.addAndGet(500) - 500, 500));
        measure(
                "find by id",
                CLIENTS,
                random -> documents.find(eq(random.nextLong(DOCUMENTS) + 1)).first());
        measure("page of 50 of one workspace", CLIENTS, this::page);
        measure("page of 50, 1 client", 1, this::page);
        measure(
                "update by id and revision",
                CLIENTS,
                random -> documents.updateOne(
                        and(eq(random.nextLong(DOCUMENTS) + 1), eq("kind", "k")),
                        combine(inc("revision", 1), set("note", "n"))));
        measure(
                "claim by state, in order",
                CLIENTS,
                random -> documents.findOneAndUpdate(
                        eq("state", "s" + random.nextInt(50)),
                        inc("due", 1_000_000L),
                        new FindOneAndUpdateOptions().sort(new Document("due", 1))));
        var bulk = 50;
        var bulks = measure(
                "bulk of 50 upserts by id",
                CLIENTS,
                random -> documents.bulkWrite(
                        replacements(random.nextLong(DOCUMENTS - bulk), bulk), new BulkWriteOptions().ordered(false)));
        System.out.printf("  = %,.0f upserts/s%n", bulks * bulk);
        measure("count of one workspace", 4, random -> documents.countDocuments(eq("ws", random.nextInt(WORKSPACES))));
    }

    private void page(ThreadLocalRandom random) {
        documents
                .find(eq("ws", random.nextInt(WORKSPACES)))
                .sort(new Document("created", -1))
                .limit(50)
                .into(new ArrayList<>());
    }

    private static List<ReplaceOneModel<Document>> replacements(long from, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ReplaceOneModel<>(
                        eq(from + i + 1), document(from + i + 1), new ReplaceOptions().upsert(true)))
                .toList();
    }

    private static Document document(long id) {
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

    private double measure(String name, int clients, Operation operation) throws Exception {
        var until = System.nanoTime() + (long) (seconds * 1e9);
        var begin = System.nanoTime();
        var latencies = new ArrayList<long[]>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var tasks = IntStream.range(0, clients)
                    .mapToObj(_ -> threads.submit(() -> {
                        var random = ThreadLocalRandom.current();
                        var mine = new long[1 << 20];
                        var count = 0;
                        for (var now = System.nanoTime(); now < until; ) {
                            operation.run(random);
                            var after = System.nanoTime();
                            // The length is a power of two: the oldest latencies are written over, and no bound is
                            // looked at.
                            mine[count++ & (mine.length - 1)] = after - now;
                            now = after;
                        }
                        return Arrays.copyOf(mine, Math.min(count, mine.length));
                    }))
                    .toList();
            for (var task : tasks) latencies.add(task.get());
        }
        var all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        var rate = all.length / ((System.nanoTime() - begin) / 1e9);
        System.out.printf(
                "%-32s %,8.0f/s  p50 %.2f ms  p99 %.2f ms%n",
                name, rate, all[all.length / 2] / 1e6, all[(int) (all.length * 0.99)] / 1e6);
        return rate;
    }
}
