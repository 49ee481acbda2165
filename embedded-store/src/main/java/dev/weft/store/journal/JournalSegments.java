package dev.weft.store.journal;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The files of a journal beside the store's file, {@code <file>.journal-<first sequence, 16 hex digits>}. A segment is
 * written by one process only; after a crash its last entry may be torn.
 */
class JournalSegments {
    private static final String INFIX = ".journal-";
    private final Path store;
    private final NavigableMap<Long, Path> segments = new TreeMap<>();

    JournalSegments(Path store) throws IOException {
        this.store = store;
        var prefix = store.getFileName() + INFIX;
        try (var files = Files.list(directory())) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = file.getFileName().toString();
                if (name.startsWith(prefix)) segments.put(Long.parseLong(name.substring(prefix.length()), 16), file);
            }
        }
    }

    /** Hands over the entries above {@code checkpoint} in order, and tells the last sequence there is. */
    long replay(long checkpoint, Consumer<JournalEntry> entries) throws IOException {
        var last = checkpoint;
        for (var segment : segments.values()) {
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(segment), 1 << 16))) {
                for (var entry = JournalEntry.read(in); entry != null; entry = JournalEntry.read(in)) {
                    // A segment is kept until all of it is in the store's file, so its first entries may be there
                    // already.
                    if (entry.sequence() <= last) continue;
                    entries.accept(entry);
                    last = entry.sequence();
                }
            }
        }
        return last;
    }

    /** The same again when it failed before, for example for lack of room. */
    synchronized FileChannel begin(long firstSequence) throws IOException {
        var file = directory().resolve(store.getFileName() + INFIX + "%016x".formatted(firstSequence));
        // An existing file of this name has no complete entry; otherwise the sequence would be higher.
        var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        segments.put(firstSequence, file);
        // The directory is forced too: after a power cut a file without its name on disk is lost with everything forced
        // into it.
        try (var directory = FileChannel.open(directory(), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** Deletes the segments that hold nothing above {@code sequence}; never the newest one. */
    synchronized void deleteThrough(long sequence) throws IOException {
        // A segment ends where the next begins, so the next one's name tells the last entry of this one.
        while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= sequence + 1) {
            deleteFirst();
        }
    }

    synchronized void deleteAll() throws IOException {
        while (!segments.isEmpty()) deleteFirst();
    }

    /** It is forgotten when it is gone: what could not be deleted is tried again the next time. */
    private void deleteFirst() throws IOException {
        Files.deleteIfExists(segments.firstEntry().getValue());
        segments.pollFirstEntry();
    }

    private Path directory() {
        var parent = store.toAbsolutePath().getParent();
        return parent == null ? store.toAbsolutePath() : parent;
    }
}
