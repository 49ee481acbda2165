package dev.weft.bench.abuse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that announces ten mebibytes and sends one byte. */
final class LyingServer implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10485760\r\n\r\n{"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket server;
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();

    LyingServer() throws IOException {
        this.server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/";
    }

    int calls() {
        return calls.get();
    }

    /** Until it is closed. */
    private void accept() {
        while (!server.isClosed()) {
            try {
                answer(server.accept());
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        sockets.add(socket);
        try {
            socket.getOutputStream().write(ANSWER);
            calls.incrementAndGet();
        } catch (IOException e) {
            // One that went away; the next is answered.
            sockets.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
