package dev.weft.common.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Stands between clients and the broker, and can take the broker away. */
public final class BrokerRelay implements AutoCloseable {

    private final URI broker;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean away;
    private volatile CountDownLatch speech = new CountDownLatch(0);

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
            sockets.remove(socket);
        }
    }

    /** All connections end, and new ones are refused until {@link #comeBack}. */
    public void goAway() throws IOException {
        away = true;
        cut();
    }

    public void comeBack() {
        away = false;
    }

    /** Connections stay, and take what is sent; nothing comes back until {@link #speak}. */
    public void fallSilent() {
        speech = new CountDownLatch(1);
    }

    public void speak() {
        speech.countDown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                connect(server.accept());
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            var upstream = new Socket(broker.getHost(), broker.getPort());
            sockets.add(client);
            sockets.add(upstream);
            // Asked when both can be cut: whoever goes away meanwhile cuts them, or is seen here.
            if (away) {
                client.close();
                upstream.close();
                return;
            }
            pump(client, upstream, () -> {});
            pump(upstream, client, () -> speech.await());
        } catch (IOException e) {
            // The broker is away by itself; its client would wait for an answer.
            client.close();
        }
    }

    /** Before each piece is handed on. */
    private interface Pause {
        void end() throws InterruptedException;
    }

    private static void pump(Socket from, Socket to, Pause pause) {
        Thread.ofVirtual().start(() -> {
            try (from;
                    to) {
                var piece = new byte[8192];
                for (var read = from.getInputStream().read(piece);
                        read >= 0;
                        read = from.getInputStream().read(piece)) {
                    pause.end();
                    to.getOutputStream().write(piece, 0, read);
                }
            } catch (IOException e) {
                // One side has ended; so does the other.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        speak();
        cut();
    }
}
