package dev.weft.bench.measure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/** An HTTP server that hands every body to its owner and answers {@code {}}: as little work as a server can do. */
public final class SinkServer implements AutoCloseable {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket server;
    private final Consumer<byte[]> bodies;

    public SinkServer(Consumer<byte[]> bodies) throws IOException {
        this.server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        this.bodies = bodies;
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/in";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream(), 16_384);
            var out = socket.getOutputStream();
            while (true) {
                var length = readHead(in);
                if (length < 0) {
                    return;
                }
                bodies.accept(in.readNBytes(length));
                out.write(ANSWER);
            }
        } catch (IOException e) {
            // The caller went away; its next connection is served anew.
            return;
        }
    }

    /** Reads request line and headers; the length of the body, or -1 at the end of the connection. */
    private static int readHead(InputStream in) throws IOException {
        var length = 0;
        var first = true;
        while (true) {
            var line = HttpLines.read(in);
            if (line == null) {
                return -1;
            }
            // An empty line before a request is no end of its head (RFC 9112, 2.2).
            if (line.isEmpty() && !first) {
                return length;
            }
            first = false;
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
