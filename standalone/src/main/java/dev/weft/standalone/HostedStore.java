package dev.weft.standalone;

import dev.weft.store.EmbeddedStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The embedded store inside this JVM, used when no other document store is configured. */
final class HostedStore {

    private HostedStore() {}

    /** Opens {@code WEFT_STORE_FILE} on a free port, unless {@code WEFT_MONGODB_URI} names a server. */
    static Optional<EmbeddedStore> open(Map<String, String> environment) {
        var file = environment.getOrDefault("WEFT_STORE_FILE", "");
        if (file.isBlank() || !environment.getOrDefault("WEFT_MONGODB_URI", "").isBlank()) return Optional.empty();
        var store = EmbeddedStore.open(
                Path.of(file), "127.0.0.1", 0, true, UUID.randomUUID().toString());
        Runtime.getRuntime().addShutdownHook(new Thread(store::close, "store-close"));
        return Optional.of(store);
    }
}
