package dev.weft.store.reading;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.CursorNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hands out results in batches, and keeps unfinished ones: for ten minutes, as MongoDB does, since a client that
 * disappears closes nothing; shorter when others need the memory.
 */
public final class OpenCursors {
    private static final Duration AGE = Duration.ofMinutes(10);
    private static final int MOST = 200;
    private static final int LOT = 50;
    private static final long MOST_OF_ONE = 100L << 20;
    private static final int ALL = Integer.MAX_VALUE;

    /** A batch is decoded, and several connections may each work on one. */
    private static final long BATCH_BYTES = Math.clamp(Runtime.getRuntime().maxMemory() >> 8, 1L << 20, 12L << 20);

    private final LongSupplier nanos;
    private final AtomicLong ids = new AtomicLong();
    private final QueryMemory memory;

    /** The one that waits longest first. */
    private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Result result, long since) {}

    /** @param projection applied to one lot of documents */
    record Result(String namespace, DocumentSource documents, UnaryOperator<List<Document>> projection) {
        Result(String namespace, DocumentSource documents) {
            this(namespace, documents, UnaryOperator.identity());
        }
    }

    /** A quarter of the heap for all queries, an eighth for one, but never more than MongoDB allows it. */
    public OpenCursors() {
        this(
                System::nanoTime,
                Runtime.getRuntime().maxMemory() >> 2,
                Math.min(MOST_OF_ONE, Runtime.getRuntime().maxMemory() >> 3));
    }

    OpenCursors(LongSupplier nanos, long mostMemory, long mostOfOne) {
        this.nanos = nanos;
        memory = new QueryMemory(mostMemory, mostOfOne, this::forgetOne);
    }

    QueryMemory memory() {
        return memory;
    }

    public synchronized int size() {
        return waiting.size();
    }

    /** The answer to a find in a collection that is not there. */
    public Document nothing(String namespace) {
        return first(new Result(namespace, DocumentSource.listed(List.of())), null, true);
    }

    /** @param single whether the client wants no more than one batch */
    Document first(Result result, @Nullable Object batchSize, boolean single) {
        var most = batchSize instanceof Number number ? Math.abs(number.intValue()) : ALL;
        return answer(result, ids.incrementAndGet(), most, single, "firstBatch");
    }

    /** {@code {getMore: id, collection: name, batchSize: 100}} */
    public Document more(Document command) {
        var id = command.get("getMore") instanceof Number number ? number.longValue() : 0;
        var result = take(id);
        if (result == null) throw new CursorNotFoundException(id);
        var most = command.get("batchSize") instanceof Number number && number.intValue() > 0 ? number.intValue() : ALL;
        return answer(result, id, most, false, "nextBatch");
    }

    /** {@code {killCursors: name, cursors: [id]}} */
    public Document kill(Document command) {
        List<Object> killed = new ArrayList<>();
        List<Object> unknown = new ArrayList<>();
        if (command.get("cursors") instanceof Collection<?> wanted) {
            for (var each : wanted) {
                var result = each instanceof Number number ? take(number.longValue()) : null;
                (result == null ? unknown : killed).add(each);
                if (result != null) result.documents().close();
            }
        }
        var answer = new Document("cursorsKilled", killed)
                .append("cursorsNotFound", unknown)
                .append("cursorsAlive", List.of())
                .append("cursorsUnknown", List.of());
        Utils.markOkay(answer);
        return answer;
    }

    private Document answer(Result result, long id, int most, boolean single, String name) {
        List<Document> batch = new ArrayList<>();
        var more = read(result, most, batch);
        if (more && !single) keep(id, result);
        else result.documents().close();
        // The cursor id 0 tells a driver that there is nothing more to fetch or to kill.
        var answer = new Document(
                "cursor",
                new Document("id", more && !single ? id : 0L)
                        .append("ns", result.namespace())
                        .append(name, batch));
        Utils.markOkay(answer);
        return answer;
    }

    /** Whether there may be more. */
    private static boolean read(Result result, int most, List<Document> batch) {
        try {
            var bytes = 0L;
            // As in MongoDB, a find with batchSize 0 opens a cursor without reading anything.
            while (batch.size() < most) {
                if (bytes >= BATCH_BYTES) return true;
                List<Document> lot = new ArrayList<>();
                var ended = !readLot(result.documents(), Math.min(LOT, most - batch.size()), BATCH_BYTES - bytes, lot);
                var projected = result.projection().apply(lot);
                batch.addAll(projected);
                for (var document : projected) bytes += DocumentSize.of(document);
                if (ended) return false;
            }
            return true;
        } catch (RuntimeException e) {
            result.documents().close();
            throw e;
        }
    }

    private static boolean readLot(DocumentSource documents, int most, long mostBytes, List<Document> lot) {
        var bytes = 0L;
        while (lot.size() < most && bytes < mostBytes) {
            var document = documents.next();
            if (document == null) return false;
            lot.add(document);
            bytes += DocumentSize.of(document);
        }
        return true;
    }

    private void keep(long id, Result result) {
        // Paused before others can take it, since a source is used by one thread at a time.
        result.documents().pause();
        List<Waiting> old = new ArrayList<>();
        synchronized (this) {
            var now = nanos.getAsLong();
            var each = waiting.values().iterator();
            while (each.hasNext()) {
                var eldest = each.next();
                if (waiting.size() < MOST && now - eldest.since() < AGE.toNanos()) break;
                each.remove();
                old.add(eldest);
            }
            waiting.put(id, new Waiting(result, now));
        }
        old.forEach(one -> one.result().documents().close());
    }

    /** Nobody else has it until it is kept again. */
    private synchronized @Nullable Result take(long id) {
        var found = waiting.remove(id);
        return found == null ? null : found.result();
    }

    /** Of those that keep anything, the one that waits longest; whether there was one. */
    private boolean forgetOne() {
        Result eldest = null;
        synchronized (this) {
            var each = waiting.values().iterator();
            while (each.hasNext() && eldest == null) {
                var next = each.next().result();
                if (next.documents().isKeeping()) {
                    // Removed before it is closed, so that nobody reads from it meanwhile.
                    each.remove();
                    eldest = next;
                }
            }
        }
        if (eldest == null) return false;
        eldest.documents().close();
        return true;
    }
}
