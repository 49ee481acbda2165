package dev.weft.bench.abuse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests that are begun and not ended: each keeps its connection until this is closed or the other side ends it. They come
 * from several addresses by turns, since one has so many connections and no more, and not from that of the others' clients.
 */
final class HeldConnections implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    /** 127.0.0.2 and what follows. */
    private static final int ADDRESSES = 7;

    private static final byte[] PIECE = new byte[64 * 1024];

    private final URI base;
    private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    HeldConnections(URI base) {
        this.base = base;
    }

    /** A head that says that so many bytes come, and all of them but the last. */
    void body(String path, String type, int length) {
        open(
                "POST " + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + length + "\r\n\r\n",
                length - 1);
    }

    /** A head without its end. */
    void head() {
        open("GET /v2/users/me HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nX-", 0);
    }

    /** How many were taken so far. */
    int opened() {
        return opened.get();
    }

    private void open(String head, int bytes) {
        var socket = new Socket();
        try {
            var address = "127.0.0." + (2 + Math.floorMod(turns.getAndIncrement(), ADDRESSES));
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), CONNECT_MILLIS);
            sockets.add(socket);
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            opened.incrementAndGet();
            for (var left = bytes; left > 0; left -= PIECE.length) {
                out.write(PIECE, 0, Math.min(left, PIECE.length));
            }
            out.flush();
        } catch (IOException refused) {
            // What is refused, or ended by the other side, holds nothing.
            close(socket);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    @Override
    public void close() {
        sockets.forEach(HeldConnections::close);
    }
}
