package dev.weft.store.disk;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats writes that the disk refuses, with growing pauses: usually the disk is full for a while. Waiting writers are
 * told at the first failure, since nobody knows how long it will last; the data itself is kept until it has been
 * written.
 */
public final class DiskPatience {
    private static final Logger LOG = LoggerFactory.getLogger(DiskPatience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    /** A write that may be repeated as a whole. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws IOException;
    }

    private final String what;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Consumer<IOException> listener;
    private volatile @Nullable IOException trouble;

    /** @param what is written, for the log */
    public DiskPatience(String what) {
        this.what = what;
    }

    /**
     * From now on there is patience: who opens a store is told at once that it can not be opened.
     *
     * @param beginning hears of each trouble when it begins, on the thread that writes
     */
    public void begin(Consumer<IOException> beginning) {
        listener = beginning;
    }

    /** What keeps the disk from taking what is to be written now. */
    public @Nullable IOException trouble() {
        return trouble;
    }

    /** Ends what is being tried, and from now on everything is tried once: the store closes, whatever its disk does. */
    public void end() {
        ended.countDown();
    }

    /**
     * Returns when it has been done.
     *
     * @throws IOException when the store is closed before that
     */
    public void endure(Attempt attempt) throws IOException {
        var failed = failureOf(attempt);
        if (failed == null) return;
        var waiting = listener;
        if (waiting == null) throw failed;
        var isNew = trouble == null;
        trouble = failed;
        LOG.atError().setCause(failed).log("The {} cannot be written now; it is tried again", what);
        if (isNew) waiting.accept(failed);
        retry(attempt, failed);
        trouble = null;
        LOG.info("The {} can be written again", what);
    }

    private void retry(Attempt attempt, IOException first) throws IOException {
        var pause = FIRST_PAUSE;
        var told = System.nanoTime();
        for (IOException failed = first; failed != null; failed = failureOf(attempt)) {
            if (System.nanoTime() - told > BETWEEN_LINES.toNanos()) {
                LOG.error("The {} still cannot be written: {}", what, failed.toString());
                told = System.nanoTime();
            }
            // Waiting does not help a channel that is closed.
            if (isClosed(failed) || isEndedWithin(pause)) throw failed;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static boolean isClosed(IOException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause())
            if (cause instanceof ClosedChannelException) return true;
        return false;
    }

    private boolean isEndedWithin(Duration pause) {
        try {
            return ended.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Whatever it is, memory that can not be had among it: what is to be written is still there. */
    private static @Nullable IOException failureOf(Attempt attempt) {
        try {
            attempt.run();
            return null;
        } catch (IOException e) {
            return e;
        } catch (RuntimeException | Error e) {
            return new IOException(e.toString(), e);
        }
    }
}
