package dev.weft.store.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * The file of an MVStore, made to wait while its disk refuses writes: after a failed write MVStore would close itself,
 * and would have to be opened anew.
 */
public class SteadyFileStore extends SingleFileStore {
    private static final int PAGE_BYTES = 8 << 10;
    private final DiskPatience patience = new DiskPatience("store's file");
    private final Object lock = new Object();
    /** What was written since it was forced last, and is still in use; no two of them meet. */
    private final List<Range> unforced = new ArrayList<>();

    private record Range(long start, int length, int checksum) {
        private long end() {
            return start + length;
        }
    }

    public SteadyFileStore(int cacheMegabytes) {
        // The builder of an MVStore does not hand its own settings to a file store that it is given.
        super(Map.of("cacheSize", cacheMegabytes, "autoCompactFillRate", 0, "pageSplitSize", PAGE_BYTES));
    }

    public DiskPatience patience() {
        return patience;
    }

    @Override
    protected final void writeFully(@Nullable SFChunk chunk, long position, ByteBuffer bytes) {
        var whole = bytes.duplicate();
        endure(() -> write(position, whole.duplicate()));
        bytes.position(bytes.limit());
        var written = new Range(position, whole.remaining(), checksum(whole.duplicate()));
        synchronized (lock) {
            // The store writes whole chunks, so a range that is partly written over was free before.
            unforced.removeIf(range -> range.start() < written.end() && written.start() < range.end());
            unforced.add(written);
        }
    }

    /**
     * After a failure the system takes for written what it could not write, and says so the next time. So everything is
     * written once more, as long as it can still be read as it was.
     */
    @Override
    public final void sync() {
        synchronized (lock) {
            var attempts = new int[1];
            endure(() -> {
                if (attempts[0]++ > 0) writeAgain();
                force();
            });
            unforced.clear();
        }
    }

    private void writeAgain() throws IOException {
        for (var range : unforced) {
            var bytes = read(range.start(), range.length());
            if (checksum(bytes.duplicate()) != range.checksum())
                throw new IOException("What was written at " + range.start() + " cannot be read any more");
            write(range.start(), bytes);
        }
    }

    @Override
    public final void truncate(long size) {
        endure(() -> super.truncate(size));
        synchronized (lock) {
            unforced.removeIf(range -> range.end() > size);
        }
    }

    private void endure(DiskPatience.Attempt attempt) {
        try {
            patience.endure(attempt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The disk as it is; tests have one that is full for a while. */
    protected void write(long position, ByteBuffer bytes) throws IOException {
        super.writeFully(null, position, bytes);
    }

    /** As above. */
    protected void force() throws IOException {
        super.sync();
    }

    private ByteBuffer read(long position, int length) {
        return readFully((SFChunk) null, position, length);
    }

    private static int checksum(ByteBuffer bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }
}
