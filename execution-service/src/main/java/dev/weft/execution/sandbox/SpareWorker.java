package dev.weft.execution.sandbox;

import dev.weft.execution.metrics.EngineMetrics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A spare worker, kept ready from the first work on: when somebody's work kills the shared worker, the others go on at
 * once instead of waiting for a start. It is kept for a tenant alone too: the first work of a second one may be what
 * kills the worker, and a start takes seconds then, as three processes start at once.
 */
final class SpareWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SpareWorker.class);

    /** To end one that starts. */
    private static final Duration END = Duration.ofSeconds(10);
    /** After a start that failed: the machine may have no memory for one more. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final EngineMetrics metrics;
    private final AtomicBoolean starting = new AtomicBoolean();
    private final AtomicReference<@Nullable SandboxProcess> ready = new AtomicReference<>();
    private final Set<String> kinds = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread starter;
    /** Of {@link System#nanoTime}. */
    private volatile long notBefore = System.nanoTime();

    private volatile boolean closed;

    SpareWorker(EngineMetrics metrics) {
        this.metrics = metrics;
    }

    /** Somebody has such work; what stands ready is ready for that too. */
    void seen(String kind) {
        kinds.add(kind);
        if (!closed
                && ready.get() == null
                && System.nanoTime() - notBefore >= 0
                && starting.compareAndSet(false, true)) {
            begin();
        }
    }

    private void begin() {
        try {
            Thread.ofVirtual().name("sandbox-spare").start(this::start);
        } catch (OutOfMemoryError e) {
            // No thread could be started. The flag must not stay set, or no spare would ever be started.
            starting.set(false);
            log.warn("A spare sandbox worker does not start: {}", e.getMessage());
        }
    }

    private void start() {
        try {
            // Set before closed is read, while close() sets closed before it reads this: so at least one side sees the
            // other.
            starter = Thread.currentThread();
            if (closed) {
                return;
            }
            var worker = SandboxProcess.start(WorkerUse.SHARED);
            for (var kind : kinds) {
                worker.prepare(kind);
            }
            metrics.sandboxWorker();
            ready.set(worker);
        } catch (SandboxUnavailable e) {
            // Whoever needs a worker then starts it himself.
            notBefore = System.nanoTime() + PAUSE.toNanos();
            log.warn("A spare sandbox worker does not start: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            starting.set(false);
            // The sandbox may have been closed while this worker started; close() would not have found it.
            if (closed) {
                end();
            }
        }
    }

    /** Null when there is none. */
    @Nullable
    SandboxProcess take() {
        var worker = ready.getAndSet(null);
        return worker != null && worker.isAlive() ? worker : null;
    }

    private void end() {
        var worker = ready.getAndSet(null);
        if (worker != null) {
            worker.close();
        }
    }

    /** Of the one that stands ready, 0 when there is none. */
    long pid() {
        var worker = ready.get();
        return worker == null || !worker.isAlive() ? 0 : worker.pid();
    }

    /** Ends one that is about to be ready too: its thread ends it when it is interrupted. */
    @Override
    public void close() {
        closed = true;
        var thread = starter;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        end();
    }
}
