package dev.weft.bench.store;

import com.mongodb.client.model.IndexOptions;
import dev.weft.bench.launch.BuiltTree;
import dev.weft.bench.measure.Arguments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Kills the store under sixteen writers, again and again on the same file, and looks for every acknowledged write
 * afterwards. As a program: {@code --rounds=20 --root=. --directory=..}; a lost or half-written document ends it with 1.
 */
public final class StoreKillRounds {
    private static final int WRITERS = 16;

    private final List<String> program;
    private final Path file;
    private final AtomicLong serial = new AtomicLong();
    private final AcknowledgedWrites writes = new AcknowledgedWrites();

    StoreKillRounds(List<String> program, Path file) {
        this.program = program;
        this.file = file;
    }

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

    KillRound round(Duration life) throws Exception {
        try (var store = StoreProcess.start(program, file);
                var client = store.connect();
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            var documents = client.getDatabase("kill").getCollection("documents");
            for (var index : KillWriter.indexes()) {
                documents.createIndex(index, new IndexOptions().unique(index.containsKey("key")));
            }
            for (var i = 0; i < WRITERS; i++) writers.execute(new KillWriter(i, documents, serial, writes.fates()));
            TimeUnit.NANOSECONDS.sleep(life.toNanos());
            store.kill();
            // Writers end by the exception that the death of the store is to them, or by this.
            writers.shutdownNow();
        }
        var begin = System.nanoTime();
        try (var again = StoreProcess.start(program, file);
                var client = again.connect()) {
            var recovery = Duration.ofNanos(System.nanoTime() - begin);
            return writes.check(client.getDatabase("kill").getCollection("documents"), recovery);
        }
    }
}
