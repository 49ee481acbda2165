package dev.weft.store;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend, and when what it was told to write may be acknowledged. */
interface StoreEngine extends AutoCloseable {
    StoreBackend backend();

    /** Runs a command that writes, beside others that write. */
    Document write(Supplier<Document> command);

    /** Calls {@code reply}, on any thread, once all that was written until now is durable, or why it never will be. */
    void whenDurable(Consumer<@Nullable IOException> reply);

    @Override
    void close();
}
