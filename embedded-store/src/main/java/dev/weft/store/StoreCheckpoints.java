package dev.weft.store;

import dev.weft.store.disk.DiskPatience;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.journal.StoreJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the file up to date with the journal: when the journal has grown, when some time has passed, and at once when
 * collections or indexes were made or dropped, which the journal does not record. One round takes a snapshot of all
 * maps, writes and forces their changed pages, deletes journal files that are no longer needed, and rewrites some
 * sparse part of the file. Writers wait only for the snapshot. While the disk accepts nothing, the round goes on.
 */
final class StoreCheckpoints {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCheckpoints.class);
    // A start after a crash replays the journal, so its size bounds how long that takes.
    private static final long JOURNAL_BYTES = Math.clamp(Runtime.getRuntime().maxMemory() >> 4, 8L << 20, 64L << 20);

    /**
     * Changed pages, index pages among them, of which a small change may need several; besides, they are written from one
     * buffer. What the process needs for itself is left out.
     */
    static final long UNSAVED_BYTES =
            Math.clamp((Runtime.getRuntime().maxMemory() - (48 << 20)) >> 4, 1L << 20, 64L << 20);

    private static final long MOST_UNSAVED_BYTES = 2 * UNSAVED_BYTES;
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final int FILL_RATE = 60;
    private static final int COMPACT_BYTES = (int) Math.min(UNSAVED_BYTES, 8 << 20);

    /** Of a commit that needs the store's lock for a moment. */
    private static final int MOST_TRIES = 10_000;

    private final MVStore store;
    private final StoreMaps maps;
    private final StoreJournal journal;
    private final DiskPatience disk;
    private final Lock writers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Thread thread =
            Thread.ofPlatform().name("store-checkpoint").daemon().unstarted(this::run);
    private List<Consumer<@Nullable IOException>> deferred = new ArrayList<>();
    /** Those that the present round has in its picture. */
    private List<Consumer<@Nullable IOException>> answered = List.of();

    private List<Runnable> waitingForRoom = new ArrayList<>();
    private volatile long beingWritten;
    private volatile long structure;
    private long last;
    private long lastNanos = System.nanoTime();
    private boolean stopping;
    private volatile @Nullable IOException failure;

    /** @param disk of the store's file */
    StoreCheckpoints(MVStore store, StoreMaps maps, StoreJournal journal, DiskPatience disk, Lock writers) {
        this.store = store;
        this.maps = maps;
        this.journal = journal;
        this.disk = disk;
        this.writers = writers;
        last = maps.checkpoint();
        disk.begin(this::letGo);
    }

    void start() {
        thread.start();
    }

    /**
     * Whether {@code reply} is called when there is a checkpoint, since without it a crash would lose the structure; at once
     * when there can be none now.
     */
    boolean defer(Consumer<@Nullable IOException> reply) {
        if (maps.structure() == structure && failure == null) return false;
        IOException trouble;
        lock.lock();
        try {
            // Asked again under the lock: the checkpoint may have ended meanwhile, and waiting would cost another one.
            if (maps.structure() == structure && failure == null) return false;
            trouble = trouble();
            if (trouble == null) {
                deferred.add(reply);
                wanted.signal();
                return true;
            }
        } finally {
            lock.unlock();
        }
        reply.accept(trouble);
        return true;
    }

    /** What keeps the file from being written: for now, or after a defect for good. */
    @Nullable
    IOException trouble() {
        return failure == null ? disk.trouble() : failure;
    }

    /** Nobody waits for a round that lasts until the disk takes something again. */
    private void letGo(IOException trouble) {
        List<Consumer<@Nullable IOException>> replies;
        lock.lock();
        try {
            replies = new ArrayList<>(answered);
            replies.addAll(deferred);
            answered = List.of();
            deferred = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        answer(replies, trouble);
    }

    /** Whether more has been changed than memory should hold: since the last picture, and of that while it is written. */
    boolean isBehind() {
        return store.getUnsavedMemory() + beingWritten > MOST_UNSAVED_BYTES;
    }

    /** Runs {@code action} after the present checkpoint, or the one that begins for it; at once when there can be none now. */
    void whenRoom(Runnable action) {
        lock.lock();
        try {
            if (!stopping && trouble() == null) {
                waitingForRoom.add(action);
                wanted.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /**
     * The caller must not keep a checkpoint waiting. It waits for the disk alone: a checkpoint ends, or finds that the disk
     * takes nothing, which ends the wait too. Nothing may go on without room then, or the process would lack memory.
     */
    void awaitRoom() {
        var room = new CountDownLatch(1);
        whenRoom(room::countDown);
        try {
            room.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the last checkpoint; whether the file now has everything. */
    boolean stop() {
        lock.lock();
        try {
            stopping = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        // Otherwise the journal must stay, for the next start to replay.
        return failure == null && last == journal.appended();
    }

    private void run() {
        // The first round writes the replayed journal. It runs on this thread, so that a store whose disk is full at
        // its start can already be read.
        run(false);
        while (true) {
            boolean stop;
            lock.lock();
            try {
                // No write signals that the journal has grown, so this looks four times a second.
                if (!isWaitedFor() && !stopping) wanted.awaitNanos(PAUSE.toNanos());
                stop = stopping;
                if (!stop && !isWaitedFor() && !isDue()) continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                lock.unlock();
            }
            run(stop);
            if (stop) return;
        }
    }

    private boolean isWaitedFor() {
        return !deferred.isEmpty() || !waitingForRoom.isEmpty();
    }

    private boolean isDue() {
        if (journal.size() > JOURNAL_BYTES || store.getUnsavedMemory() > UNSAVED_BYTES) return true;
        return System.nanoTime() - lastNanos > INTERVAL.toNanos() && journal.appended() > last;
    }

    private void run(boolean closing) {
        lock.lock();
        try {
            answered = deferred;
            deferred = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        // A defect is final: after it nobody knows what is in the file, so no later write may be acknowledged either.
        if (failure == null) failure = checkpoint(closing);
        List<Consumer<@Nullable IOException>> replies;
        lock.lock();
        try {
            replies = answered;
            answered = List.of();
        } finally {
            lock.unlock();
        }
        answer(replies, failure);
    }

    private void answer(List<Consumer<@Nullable IOException>> replies, @Nullable IOException problem) {
        // Outside the lock: a reply is written to a socket, and others must not wait for that.
        replies.forEach(reply -> quietly(() -> reply.accept(problem)));
        List<Runnable> actions;
        lock.lock();
        try {
            actions = waitingForRoom;
            waitingForRoom = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        actions.forEach(StoreCheckpoints::quietly);
    }

    /** One connection that can not be answered must not keep the others from their answers, nor end this thread. */
    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.atWarn().setCause(e).log("A writer could not be answered");
        }
    }

    private @Nullable IOException checkpoint(boolean closing) {
        try {
            long sequence;
            long pictured;
            long covered;
            writers.lock();
            try {
                // Under this lock no command is half done, so the snapshot contains exactly the changes up to this
                // number.
                sequence = journal.appended();
                covered = journal.size();
                pictured = maps.structure();
                // The number is committed together with the pages, so any file that is opened tells from where to
                // replay.
                maps.checkpoint(sequence);
                // The library's count starts at zero after a commit, while the pages of the snapshot stay in memory
                // until they are written.
                beingWritten = store.getUnsavedMemory();
                // tryCommit leaves the writing to the background, so writers wait for the snapshot only; it does
                // nothing while another operation holds the store's lock, as a reader that ends does for a moment.
                var tries = 0;
                while (store.tryCommit() < 0 && ++tries < MOST_TRIES) Thread.onSpinWait();
                if (tries == MOST_TRIES) store.commit();
            } finally {
                writers.unlock();
            }
            // Waits for the writing that the commit began: before that a sync would have nothing to force.
            store.executeFilestoreOperation(() -> {});
            store.sync();
            beingWritten = 0;
            structure = pictured;
            shorten();
            last = sequence;
            lastNanos = System.nanoTime();
            journal.rotate(covered);
            if (!closing) store.compact(FILL_RATE, COMPACT_BYTES);
            return null;
        } catch (UncheckedIOException e) {
            LOG.atError().setCause(e).log("The store is closed while its file cannot be written");
            return e.getCause();
        } catch (MVStoreException e) {
            LOG.atError().setCause(e).log("The store's file cannot be written; no write will be acknowledged");
            return new IOException(e);
        } catch (RuntimeException | Error e) {
            // Whatever it is, lack of memory included: without this thread writers would wait for ever.
            LOG.atError().setCause(e).log("The store met a defect; no write will be acknowledged");
            return new IOException(e);
        }
    }

    /** What stays for now is deleted after a later checkpoint; replay passes over it. */
    private void shorten() {
        try {
            journal.deleteThrough(last);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("The journal cannot be shortened");
        }
    }
}
