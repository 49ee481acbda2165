package dev.weft.store;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.weft.store.collection.ChangeRecorder;
import dev.weft.store.disk.DiskPatience;
import dev.weft.store.disk.SteadyFileStore;
import dev.weft.store.index.StoreMaps;
import dev.weft.store.journal.JournalEntry;
import dev.weft.store.journal.StoreJournal;
import dev.weft.store.key.StoreKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine on a file and a journal beside it. Commands that write hold the read lock; a checkpoint takes its snapshot
 * of all maps under the write lock, so that the file never has a document without its index entries. Acknowledged
 * writes since the last checkpoint are in the journal.
 */
final class FileEngine implements StoreEngine {
    private static final Logger LOG = LoggerFactory.getLogger(FileEngine.class);
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int CLOSE_COMPACTION_MS = 2_000;

    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final MVStore store;
    private final DiskPatience disk;
    private final StoreMaps maps;
    private final StoreJournal journal;
    private final StoreBackend backend;
    private final StoreCheckpoints checkpoints;
    private volatile @Nullable StoreJournal recording;

    private FileEngine(MVStore store, DiskPatience disk, Path file, boolean force) throws IOException {
        this.store = store;
        this.disk = disk;
        maps = new StoreMaps(store);
        backend = new StoreBackend(maps, new Changes());
        journal = StoreJournal.open(file, maps.checkpoint(), force, this::replay);
        recording = journal;
        checkpoints = new StoreCheckpoints(store, maps, journal, disk, gate.writeLock());
        checkpoints.start();
    }

    static FileEngine open(Path file, boolean force) {
        return open(file, force, new SteadyFileStore(cacheMegabytes()));
    }

    static FileEngine open(Path file, boolean force, SteadyFileStore pages) {
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) Files.createDirectories(parent);
            pages.open(file.toString(), false, null);
            var store = opened(pages);
            // Pages that no version needs are free at once; by default they are kept for 45 seconds, and the file
            // grows.
            store.setRetentionTime(0);
            // Starts the threads that write a commit in the background; their own commits and compaction stay off.
            store.setAutoCommitDelay(NEVER);
            try {
                return new FileEngine(store, pages.patience(), file, force);
            } catch (IOException | RuntimeException e) {
                store.closeImmediately();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new file is written to at once; when the disk does not take that, nobody else closes what was opened here. */
    private static MVStore opened(SteadyFileStore pages) {
        try {
            return new MVStore.Builder()
                    .adoptFileStore(pages)
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .open();
        } catch (RuntimeException e) {
            pages.close();
            throw e;
        }
    }

    private static int cacheMegabytes() {
        return Math.clamp(Runtime.getRuntime().maxMemory() >> 23, 4, 128);
    }

    /** Nobody else is there yet, so that the file may be brought up to date after any entry. */
    private void replay(JournalEntry entry) {
        backend.replay(entry.namespace(), entry.key(), entry.document());
        if (store.getUnsavedMemory() > StoreCheckpoints.UNSAVED_BYTES) {
            maps.checkpoint(entry.sequence());
            store.commit();
        }
    }

    private final class Changes implements ChangeRecorder {
        @Override
        public void record(String namespace, StoreKey position, byte @Nullable [] document) {
            if (recording != null) recording.append(namespace, position, document);
        }

        /** A checkpoint waits until no command writes, hence the way out and in again. */
        @Override
        public void breathe() {
            // While nothing can be written, all changes of a long command would stay in memory.
            var obstacle = obstacle();
            if (obstacle != null) throw new MongoServerError(1, "InternalError", String.valueOf(obstacle.getMessage()));
            if (gate.getReadHoldCount() == 0 || !checkpoints.isBehind()) return;
            gate.readLock().unlock();
            try {
                checkpoints.awaitRoom();
            } finally {
                gate.readLock().lock();
            }
        }
    }

    @Override
    public StoreBackend backend() {
        return backend;
    }

    @Override
    public Document write(Supplier<Document> command) {
        gate.readLock().lock();
        try {
            return command.get();
        } finally {
            gate.readLock().unlock();
        }
    }

    @Override
    public @Nullable IOException obstacle() {
        var trouble = journal.trouble();
        return trouble == null ? checkpoints.trouble() : trouble;
    }

    @Override
    public void whenDurable(Consumer<@Nullable IOException> reply) {
        if (checkpoints.defer(reply)) return;
        if (checkpoints.isBehind()) checkpoints.whenRoom(() -> journal.whenDurable(reply));
        else journal.whenDurable(reply);
    }

    @Override
    public void stopping() {
        disk.end();
    }

    @Override
    public void close() {
        backend.close();
        // The last round is tried once only, so that a store whose disk is full can be closed; its journal is kept.
        disk.end();
        try {
            var complete = checkpoints.stop();
            var isClosed = closeFile();
            // Last, since it deletes its files, which must not be needed any more.
            journal.close(complete && isClosed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closing writes too; where the disk does not take that, the file is as the last checkpoint has left it. */
    private boolean closeFile() {
        try {
            store.close(CLOSE_COMPACTION_MS);
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("The store's file could not be closed in order; its journal stays");
            return false;
        }
    }
}
