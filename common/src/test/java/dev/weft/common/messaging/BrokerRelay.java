package dev.weft.common.messaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between clients and the broker, and can take the broker away. */
public final class BrokerRelay implements AutoCloseable {

    private final URI broker;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    /** @param broker an AMQP URI */
    public BrokerRelay(String broker) throws IOException {
        this.broker = URI.create(broker);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients find the broker. */
    public String uri() {
        return "amqp://" + broker.getUserInfo() + "@127.0.0.1:" + server.getLocalPort();
    }

    /** All connections end; new ones are welcome. */
    public void cut() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** All connections end, and new ones are refused until {@link #comeBack}. */
    public void goAway() throws IOException {
        away = true;
        cut();
    }

    public void comeBack() {
        away = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                if (away) {
                    client.close();
                    continue;
                }
                var upstream = new Socket(broker.getHost(), broker.getPort());
                sockets.add(client);
                sockets.add(upstream);
                pump(client, upstream);
                pump(upstream, client);
            } catch (IOException e) {
                // Closed, or the broker is away by itself.
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One side has ended; so does the other.
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
