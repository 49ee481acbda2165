package dev.weft.gateway.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to the broker that can be cut. */
final class BrokerRelay implements AutoCloseable {

    private final URI broker;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    BrokerRelay(String broker) throws IOException {
        this.broker = URI.create(broker);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String uri() {
        return "amqp://" + broker.getUserInfo() + "@127.0.0.1:" + server.getLocalPort();
    }

    void cut() {
        cut = true;
        sockets.forEach(BrokerRelay::close);
        sockets.clear();
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var inside = server.accept();
                if (cut) {
                    inside.close();
                } else {
                    var outside = new Socket(broker.getHost(), broker.getPort());
                    sockets.add(inside);
                    sockets.add(outside);
                    Thread.ofVirtual().start(() -> pump(inside, outside));
                    Thread.ofVirtual().start(() -> pump(outside, inside));
                }
            } catch (IOException e) {
                close();
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut, as it shall be.
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        cut();
    }
}
