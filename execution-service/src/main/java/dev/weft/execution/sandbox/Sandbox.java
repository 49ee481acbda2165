package dev.weft.execution.sandbox;

import dev.weft.execution.budget.FairSlots;
import dev.weft.execution.metrics.EngineMetrics;
import dev.weft.execution.metrics.EngineMetrics.SandboxEnd;
import dev.weft.execution.step.StepFailure;
import dev.weft.sandbox.SandboxFrames;
import dev.weft.sandbox.SandboxJob;
import dev.weft.sandbox.message.ExpressionJob;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Has work done in a worker process, which is started when first needed and again after its death. The work that a dead
 * worker held is repeated one at a time, tenants by turns, in a process apart: one of them has killed it, and whoever
 * kills that process too fails. Two culprits are known at once: a request that exceeds its time, and as a rule one that
 * uses up the worker's memory, which the worker names with its last message; the work beside a known culprit goes to
 * the next worker at once. A tenant that has killed a worker ({@link Offenders}) gets a process of its own, one request
 * at a time; that includes its requests that were still waiting when it was found out.
 */
public final class Sandbox implements AutoCloseable {

    /** Whose work a thread does: tenants share the sandbox fairly. */
    public static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    private static final String KILLED = "SandboxKilled";
    private static final String TIMEOUT = "TimeoutError";
    private static final int SLOTS = 8;
    private static final int NOT_FOR_ONE_TENANT = 2;
    /** In the worker of all. */
    private static final int ATTEMPTS = 2;
    /** For a slot, and then for others to start the worker; the same again for a process apart. */
    private static final Duration WAIT = Duration.ofMinutes(2);

    /** An offender's own worker is kept for so long after its last work. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private static final Duration GRACE = Duration.ofSeconds(4);

    private final Duration grace;
    private final EngineMetrics metrics;
    private final FairSlots slots = new FairSlots(SLOTS, NOT_FOR_ONE_TENANT);
    private final FairSlots processors;
    private final SpareWorker spare;
    private final WorkerPlace shared;
    private final Apart apart;
    private final Alone alone;
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
        var count = Runtime.getRuntime().availableProcessors();
        this.processors = new FairSlots(count, count / 2);
        this.spare = new SpareWorker(metrics);
        this.shared = place(WorkerUse.SHARED, spare);
        this.apart = new Apart();
        this.alone = new Alone();
    }

    private WorkerPlace place(WorkerUse use, @Nullable SpareWorker spares) {
        return new WorkerPlace(use, grace, metrics, this::isClosed, spares);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void requireOpen() {
        if (isClosed()) {
            throw SandboxUnavailable.closed();
        }
    }

    /**
     * @param kind    of {@link SandboxJob#kind}
     * @param request plain JSON values
     * @throws StepFailure     when the work failed, killed its worker twice, or did not end in time
     * @throws SandboxUnavailable when there is no room or no worker for it now, or the sandbox is closed meanwhile
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
        requireOpen();
        var begun = System.nanoTime();
        var tenant = TENANT.orElse("");
        // Expressions only compute: more at once than there are processors end no sooner, and no tenant may have all
        // processors.
        var turns = kind.equals(ExpressionJob.KIND) ? processors : slots;
        if (!offenders.contains(tenant)) {
            var free = turns.acquire(tenant, WAIT);
            metrics.sandboxWait(System.nanoTime() - begun);
            if (!free) {
                throw SandboxUnavailable.busy();
            }
            try {
                // Many requests of this tenant may have waited here while one of them killed the worker.
                if (!offenders.contains(tenant)) {
                    var answer = inWorkerOfAll(tenant, kind, json, limit, begun + WAIT.toNanos());
                    if (answer != null) {
                        return answer;
                    }
                }
            } finally {
                // Given back before an offender waits for its own worker and its pauses, or others would wait for those
                // too.
                turns.release(tenant);
            }
        }
        return alone.ask(tenant, kind, json, limit, System.nanoTime() + WAIT.toNanos());
    }

    /** Null when the tenant is an offender by now. */
    private @Nullable Map<String, @Nullable Object> inWorkerOfAll(
            String tenant, String kind, byte[] json, Duration limit, long patience) throws InterruptedException {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return done(shared, tenant, kind, json, limit, patience);
            } catch (SandboxProcess.Died death) {
                // If the sandbox was closed, that ended the worker, and nobody's work is to blame.
                requireOpen();
                // Whoever hears of the death first marks the culprit, so that other requests of that tenant do not go
                // to the next worker. The culprit's work is repeated where it may use all the memory of a worker,
                // without the offenders' pauses: it may only have taken more than its share, or allocate much and keep
                // little.
                death.cause().filter(culprit -> !culprit.isEmpty()).ifPresent(offenders::addGreedy);
                if (offenders.contains(tenant)) {
                    return null;
                }
                if (death.cause().isEmpty()) {
                    break;
                }
                // Another request is known to be the cause, so this one goes to the next worker at once.
            }
        }
        return apart.ask(tenant, kind, json, limit);
    }

    private Map<String, @Nullable Object> done(
            WorkerPlace place, String tenant, String kind, byte[] json, Duration limit, long patience)
            throws SandboxProcess.Died, InterruptedException {
        try {
            return result(place.ask(tenant, kind, json, limit, patience));
        } catch (TimeoutException _) {
            blame(tenant);
            throw new StepFailure(TIMEOUT, "The work did not end within " + limit.toMillis() + " ms and was ended.");
        }
    }

    private void rest(Duration pause) throws InterruptedException {
        if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            throw SandboxUnavailable.closed();
        }
    }

    private void blame(String tenant) {
        if (!tenant.isEmpty()) {
            offenders.add(tenant);
        }
    }

    private StepFailure killed(String tenant) {
        requireOpen();
        blame(tenant);
        return new StepFailure(KILLED, "The work killed its worker: it needs more memory than it may use.");
    }

    /** How long {@link #run} may take at most. */
    public Duration longest(Duration limit) {
        // So many attempts there may be, each with a wait and a start: those in the shared worker, and two in one of
        // its own.
        return WAIT.plus(SandboxProcess.START.multipliedBy(2))
                .plus(limit)
                .plus(grace)
                .multipliedBy(ATTEMPTS + 2);
    }

    /** @param patience of {@link System#nanoTime} */
    private static long left(long patience) {
        return Math.max(0, patience - System.nanoTime());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> result(byte[] json) {
        var answer = SandboxFrames.decode(json);
        if (answer.get("failure") instanceof Map<?, ?> failure) {
            throw StepFailure.of(
                    String.valueOf(failure.get("name")),
                    String.valueOf(failure.get("message")),
                    !Boolean.FALSE.equals(failure.get("quoting")));
        }
        return answer.get("result") instanceof Map<?, ?> result ? (Map<String, @Nullable Object>) result : Map.of();
    }

    /** The process id of the worker that all share, 0 when there is none: failure tests end it. */
    public long workerPid() {
        return shared.pid();
    }

    /** Of the one that stands ready, 0 when there is none. */
    long sparePid() {
        return spare.pid();
    }

    int waiting(String tenant) {
        return slots.waiting(tenant);
    }

    int turnsTaken(String tenant) {
        return slots.taken(tenant);
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
     * Repeats the work of a dead worker, one request at a time, tenants by turns; its worker ends when no request
     * waits.
     */
    private final class Apart {
        private final FairSlots turns = new FairSlots(1, 0);
        private final WorkerPlace place = place(WorkerUse.SUSPECTS, null);

        /** Null when the tenant was found out before its turn: others do not wait for the rest of what it had. */
        @Nullable
        Map<String, @Nullable Object> ask(String tenant, String kind, byte[] json, Duration limit)
                throws InterruptedException {
            var patience = System.nanoTime() + WAIT.toNanos();
            if (!turns.acquire(tenant, WAIT)) {
                throw SandboxUnavailable.busy();
            }
            try {
                return offenders.contains(tenant) ? null : done(place, tenant, kind, json, limit, patience);
            } catch (SandboxProcess.Died _) {
                throw killed(tenant);
            } finally {
                // The worker is ended before the turn is given back: the next request would otherwise meet a worker
                // that is ending.
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

    /**
     * Does the work of offenders: each has a worker of its own, and a few work at a time. They wait for each other's
     * work, never for each other's pauses.
     */
    private final class Alone {
        private static final int WORKERS = 3;
        private final FairSlots turns = new FairSlots(WORKERS, WORKERS - 1);
        private final KeptWorkers<WorkerPlace> places =
                new KeptWorkers<>(WORKERS, KEPT, () -> place(WorkerUse.OFFENDER, null), WorkerPlace::close);

        Map<String, @Nullable Object> ask(String tenant, String kind, byte[] json, Duration limit, long patience)
                throws InterruptedException {
            try {
                return askOnce(tenant, kind, json, limit, patience);
            } catch (SandboxProcess.Died death) {
                // The request was alone in the worker, so the worker's last message is certain.
                if (death.isCulprit()) {
                    throw killed(tenant);
                }
                requireOpen();
                // The worker may have been killed from outside, so an offender's work too fails only after killing two.
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
                // No tenant has two turns at once, so nobody else uses its worker.
                return done(places.use(tenant), tenant, kind, json, limit, patience);
            } finally {
                // Left before the turn is given back; otherwise the next holder may find no worker that can be spared.
                places.leave(tenant);
                turns.release(tenant);
            }
        }

        private void awaitTurn(String tenant, long patience) throws InterruptedException {
            while (true) {
                if (!turns.acquire(tenant, Duration.ofNanos(left(patience)))) {
                    throw SandboxUnavailable.busy();
                }
                var pause = offenders.pause(tenant);
                if (pause.isZero()) {
                    return;
                }
                turns.release(tenant);
                // The turn is given back already: others do not wait for this pause.
                rest(pause);
            }
        }

        void close() {
            places.close();
        }
    }
}
