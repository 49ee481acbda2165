package dev.weft.execution.recorder;

import com.mongodb.client.MongoClients;
import dev.weft.common.id.Ids;
import dev.weft.execution.errorinbox.MongoErrorInputs;
import dev.weft.execution.execution.MongoExecutionStore;
import dev.weft.execution.execution.NotedEnds;
import dev.weft.execution.hop.HopRecords;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.record.Recorder;
import dev.weft.store.EmbeddedStoreApplication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/**
 * What the record of an execution costs: bytes of its document and of the store's file, and CPU of this process (hop
 * without broker, recorder, driver) and of the store's. Run by hand; argument: how many executions.
 */
final class RecordMeasurement {

    private static final int IN_FLIGHT = 400;

    private RecordMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        var count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40_000;
        var directory = Files.createTempDirectory("records");
        var store = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedStoreApplication.class.getName(),
                        "--file=" + directory.resolve("records.store"),
                        "--port=0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = store.inputReader(StandardCharsets.UTF_8);
                var client = MongoClients.create(uri(lines))) {
            var mongo = new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, "records"));
            var recorder = new MongoRecorder(
                    new MongoExecutionStore(mongo, new Ids(), new NotedEnds()),
                    new MongoErrorInputs(mongo),
                    _ -> {},
                    _ -> {},
                    new EngineMetrics(new SimpleMeterRegistry()));
            recorder.start();
            var records = new HopRecords();
            var hop = 0.0;
            for (var round = 0; round < 4; round++) {
                hop = perRecord(count, () -> measured(count, records));
            }
            for (var round = 0; round < 4; round++) {
                var storeBefore = cpuNanos(store.toHandle());
                var begun = System.nanoTime();
                var micros = perRecord(count, () -> record(count, records, recorder));
                System.out.printf(
                        Locale.ROOT,
                        "%.0f records/s; CPU each: hop %.0f us, record %.0f us, store %.0f us%n",
                        count / ((System.nanoTime() - begun) / 1e9),
                        hop,
                        micros - hop,
                        (cpuNanos(store.toHandle()) - storeBefore) / 1e3 / count);
            }
            recorder.stop();
            var raw = mongo.getCollection("executions").withDocumentClass(RawBsonDocument.class);
            var one = raw.find().first();
            System.out.println(one.getByteBuffer().remaining() + " bytes a document, by field:");
            one.forEach((name, value) -> System.out.println("  " + name + " "
                    + new RawBsonDocument(
                                    new org.bson.BsonDocument(name, value), new org.bson.codecs.BsonDocumentCodec())
                            .getByteBuffer()
                            .remaining()
                    + " " + abbreviated(value.toString())));
            store.destroy();
            store.waitFor(30, TimeUnit.SECONDS);
            System.out.printf(
                    Locale.ROOT, "%.0f bytes of the closed file an execution%n", bytes(directory) / (4.0 * count));
        } finally {
            store.destroyForcibly();
        }
    }

    private static String abbreviated(String text) {
        return text.length() > 150 ? text.substring(0, 150) + ".." : text;
    }

    private static String uri(BufferedReader lines) throws IOException {
        return lines.readLine().replaceAll(".*(mongodb://\\S+).*", "$1");
    }

    private static void measured(int count, HopRecords records) {
        for (var i = 0; i < count; i++) {
            records.next();
        }
    }

    private static void record(int count, HopRecords records, Recorder recorder) {
        var open = new Semaphore(IN_FLIGHT);
        for (var i = 0; i < count; i++) {
            open.acquireUninterruptibly();
            var _ = recorder.record(records.next()).whenComplete((_, _) -> open.release());
        }
        open.acquireUninterruptibly(IN_FLIGHT);
    }

    private static double perRecord(int count, Runnable work) {
        var before = cpuNanos();
        work.run();
        return (cpuNanos() - before) / 1e3 / count;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long cpuNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static long bytes(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
