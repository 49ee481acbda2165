package dev.weft.store.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.store.key.StoreKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FileBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreJournalTest {
    @TempDir
    private Path directory;

    private Path store;

    @BeforeEach
    void nameStore() {
        store = directory.resolve("test.store");
    }

    private static void append(StoreJournal journal, String... names) throws Exception {
        for (var name : names) journal.append("d.c", StoreKey.of(name), name.equals("gone") ? null : new byte[] {1, 2});
        var durable = new CompletableFuture<Void>();
        journal.whenDurable(failure -> {
            if (failure == null) durable.complete(null);
            else durable.completeExceptionally(failure);
        });
        durable.get(60, TimeUnit.SECONDS);
    }

    private List<JournalEntry> replay(long checkpoint) throws IOException {
        var entries = new ArrayList<JournalEntry>();
        StoreJournal.open(store, checkpoint, false, entries::add).close(false);
        return entries;
    }

    private Path newestSegment() throws IOException {
        try (var files = Files.list(directory)) {
            return files.max(Path::compareTo).orElseThrow();
        }
    }

    @Test
    void givesBackWhatWasAppendedAboveTheCheckpoint() throws Exception {
        var journal = StoreJournal.open(store, 0, true, _ -> {});
        append(journal, "a", "b");
        append(journal, "gone");
        journal.close(false);

        assertThat(replay(1))
                .satisfiesExactly(
                        b -> {
                            assertThat(b.key()).isEqualTo(StoreKey.of("b"));
                            assertThat(b.namespace()).isEqualTo("d.c");
                            assertThat(b.document()).containsExactly(1, 2);
                        },
                        gone -> assertThat(gone.document()).isNull());
    }

    @Test
    void ignoresAnEntryTornByACrashAndGoesOnBehindIt() throws Exception {
        var journal = StoreJournal.open(store, 0, false, _ -> {});
        append(journal, "a", "b");
        journal.close(false);
        var segment = newestSegment();
        var bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 3));

        var next = StoreJournal.open(store, 0, false, _ -> {});
        append(next, "c");
        next.close(false);

        assertThat(replay(0)).extracting(JournalEntry::key).containsExactly(StoreKey.of("a"), StoreKey.of("c"));
    }

    @Test
    void ignoresWhatADiskMadeUp() throws Exception {
        var journal = StoreJournal.open(store, 0, false, _ -> {});
        append(journal, "a");
        journal.close(false);
        Files.write(newestSegment(), new byte[4_096], StandardOpenOption.APPEND);

        assertThat(replay(0)).hasSize(1);
    }

    @Test
    void writesWhatNobodyWaitsForBeforeItIsMuch() throws Exception {
        var journal = StoreJournal.open(store, 0, false, _ -> {});
        for (var i = 0; i < 40; i++) journal.append("d.c", StoreKey.of(i), new byte[1 << 20]);

        // At most 17 MiB are waiting, and as many on their way to the disk.
        assertThat(Files.size(newestSegment())).isGreaterThan(4 << 20);

        journal.close(false);
        assertThat(replay(0)).hasSize(40);
    }

    @Test
    void deletesSegmentsThatTheStoreHas() throws Exception {
        var journal = StoreJournal.open(store, 0, false, _ -> {});
        append(journal, "a", "b");
        journal.rotate(journal.size());
        append(journal, "c");
        journal.deleteThrough(1);
        assertThat(directory.toFile().list()).hasSize(2);
        journal.deleteThrough(2);
        assertThat(directory.toFile().list()).hasSize(1);
        journal.close(false);

        assertThat(replay(2)).extracting(JournalEntry::key).containsExactly(StoreKey.of("c"));
    }

    /** Without its thread no later writer would ever be answered. */
    @Test
    void goesOnWhenAWriterCanNotBeAnswered() throws Exception {
        var journal = StoreJournal.open(store, 0, false, _ -> {});
        journal.append("d.c", StoreKey.of("a"), new byte[] {1});
        journal.whenDurable(_ -> {
            throw new OutOfMemoryError("as if");
        });

        append(journal, "b");

        journal.close(false);
        assertThat(replay(0)).extracting(JournalEntry::key).containsExactly(StoreKey.of("a"), StoreKey.of("b"));
    }

    @Test
    void refusesWritersWhileTheDiskIsFullAndLosesNothingThatIsAcknowledgedAfterwards() throws Exception {
        var segments = new FullSegments(store);
        var journal = StoreJournal.open(segments, 0, true, _ -> {});
        append(journal, "a");

        segments.full = true;
        assertThat(refusal(journal, "b")).hasMessage("No space left on device");
        assertThat(refusal(journal, "c")).isSameAs(journal.trouble());
        segments.full = false;
        await().until(() -> journal.trouble() == null);

        assertThat(refusal(journal, "d")).isNull();
        journal.close(false);
        assertThat(replay(0))
                .as("what was changed in the store stands in the journal, once and in its order, refused or not")
                .extracting(JournalEntry::key)
                .containsExactly(StoreKey.of("a"), StoreKey.of("b"), StoreKey.of("c"), StoreKey.of("d"));
    }

    @Test
    void canBeClosedWhileTheDiskIsFullAndKeepsWhatWasAcknowledged() throws Exception {
        var segments = new FullSegments(store);
        var journal = StoreJournal.open(segments, 0, true, _ -> {});
        append(journal, "a");
        segments.full = true;
        assertThat(refusal(journal, "b")).isNotNull();

        journal.close(true);

        assertThat(replay(0)).extracting(JournalEntry::key).containsExactly(StoreKey.of("a"));
    }

    private static @Nullable IOException refusal(StoreJournal journal, String name) throws Exception {
        journal.append("d.c", StoreKey.of(name), new byte[] {1, 2});
        var durable = new CompletableFuture<@Nullable IOException>();
        journal.whenDurable(durable::complete);
        return durable.get(10, TimeUnit.SECONDS);
    }

    private static final class FullSegments extends JournalSegments {
        private volatile boolean full;

        FullSegments(Path store) throws IOException {
            super(store);
        }

        @Override
        synchronized FileChannel begin(long firstSequence) throws IOException {
            return new Channel(super.begin(firstSequence));
        }

        /** Of what it has no room for it takes the half. */
        private final class Channel extends FileBase {
            private final FileChannel file;

            Channel(FileChannel file) {
                this.file = file;
            }

            @Override
            public int write(ByteBuffer bytes) throws IOException {
                if (!full) return file.write(bytes);
                file.write(bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2));
                throw new IOException("No space left on device");
            }

            @Override
            public void force(boolean metaData) throws IOException {
                file.force(metaData);
            }

            @Override
            protected void implCloseChannel() throws IOException {
                file.close();
            }

            @Override
            public int read(ByteBuffer bytes) throws IOException {
                return file.read(bytes);
            }

            @Override
            public long position() throws IOException {
                return file.position();
            }

            @Override
            public FileChannel position(long position) throws IOException {
                return file.position(position);
            }

            @Override
            public long size() throws IOException {
                return file.size();
            }

            @Override
            public FileChannel truncate(long size) throws IOException {
                return file.truncate(size);
            }
        }
    }
}
