package dev.weft.execution.sandbox;

import dev.weft.execution.budget.FairSlots;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.metrics.EngineMetrics.SandboxEnd;
import dev.weft.execution.step.StepFailure;
import dev.weft.sandbox.SandboxFrames;
import dev.weft.sandbox.SandboxJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has work done in a worker process, which is started when first needed and again after its death. What a dead worker
 * held is run once more, one at a time and in a process apart, tenants by turns, since one of them has killed it; who
 * kills that one too has failed. A request that does not end in time is known to be the culprit and takes its worker down
 * with it. What a tenant wants done who has ended a worker is done in a process of its own, one at a time
 * ({@link Offenders}); also what waited for the worker of all, or for its turn apart, when the tenant was found out.
 */
public final class Sandbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);

    /** Whose work a thread does: tenants share the sandbox fairly. */
    public static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    private static final String KILLED = "SandboxKilled";
    private static final String TIMEOUT = "TimeoutError";
    private static final int SLOTS = 8;
    private static final int NOT_FOR_ONE_TENANT = 2;
    /** For a slot, and then for others to start the worker; the same again for a process apart. */
    private static final Duration WAIT = Duration.ofMinutes(2);

    /** For so long nobody but one tenant had work there: no spare is kept for it. */
    private static final Duration ALONE = Duration.ofMinutes(10);

    /** An offender's own worker is kept for so long after its last work. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(4);

    private final Duration grace;
    private final EngineMetrics metrics;
    private final FairSlots slots = new FairSlots(SLOTS, NOT_FOR_ONE_TENANT);
    private final Spare spare = new Spare();
    private final Place shared = new Place(spare);
    private final Apart apart = new Apart();
    private final Alone alone = new Alone();
    private final Offenders offenders = new Offenders(System::nanoTime);
    private final CountDownLatch closed = new CountDownLatch(1);

    public Sandbox(EngineMetrics metrics) {
        this(GRACE, metrics);
    }

    /** Of nobody's interest how often it is used. */
    public Sandbox() {
        this(GRACE);
    }

    public Sandbox(Duration grace) {
        this(grace, new EngineMetrics(new SimpleMeterRegistry()));
    }

    /** @param grace what a request may take above its limit before its process is ended: most end by themselves */
    Sandbox(Duration grace, EngineMetrics metrics) {
        this.grace = grace;
        this.metrics = metrics;
    }

    /**
     * @param kind    of {@link SandboxJob#kind}
     * @param request plain JSON values
     * @throws StepFailure     when the work failed, killed its worker twice, or did not end in time
     * @throws SandboxUnavailable when there is no room or no worker for it now
     */
    public Map<String, @Nullable Object> run(
            String kind, Map<String, ? extends @Nullable Object> request, Duration limit) {
        var json = SandboxFrames.encode(Map.of("kind", kind, "limit_ms", limit.toMillis(), "request", request));
        var begun = System.nanoTime();
        var end = SandboxEnd.UNAVAILABLE;
        try {
            var answer = inSlot(kind, json, limit);
            end = SandboxEnd.DONE;
            return answer;
        } catch (StepFailure e) {
            end = switch (e.name()) {
                case KILLED -> SandboxEnd.KILLED;
                case TIMEOUT -> SandboxEnd.TIMEOUT;
                default -> SandboxEnd.FAILED;
            };
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxUnavailable("Interrupted while work was in the sandbox.", e);
        } finally {
            metrics.sandboxCall(end, System.nanoTime() - begun);
        }
    }

    private Map<String, @Nullable Object> inSlot(String kind, byte[] json, Duration limit) throws InterruptedException {
        var begun = System.nanoTime();
        var tenant = TENANT.orElse("");
        if (!offenders.contains(tenant)) {
            var free = slots.acquire(tenant, WAIT);
            metrics.sandboxWait(System.nanoTime() - begun);
            if (!free) {
                throw busy();
            }
            try {
                // Many of its requests may have waited while one of them ended the worker.
                if (!offenders.contains(tenant)) {
                    return inWorkerOfAll(tenant, kind, json, limit, begun + WAIT.toNanos());
                }
            } finally {
                slots.release(tenant);
            }
        }
        return alone.ask(tenant, kind, json, limit, System.nanoTime() + WAIT.toNanos());
    }

    private Map<String, @Nullable Object> inWorkerOfAll(
            String tenant, String kind, byte[] json, Duration limit, long patience) throws InterruptedException {
        try {
            return result(shared.ask(kind, json, limit, patience));
        } catch (SandboxProcess.Died _) {
            return apart.ask(tenant, kind, json, limit);
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new SandboxUnavailable("The sandbox is closed.");
        }
    }

    private void blame(String tenant) {
        if (!tenant.isEmpty()) {
            offenders.add(tenant);
        }
    }

    private StepFailure killed(String tenant) {
        blame(tenant);
        return new StepFailure(KILLED, "The work killed its worker: it needs more memory than it may use.");
    }

    /** How long {@link #run} may take at most. */
    public Duration longest(Duration limit) {
        // All of it may come three times, with a wait and a start each: in the worker of all, and when that has died of
        // an
        // offender twice in its own.
        return WAIT.plus(SandboxProcess.START.multipliedBy(2))
                .plus(limit)
                .plus(grace)
                .multipliedBy(3);
    }

    /** @param patience of {@link System#nanoTime} */
    private static long left(long patience) {
        return Math.max(0, patience - System.nanoTime());
    }

    private static SandboxUnavailable busy() {
        return new SandboxUnavailable("The sandbox was busy for too long.");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> result(byte[] json) {
        var answer = SandboxFrames.decode(json);
        if (answer.get("failure") instanceof Map<?, ?> failure) {
            throw new StepFailure(
                    String.valueOf(failure.get("name")),
                    String.valueOf(failure.get("message")),
                    String.valueOf(failure.get("stack")));
        }
        return answer.get("result") instanceof Map<?, ?> result ? (Map<String, @Nullable Object>) result : Map.of();
    }

    /** The process id of the worker that all share, 0 when there is none: failure tests end it. */
    public long workerPid() {
        return shared.pid();
    }

    /** Of the one that stands ready, 0 when there is none. */
    long sparePid() {
        var worker = spare.ready.get();
        return worker == null || !worker.isAlive() ? 0 : worker.pid();
    }

    int waiting(String tenant) {
        return slots.waiting(tenant);
    }

    @Override
    public void close() {
        closed.countDown();
        spare.close();
        shared.close();
        apart.close();
        alone.close();
    }

    /**
     * Where what a dead worker held is done once more, one at a time, tenants by turns; its worker ends when nobody waits
     * for it.
     */
    private final class Apart {
        private final FairSlots turns = new FairSlots(1, 0);
        private final Place place = new Place(null);

        Map<String, @Nullable Object> ask(String tenant, String kind, byte[] json, Duration limit)
                throws InterruptedException {
            var patience = System.nanoTime() + WAIT.toNanos();
            if (!turns.acquire(tenant, WAIT)) {
                throw busy();
            }
            try {
                // Found out in its turn before: others do not wait for the rest of what it had in that worker.
                if (!offenders.contains(tenant)) {
                    return result(place.ask(kind, json, limit, patience));
                }
            } catch (SandboxProcess.Died _) {
                throw killed(tenant);
            } finally {
                // The worker ends before the turn is given back: the next one would find a worker that is being ended.
                if (!turns.isWaitedFor()) {
                    place.close();
                }
                turns.release(tenant);
            }
            return alone.ask(tenant, kind, json, limit, patience);
        }

        void close() {
            place.close();
        }
    }

    /**
     * Where offenders have their work done: each in a worker of its own, and a few of them at a time. They wait for each
     * other's work, never for each other's pauses.
     */
    private final class Alone {
        private static final int WORKERS = 3;
        private final FairSlots turns = new FairSlots(WORKERS, WORKERS - 1);
        private final KeptWorkers<Place> places = new KeptWorkers<>(WORKERS, KEPT, () -> new Place(null), Place::close);

        Map<String, @Nullable Object> ask(String tenant, String kind, byte[] json, Duration limit, long patience)
                throws InterruptedException {
            try {
                return askOnce(tenant, kind, json, limit, patience);
            } catch (SandboxProcess.Died _) {
                // It may have been ended from outside, so that an offender's work too has killed two before it has
                // failed.
                blame(tenant);
            }
            try {
                return askOnce(tenant, kind, json, limit, System.nanoTime() + WAIT.toNanos());
            } catch (SandboxProcess.Died _) {
                throw killed(tenant);
            }
        }

        private Map<String, @Nullable Object> askOnce(
                String tenant, String kind, byte[] json, Duration limit, long patience)
                throws SandboxProcess.Died, InterruptedException {
            awaitTurn(tenant, patience);
            try {
                // No tenant has two turns at once, so nobody else has its worker.
                return result(places.use(tenant).ask(kind, json, limit, patience));
            } finally {
                // Left before the turn is given back, or whoever has the next one may find no worker that can be
                // spared.
                places.leave(tenant);
                turns.release(tenant);
            }
        }

        private void awaitTurn(String tenant, long patience) throws InterruptedException {
            while (true) {
                if (!turns.acquire(tenant, Duration.ofNanos(left(patience)))) {
                    throw busy();
                }
                var pause = offenders.pause(tenant);
                if (pause.isZero()) {
                    return;
                }
                turns.release(tenant);
                // The turn was given back before: others do not wait for this pause.
                rest(pause);
            }
        }

        void close() {
            places.close();
        }
    }

    /**
     * A worker that stands ready while several tenants have work in the one of all: when one of them has ended that, the others
     * go on at once and do not wait for the start of another.
     */
    private final class Spare {
        private final AtomicBoolean starting = new AtomicBoolean();
        private final AtomicReference<@Nullable SandboxProcess> ready = new AtomicReference<>();
        private final Set<String> kinds = ConcurrentHashMap.newKeySet();
        private volatile String lastTenant = "";
        private volatile long lastOther = System.nanoTime() - ALONE.toNanos();

        /** Somebody has such work; what stands ready is ready for that too. */
        void seen(String tenant, String kind) {
            if (!tenant.equals(lastTenant)) {
                // The first tenant of all is not another one.
                lastOther = lastTenant.isEmpty() ? lastOther : System.nanoTime();
                lastTenant = tenant;
            }
            kinds.add(kind);
            if (System.nanoTime() - lastOther > ALONE.toNanos()) {
                close();
            } else if (ready.get() == null && starting.compareAndSet(false, true)) {
                Thread.ofVirtual().name("sandbox-spare").start(this::start);
            }
        }

        private void start() {
            try {
                var worker = SandboxProcess.start();
                for (var kind : kinds) {
                    worker.prepare(kind);
                }
                metrics.sandboxWorker();
                ready.set(worker);
            } catch (SandboxUnavailable e) {
                // Whoever needs one starts it himself then.
                log.warn("A spare sandbox worker does not start: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                starting.set(false);
                // The sandbox may have been closed while this worker started, and would not have found it.
                if (closed.getCount() == 0) {
                    close();
                }
            }
        }

        /** Null when there is none. */
        @Nullable
        SandboxProcess take() {
            var worker = ready.getAndSet(null);
            return worker != null && worker.isAlive() ? worker : null;
        }

        void close() {
            var worker = ready.getAndSet(null);
            if (worker != null) {
                worker.close();
            }
        }
    }

    /** Where a worker lives: it is started when it is needed and not there. */
    private final class Place {
        private final ReentrantLock starting = new ReentrantLock();
        private final @Nullable Spare spares;
        private @Nullable SandboxProcess worker;

        Place(@Nullable Spare spares) {
            this.spares = spares;
        }

        byte[] ask(String kind, byte[] json, Duration limit, long patience)
                throws SandboxProcess.Died, InterruptedException {
            var current = current(kind, patience);
            try {
                return current.ask(json, limit.plus(grace));
            } catch (TimeoutException _) {
                current.close();
                blame(TENANT.orElse(""));
                throw new StepFailure(
                        TIMEOUT, "The work did not end within " + limit.toMillis() + " ms and was ended.");
            }
        }

        private SandboxProcess current(String kind, long patience) throws InterruptedException {
            if (!starting.tryLock(left(patience), TimeUnit.NANOSECONDS)) {
                throw busy();
            }
            try {
                if (worker == null || !worker.isAlive()) {
                    worker = spares == null ? null : spares.take();
                }
                if (worker == null) {
                    worker = SandboxProcess.start();
                    metrics.sandboxWorker();
                }
                worker.prepare(kind);
                if (spares != null) {
                    spares.seen(TENANT.orElse(""), kind);
                }
                return worker;
            } finally {
                starting.unlock();
            }
        }

        long pid() {
            starting.lock();
            try {
                return worker == null || !worker.isAlive() ? 0 : worker.pid();
            } finally {
                starting.unlock();
            }
        }

        void close() {
            starting.lock();
            try {
                if (worker != null) {
                    worker.close();
                    worker = null;
                }
            } finally {
                starting.unlock();
            }
        }
    }
}
