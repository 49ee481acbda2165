package dev.weft.store.journal;

import dev.weft.store.disk.DiskPatience;
import dev.weft.store.key.StoreKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends changes in the order in which they were applied, and tells when they are on disk. One thread writes: all
 * changes that arrive during one write and force go into the next, so that writers share the cost. Changes that the
 * disk refuses are kept and written again, since the collections have them already; the writers who wait are refused.
 */
public final class StoreJournal {
    private static final Logger LOG = LoggerFactory.getLogger(StoreJournal.class);

    private static final int MOST_KEPT = 4 << 20;

    /** What is written without anybody waiting for it: a command that changes much is acknowledged late. */
    private static final int WRITTEN_EARLY = 1 << 20;

    private static final int MOST_PENDING =
            (int) Math.clamp(Runtime.getRuntime().maxMemory() >> 5, 2L << 20, 16L << 20);

    private final JournalSegments segments;
    private final boolean force;
    private final DiskPatience patience = new DiskPatience("journal");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wanted = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private final Thread thread;
    private Pending pending = new Pending();
    private Pending spare = new Pending();
    private FileChannel channel;
    private long appended;
    private volatile long durable;
    private long size;
    private boolean rotating;
    private boolean closing;
    /** The thread's alone: the segment may end with half an entry, so that nothing may be written behind it. */
    private boolean isTorn;
    /** Of a store that was closed while its disk took nothing. */
    private volatile @Nullable IOException failure;

    private record Waiter(long sequence, Consumer<@Nullable IOException> reply) {}

    /** A buffer that is written without copying it. */
    private static final class Pending extends ByteArrayOutputStream {
        private void writeTo(FileChannel channel) throws IOException {
            var bytes = ByteBuffer.wrap(buf, 0, count);
            while (bytes.hasRemaining()) channel.write(bytes);
        }

        private void recycle() {
            // A single large bulk must not occupy its memory for ever.
            if (buf.length > MOST_KEPT) buf = new byte[1 << 16];
            reset();
        }
    }

    private StoreJournal(JournalSegments segments, long last, boolean force) throws IOException {
        this.segments = segments;
        this.force = force;
        appended = last;
        durable = last;
        channel = segments.begin(last + 1);
        thread = Thread.ofPlatform().name("store-journal").daemon().unstarted(this::run);
        patience.begin(this::refuse);
    }

    /**
     * Hands the entries above {@code checkpoint} to {@code replay} and begins a new segment.
     *
     * @param force whether to wait for the disk, or only for the operating system
     */
    public static StoreJournal open(Path store, long checkpoint, boolean force, Consumer<JournalEntry> replay)
            throws IOException {
        return open(new JournalSegments(store), checkpoint, force, replay);
    }

    static StoreJournal open(JournalSegments segments, long checkpoint, boolean force, Consumer<JournalEntry> replay)
            throws IOException {
        var journal = new StoreJournal(segments, segments.replay(checkpoint, replay), force);
        journal.thread.start();
        return journal;
    }

    /** What keeps the journal from being written now. */
    public @Nullable IOException trouble() {
        return failure == null ? patience.trouble() : failure;
    }

    /** Waits where the disk is much slower than those who change; a disk that fails ends the wait. */
    public void append(String namespace, StoreKey key, byte @Nullable [] document) {
        lock.lock();
        try {
            while (pending.size() > MOST_PENDING && trouble() == null && !closing) room.awaitUninterruptibly();
            // The caller holds its collection's lock, so entries of a document are in the order of its changes, and a
            // replay ends with the last one.
            var bytes = new JournalEntry(++appended, namespace, key, document).toBytes();
            pending.write(bytes, 0, bytes.length);
            size += bytes.length;
            if (pending.size() > WRITTEN_EARLY) wanted.signal();
        } finally {
            lock.unlock();
        }
    }

    public long appended() {
        lock.lock();
        try {
            return appended;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes appended that the store's file has not. */
    public long size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Calls {@code reply} once all that was appended until now is durable, or with what keeps it from that. */
    public void whenDurable(Consumer<@Nullable IOException> reply) {
        IOException problem = null;
        lock.lock();
        try {
            if (durable < appended) {
                problem = trouble();
                if (problem == null) {
                    waiters.add(new Waiter(appended, reply));
                    wanted.signal();
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
        // Outside the lock: a reply is written to a socket, and appenders must not wait for that.
        reply.accept(problem);
    }

    /** Those who wait, and those who wait for room: nobody knows how long the disk will take nothing. */
    private void refuse(IOException problem) {
        List<Waiter> refused;
        lock.lock();
        try {
            refused = List.copyOf(waiters);
            waiters.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        refused.forEach(waiter -> answer(waiter, problem));
    }

    /**
     * Begins a new segment with the next write, so that the present one can be deleted later.
     *
     * @param covered how much of the {@link #size} the store's file has now
     */
    public void rotate(long covered) {
        lock.lock();
        try {
            rotating = true;
            size -= covered;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the entries up to {@code sequence}, which the store's file has. */
    public void deleteThrough(long sequence) throws IOException {
        segments.deleteThrough(sequence);
    }

    /** Ends the thread after the last write; {@code complete} says that the store's file has everything. */
    public void close(boolean complete) throws IOException {
        patience.end();
        lock.lock();
        try {
            closing = true;
            wanted.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.close();
        // Unless a checkpoint has everything, these files have the only copy of the last writes.
        if (complete && failure == null) segments.deleteAll();
    }

    private void run() {
        while (true) {
            boolean rotate;
            long upTo;
            Pending batch;
            lock.lock();
            try {
                while (waiters.isEmpty() && !closing && pending.size() <= WRITTEN_EARLY) {
                    wanted.awaitUninterruptibly();
                }
                if (waiters.isEmpty() && pending.size() == 0) return;
                // The two buffers are swapped, so that changes are appended to one while the other is written.
                upTo = appended;
                batch = pending;
                pending = spare;
                spare = batch;
                // A segment is named after its first entry, so an empty one would have the same name as the next.
                rotate = rotating && batch.size() > 0;
                rotating &= !rotate;
                room.signalAll();
            } finally {
                lock.unlock();
            }
            finish(upTo, write(batch, rotate));
        }
    }

    private @Nullable IOException write(Pending batch, boolean rotate) {
        isTorn |= rotate;
        try {
            // After a lost part nothing later may be written.
            if (failure == null && batch.size() > 0) patience.endure(() -> append(batch));
            return failure;
        } catch (IOException e) {
            return e;
        } catch (RuntimeException | Error e) {
            // Without this thread all writers would wait for ever.
            return new IOException(e);
        } finally {
            batch.recycle();
        }
    }

    private void append(Pending batch) throws IOException {
        if (isTorn) {
            channel.close();
            // Only this thread moves this number, so the batch begins right after it. If a part of the batch was
            // written to the previous segment, it is written again to the new one.
            channel = segments.begin(durable + 1);
        }
        // A failed write may leave half an entry, and a replay stops at the first torn one: entries after it would be
        // lost although they were acknowledged.
        isTorn = true;
        batch.writeTo(channel);
        // The file's times are not worth a write; its length is forced nevertheless, since reading needs it.
        if (force) channel.force(false);
        isTorn = false;
    }

    private void finish(long upTo, @Nullable IOException problem) {
        List<Waiter> done = new ArrayList<>();
        lock.lock();
        try {
            if (problem == null) durable = upTo;
            else failure = problem;
            // Waiters are in the order of their numbers, so the first one that must go on waiting ends the search.
            while (!waiters.isEmpty() && (failure != null || waiters.getFirst().sequence() <= durable)) {
                done.add(waiters.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        done.forEach(waiter -> answer(waiter, problem));
    }

    /** One connection that can not be answered must not keep the others from their answers, nor end this thread. */
    private static void answer(Waiter waiter, @Nullable IOException problem) {
        try {
            waiter.reply().accept(problem);
        } catch (RuntimeException | Error e) {
            LOG.atWarn().setCause(e).log("A writer could not be answered");
        }
    }
}
