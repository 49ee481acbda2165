package dev.weft.execution.sandbox;

import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.metrics.EngineMetrics.SandboxEnd;
import dev.weft.execution.step.StepFailure;
import dev.weft.sandbox.SandboxFrames;
import dev.weft.sandbox.SandboxJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Has work done in a worker process, which is started when first needed and again after its death. What a dead worker
 * held is run once more, one at a time and in a process apart, tenants by turns, since one of them has killed it; who
 * kills that one too has failed. A request that does not end in time is known to be the culprit and takes its worker down
 * with it. What tenants have done who have ended workers is done in a process for them alone, one at a time
 * ({@link Offenders}).
 */
public final class Sandbox implements AutoCloseable {

    /** Whose work a thread does: tenants share the sandbox fairly. */
    public static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    private static final String KILLED = "SandboxKilled";
    private static final String TIMEOUT = "TimeoutError";
    private static final int SLOTS = 8;
    private static final int NOT_FOR_ONE_TENANT = 2;
    /** For a slot, and then for others to start the worker; the same again for a process apart. */
    private static final Duration WAIT = Duration.ofMinutes(2);

    private static final Duration GRACE = Duration.ofSeconds(4);

    private final Duration grace;
    private final EngineMetrics metrics;
    private final FairSlots slots = new FairSlots(SLOTS, NOT_FOR_ONE_TENANT);
    private final Place shared = new Place();
    private final Room apart = new Room();
    private final Room offendersRoom = new Room();
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
        if (offenders.contains(tenant)) {
            return offendersRoom.ask(tenant, kind, json, limit);
        }
        var free = slots.acquire(tenant, WAIT);
        metrics.sandboxWait(System.nanoTime() - begun);
        if (!free) {
            throw busy();
        }
        try {
            return result(shared.ask(kind, json, limit, begun + WAIT.toNanos()));
        } catch (SandboxProcess.Died _) {
            return apart.ask(tenant, kind, json, limit);
        } finally {
            slots.release(tenant);
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
        return WAIT.plus(SandboxProcess.START.multipliedBy(2))
                .plus(limit)
                .plus(grace)
                .multipliedBy(2);
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

    int waiting(String tenant) {
        return slots.waiting(tenant);
    }

    @Override
    public void close() {
        closed.countDown();
        shared.close();
        apart.close();
        offendersRoom.close();
    }

    /** Where work is done alone, tenants by turns; its worker ends when nobody waits for it. */
    private final class Room {
        private final FairSlots turns = new FairSlots(1, 0);
        private final Place place = new Place();

        Map<String, @Nullable Object> ask(String tenant, String kind, byte[] json, Duration limit)
                throws InterruptedException {
            var patience = System.nanoTime() + WAIT.toNanos();
            if (!turns.acquire(tenant, WAIT)) {
                throw busy();
            }
            try {
                rest(offenders.pause(tenant));
                return result(place.ask(kind, json, limit, patience));
            } catch (SandboxProcess.Died _) {
                throw killed(tenant);
            } finally {
                if (!turns.isWaitedFor()) {
                    place.close();
                }
                turns.release(tenant);
            }
        }

        void close() {
            place.close();
        }
    }

    /** Where a worker lives: it is started when it is needed and not there. */
    private final class Place {
        private final ReentrantLock starting = new ReentrantLock();
        private @Nullable SandboxProcess worker;

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
                    worker = SandboxProcess.start();
                    metrics.sandboxWorker();
                }
                worker.prepare(kind);
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
