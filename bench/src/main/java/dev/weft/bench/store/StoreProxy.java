package dev.weft.bench.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a store and passes on what it is asked and answers, message by message; while there is a
 * {@link WriteFault}, writes meet with it. Reads go through.
 */
public final class StoreProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int port;
    private final AtomicInteger struck = new AtomicInteger();
    private volatile WriteFault fault = WriteFault.NONE;

    /** @param port of the store on this machine */
    public StoreProxy(int port) throws IOException {
        this.server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        this.port = port;
        Thread.ofVirtual().start(this::accept);
    }

    public String uri() {
        return "mongodb://127.0.0.1:" + server.getLocalPort();
    }

    public void begin(WriteFault what) {
        fault = what;
    }

    public void end() {
        fault = WriteFault.NONE;
    }

    /** How many writes have met with a fault. */
    public int struck() {
        return struck.get();
    }

    /** What a message of a client meets with now. */
    private WriteFault strike(byte[] message) {
        var now = fault;
        if (now == WriteFault.NONE || !StoreMessage.isWrite(message)) {
            return WriteFault.NONE;
        }
        struck.incrementAndGet();
        return now;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            var store = new Socket();
            store.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            // Messages are small and go one by one: the proxy must not keep one back to send more at once.
            client.setTcpNoDelay(true);
            store.setTcpNoDelay(true);
            var link = new ProxyLink(client, store, this::strike);
            Thread.ofVirtual().start(() -> link.pass(link::ask));
            Thread.ofVirtual().start(() -> link.pass(link::answer));
        } catch (IOException e) {
            ProxyLink.end(client);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
