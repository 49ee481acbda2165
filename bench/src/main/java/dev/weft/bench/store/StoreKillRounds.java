package dev.weft.bench.store;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import dev.weft.bench.launch.BuiltTree;
import dev.weft.bench.measure.Arguments;
import dev.weft.bench.store.KillWriter.Fate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;

/**
 * Kills the store under sixteen writers, again and again on the same file, and looks for every acknowledged write
 * afterwards. As a program: {@code --rounds=20 --root=. --directory=..}; a lost or half-written document ends it with 1.
 */
public final class StoreKillRounds {
    private static final int WRITERS = 16;

    private final List<String> program;
    private final Path file;
    private final AtomicLong serial = new AtomicLong();
    private final Map<String, Fate> fates = new ConcurrentHashMap<>();
    private final Set<String> settled = new HashSet<>();

    StoreKillRounds(List<String> program, Path file) {
        this.program = program;
        this.file = file;
    }

    /**
     * @param checked documents of all rounds until now
     * @param lost whose last acknowledged state is not there
     * @param half found by id and not by each index, or the other way round, or gone and not insertable again
     */
    record Outcome(int checked, Set<String> lost, Set<String> half, Duration recovery) {}

    public static void main(String[] arguments) throws Exception {
        var options = new Arguments(arguments);
        var tree = new BuiltTree(Path.of(options.text("root", ".")));
        var directory = Path.of(options.text(
                "directory", Files.createTempDirectory("store-kill").toString()));
        var file = directory.resolve("kill.store");
        var rounds =
                new StoreKillRounds(List.of("-jar", tree.jar("embedded-store").toString()), file);
        var random = new Random();
        var whole = true;
        for (var i = 1; i <= options.number("rounds", 20); i++) {
            var outcome = rounds.round(Duration.ofMillis(500 + random.nextInt(3_000)));
            whole &= outcome.lost().isEmpty() && outcome.half().isEmpty();
            System.out.printf(
                    "round %d: %d documents checked, %d lost, %d half-written, back in %d ms, file %d MB%n",
                    i,
                    outcome.checked(),
                    outcome.lost().size(),
                    outcome.half().size(),
                    outcome.recovery().toMillis(),
                    Files.size(file) >> 20);
        }
        if (!whole) {
            System.exit(1);
        }
    }

    Outcome round(Duration life) throws Exception {
        try (var store = StoreProcess.start(program, file);
                var client = store.connect();
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var documents = client.getDatabase("kill").getCollection("documents");
            for (var index : KillWriter.indexes()) {
                documents.createIndex(index, new IndexOptions().unique(index.containsKey("key")));
            }
            for (var i = 0; i < WRITERS; i++) writers.execute(new KillWriter(i, documents, serial, fates));
            TimeUnit.NANOSECONDS.sleep(life.toNanos());
            store.kill();
            // Writers end by the exception that the death of the store is to them, or by this.
            writers.shutdownNow();
        }
        var begin = System.nanoTime();
        try (var again = StoreProcess.start(program, file);
                var client = again.connect()) {
            var recovery = Duration.ofNanos(System.nanoTime() - begin);
            return check(client.getDatabase("kill").getCollection("documents"), recovery);
        }
    }

    private Outcome check(MongoCollection<Document> documents, Duration recovery) {
        Map<String, Document> found = new HashMap<>();
        documents.find().forEach(document -> found.put(document.getString("_id"), document));
        var lost = new TreeSet<String>();
        var touched = new HashSet<String>();
        fates.forEach((id, fate) -> {
            var document = found.get(id);
            var kept = switch (fate) {
                case Fate.There(var n) -> document != null && document.getLong("n") >= n;
                case Fate.Gone _ -> document == null;
                case Fate.Unknown _ -> true;
            };
            if (!kept) lost.add(id);
            // Only what is new in this round is tried by an insert: what was there before was tried in its own.
            if (settled.add(id)) touched.add(id);
            if (document == null) fates.put(id, new Fate.Gone());
            else fates.put(id, new Fate.There(document.getLong("n")));
        });
        var half = new TreeSet<String>();
        for (var index : KillWriter.indexes()) half.addAll(disagreements(documents, index, found.keySet()));
        for (var id : touched) if (!found.containsKey(id) && !canInsert(documents, id)) half.add(id);
        return new Outcome(fates.size(), lost, half, recovery);
    }

    /** The ids that are not in the index, and the index itself where it has an entry too many. */
    private static Set<String> disagreements(MongoCollection<Document> documents, Document index, Set<String> ids) {
        var missing = new HashSet<>(ids);
        var byIndex = documents.find().sort(index).limit(Integer.MAX_VALUE);
        byIndex.projection(new Document("_id", 1)).forEach(document -> missing.remove(document.getString("_id")));
        var cost = byIndex.explain();
        var stage = cost.get("queryPlanner", Document.class)
                .get("winningPlan", Document.class)
                .getString("stage");
        if (!stage.equals("IXSCAN")) missing.add("not read by " + index.toJson());
        var entries = cost.get("executionStats", Document.class)
                .get("totalKeysExamined", Number.class)
                .intValue();
        // An entry too many belongs to a document that is gone, and is found by no query for one that is there.
        if (entries != ids.size()) missing.add(entries + " entries in " + index.toJson());
        return missing;
    }

    private static boolean canInsert(MongoCollection<Document> documents, String id) {
        try {
            documents.insertOne(KillWriter.document(id));
        } catch (MongoException e) {
            return false;
        }
        return documents.deleteOne(eq(id)).getDeletedCount() == 1;
    }
}
