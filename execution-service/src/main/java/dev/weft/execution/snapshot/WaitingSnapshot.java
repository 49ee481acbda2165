package dev.weft.execution.snapshot;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A snapshot that waits until everything emitted with it is safe. */
public final class WaitingSnapshot {

    private static final Logger log = LoggerFactory.getLogger(WaitingSnapshot.class);
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 5000;

    private final String json;
    private final Runnable saving;
    private final BiConsumer<WaitingSnapshot, @Nullable WaitingSnapshot> forget;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    /** The one that the step remembered before; null once that has ended. */
    private volatile @Nullable WaitingSnapshot before;

    /** @param forget told that this one has ended, and of the one before when that has not */
    WaitingSnapshot(
            String json,
            @Nullable WaitingSnapshot before,
            Runnable saving,
            BiConsumer<WaitingSnapshot, @Nullable WaitingSnapshot> forget) {
        this.json = json;
        this.before = before;
        this.saving = saving;
        this.forget = forget;
    }

    String json() {
        return json;
    }

    /**
     * Stores it after those that were remembered before, and again until it is stored. Nobody waits: true when it is
     * durable, false when it was given up.
     *
     * @param wanted false: what it belongs to is done again, so it is given up
     */
    public CompletableFuture<Boolean> store(BooleanSupplier wanted) {
        var earlier = before;
        if (earlier == null) {
            begin(wanted);
        } else {
            // Whether it was stored or dropped: repeated work makes its snapshot anew.
            var _ = earlier.ended.whenComplete((_, _) -> begin(wanted));
        }
        return ended;
    }

    private void begin(BooleanSupplier wanted) {
        before = null;
        Thread.startVirtualThread(() -> attempt(wanted, FIRST_PAUSE));
    }

    private void attempt(BooleanSupplier wanted, long pause) {
        if (ended.isDone()) {
            return;
        }
        if (!wanted.getAsBoolean()) {
            drop();
            return;
        }
        try {
            saving.run();
            end(true);
        } catch (RuntimeException | Error e) {
            // The delivery is not acknowledged before this is stored, so giving up would repeat it for ever.
            log.warn("A snapshot can not be stored yet: {}", e.toString());
            CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS)
                    .execute(() ->
                            Thread.startVirtualThread(() -> attempt(wanted, Math.min(pause * 2, LONGEST_PAUSE))));
        }
    }

    /** What it belongs to is done again. */
    public void drop() {
        end(false);
    }

    private void end(boolean stored) {
        var earlier = before;
        forget.accept(this, earlier == null || earlier.ended.isDone() ? null : earlier);
        before = null;
        ended.complete(stored);
    }
}
