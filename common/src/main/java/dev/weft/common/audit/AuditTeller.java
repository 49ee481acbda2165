package dev.weft.common.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells entries soon after they were made, in the background: a thread takes all that wait and sends them together, so the
 * more come the fewer messages each costs. What is too much for its memory, or can not be told, is left to who stored it.
 */
public final class AuditTeller implements SmartLifecycle {

    /** What becomes of entries that could not be told. */
    enum Failed {
        /** They are dropped: a store has them, and its sweep tells them. */
        DROP,
        /** They are tried again, since nobody else has them. */
        KEEP
    }

    private static final Logger log = LoggerFactory.getLogger(AuditTeller.class);
    private static final int MOST_WAITING = 10_000;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(3);

    private record Waiting(AuditEntry entry, CompletableFuture<Boolean> told) {}

    private final BlockingQueue<Waiting> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AuditRelay relay;
    private final Consumer<List<String>> told;
    private final Failed failed;
    private volatile boolean failing;
    private volatile @Nullable Thread thread;

    /** @param told hears the ids of what the broker has */
    AuditTeller(AuditRelay relay, Failed failed, Consumer<List<String>> told) {
        this.relay = relay;
        this.failed = failed;
        this.told = told;
    }

    /** Completes with true once the broker has it; with false at once when there is no room. Nobody need wait for that. */
    public CompletableFuture<Boolean> tell(AuditEntry entry) {
        var one = new Waiting(entry, new CompletableFuture<>());
        if (!waiting.offer(one)) {
            one.told().complete(false);
        }
        return one.told();
    }

    /** The last attempt has failed: nobody should wait for the next. */
    public boolean isFailing() {
        return failing;
    }

    private void work() {
        var batch = new ArrayList<Waiting>();
        while (isWanted(batch)) {
            try {
                if (batch.isEmpty()) {
                    collect(batch);
                }
                if (!batch.isEmpty()) {
                    send(batch);
                }
            } catch (InterruptedException e) {
                // It ends when it is stopped, not when somebody interrupts it by mistake.
                log.debug("The audit trail's thread was interrupted and goes on", e);
            }
        }
    }

    /** What nobody else has is told also when the process ends, as long as that succeeds. */
    private boolean isWanted(List<Waiting> batch) {
        return stopping.getCount() > 0 || (!failing && !(batch.isEmpty() && waiting.isEmpty()));
    }

    private void collect(List<Waiting> batch) throws InterruptedException {
        var first = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, AuditRelay.AT_ONCE - 1);
        }
    }

    private void send(List<Waiting> batch) throws InterruptedException {
        try {
            relay.tell(batch.stream().map(Waiting::entry).toList());
            failing = false;
        } catch (RuntimeException | Error e) {
            failing = true;
            log.debug("{} entries of the audit trail wait", batch.size(), e);
            if (failed == Failed.DROP) {
                batch.forEach(one -> one.told().complete(false));
                batch.clear();
            }
            var _ = stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        forget(batch);
        batch.forEach(one -> one.told().complete(true));
        batch.clear();
    }

    private void forget(List<Waiting> batch) {
        try {
            told.accept(batch.stream().map(one -> one.entry().id()).toList());
        } catch (RuntimeException | Error e) {
            // They are told once more by the sweep, which changes nothing.
            log.debug("{} entries of the audit trail are told again", batch.size(), e);
        }
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("audit-teller").start(this::work);
    }

    @Override
    public void stop() {
        stopping.countDown();
        var worker = thread;
        if (worker != null && failed == Failed.KEEP) {
            try {
                var _ = worker.join(END);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Before the web server at start, after it at the end: the last requests are told of too. */
    @Override
    public int getPhase() {
        return 1;
    }

    @Override
    public boolean isRunning() {
        return thread != null && stopping.getCount() > 0;
    }
}
