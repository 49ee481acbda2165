package dev.weft.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A running document store that speaks the MongoDB wire protocol; closing it stops the server and its files. */
public final class EmbeddedStore implements AutoCloseable {
    private static final String LOOPBACK = "localhost";

    private final StoreEngine engine;
    private final StoreServer server;
    private final String password;

    EmbeddedStore(StoreEngine engine, String host, int port, String password) {
        this.engine = engine;
        this.password = password;
        try {
            server = new StoreServer(engine, host, port, password);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /**
     * Opens or creates the store kept in {@code file} and in files beside it whose names begin with that name; port 0
     * takes a free one. What it acknowledges is on disk.
     */
    public static EmbeddedStore open(Path file, String host, int port) {
        return open(file, host, port, true);
    }

    /** @param force false to trust the operating system: a power cut may then lose the last acknowledged writes */
    public static EmbeddedStore open(Path file, String host, int port, boolean force) {
        return open(file, host, port, force, "");
    }

    /** @param password of the user {@value StoreLogIn#USER}, who alone may do anything; empty: everybody may */
    public static EmbeddedStore open(Path file, String host, int port, boolean force, String password) {
        return new EmbeddedStore(FileEngine.open(file, force), host, port, password);
    }

    /** A store that forgets everything when it is closed, on a free port of the loopback address. */
    public static EmbeddedStore inMemory() {
        return new EmbeddedStore(InMemoryEngine.open(), LOOPBACK, 0, "");
    }

    /** With the password, so not for logs. */
    public String connectionString() {
        return password.isEmpty()
                ? address()
                : "mongodb://" + StoreLogIn.USER + ":" + URLEncoder.encode(password, StandardCharsets.UTF_8) + "@"
                        + hostAndPort() + "/?authMechanism=PLAIN";
    }

    /** Without a password. */
    public String address() {
        return "mongodb://" + hostAndPort();
    }

    private String hostAndPort() {
        return server.address().getHostString() + ":" + port();
    }

    public int port() {
        return server.address().getPort();
    }

    /** Waits for running commands, brings the file up to date and cuts off what is free at its end. */
    @Override
    public void close() {
        engine.stopping();
        // The server is closed first, since a command under way needs its engine.
        server.close();
        engine.close();
    }
}
