package dev.weft.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyFileStoreTest {

    /** What the builder of an MVStore is told does not reach a file store that is handed to it. */
    @Test
    void splitsPagesAtEightKibibytes(@TempDir Path directory) {
        var pages = new SteadyFileStore(4);
        pages.open(directory.resolve("store").toString(), false, null);

        try (var store = new MVStore.Builder().adoptFileStore(pages).open()) {
            assertThat(store.getMaxPageSize()).isEqualTo(8 << 10);
        }
    }
}
