package dev.weft.execution.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between client and broker, and can take the broker away. */
public final class BrokerProxy implements AutoCloseable {

    private final ServerSocket server;
    private final URI broker;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean away;

    public BrokerProxy(String brokerUri) throws IOException {
        this.broker = URI.create(brokerUri);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public String uri() {
        return "amqp://" + broker.getUserInfo() + "@localhost:" + server.getLocalPort();
    }

    /** All connections end, and new ones are refused until {@link #comeBack}. */
    public void goAway() throws IOException {
        away = true;
        cut();
    }

    public void comeBack() {
        away = false;
    }

    /** All connections end; new ones are welcome. */
    public void cut() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        sockets.clear();
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
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
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
