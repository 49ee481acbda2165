package dev.weft.store;

import de.bwaldvogel.mongo.bson.Document;
import dev.weft.store.collection.ChangeRecorder;
import dev.weft.store.index.StoreMaps;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/** An engine without a file: nothing survives the process, so a write is acknowledged at once. */
record InMemoryEngine(MVStore store, StoreBackend backend) implements StoreEngine {
    static InMemoryEngine open() {
        var store = new MVStore.Builder().open();
        return new InMemoryEngine(store, new StoreBackend(new StoreMaps(store), ChangeRecorder.NONE));
    }

    @Override
    public Document write(Supplier<Document> command) {
        return command.get();
    }

    @Override
    public @Nullable IOException obstacle() {
        return null;
    }

    @Override
    public void stopping() {}

    @Override
    public void whenDurable(Consumer<@Nullable IOException> reply) {
        reply.accept(null);
    }

    @Override
    public void close() {
        backend.close();
        store.close();
    }
}
