package dev.weft.store;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.nio.file.Path;

/** A running document store that speaks the MongoDB wire protocol; closing it stops the server and its files. */
public final class EmbeddedStore implements AutoCloseable {
    private final MongoServer server;

    private EmbeddedStore(H2Backend backend, String host, int port) {
        server = new MongoServer(new GreetingBackend(backend));
        server.bind(host, port);
    }

    /** Opens or creates the store kept in {@code file}; port 0 takes a free one. */
    public static EmbeddedStore open(Path file, String host, int port) {
        return new EmbeddedStore(new H2Backend(file.toString()), host, port);
    }

    /** A store that forgets everything when it is closed, on a free port of the loopback address. */
    public static EmbeddedStore inMemory() {
        return new EmbeddedStore(H2Backend.inMemory(), "localhost", 0);
    }

    public String connectionString() {
        return server.getConnectionString();
    }

    public int port() {
        return server.getLocalAddress().getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
