package dev.weft.store;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend, and the decision when a write may be acknowledged. */
interface StoreEngine extends AutoCloseable {
    StoreBackend backend();

    /** Runs a command that writes, beside others that write. */
    Document write(Supplier<Document> command);

    /** What keeps writes from becoming durable now; a disk that is full, for example. */
    @Nullable
    IOException obstacle();

    /** Calls {@code reply}, on any thread, once all that was written until now is durable, or with what keeps it from that. */
    void whenDurable(Consumer<@Nullable IOException> reply);

    /** Before the commands under way are waited for: none of them waits any longer for a disk that takes nothing. */
    void stopping();

    @Override
    void close();
}
