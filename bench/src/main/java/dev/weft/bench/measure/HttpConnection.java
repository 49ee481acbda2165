package dev.weft.bench.measure;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection that sends prepared requests: the load generator must not cost more than what it measures. When
 * an answer says that it is the last one of its connection, as servers say with 503, the next request takes a new one.
 */
public final class HttpConnection implements AutoCloseable {

    private final URI base;
    private final String host;
    private Socket socket;
    private InputStream in;
    private boolean ended;

    public HttpConnection(URI base) throws IOException {
        this.base = base;
        this.host = base.getHost() + ":" + base.getPort();
        this.socket = connected(base);
        this.in = new BufferedInputStream(socket.getInputStream(), 16_384);
    }

    private static Socket connected(URI base) throws IOException {
        var socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        // A server that never answers must not hold the measurement for ever.
        socket.setSoTimeout(60_000);
        return socket;
    }

    public WireAnswer post(String path, byte[] json) throws IOException {
        return send(
                "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length + "\r\n\r\n",
                json);
    }

    public WireAnswer get(String path, String authorization) throws IOException {
        return send(
                "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: application/json\r\nAuthorization: "
                        + authorization + "\r\n\r\n",
                new byte[0]);
    }

    private WireAnswer send(String head, byte[] body) throws IOException {
        var headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
        var request = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, request, 0, headBytes.length);
        System.arraycopy(body, 0, request, headBytes.length, body.length);
        // A new connection is opened when it is needed, and not when the old one ends: there may be no next request.
        if (ended) {
            socket.close();
            socket = connected(base);
            in = new BufferedInputStream(socket.getInputStream(), 16_384);
            ended = false;
        }
        socket.getOutputStream().write(request);
        return read();
    }

    private WireAnswer read() throws IOException {
        var status = line();
        var length = 0;
        var chunked = false;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            ended |= lower.startsWith("connection:") && lower.contains("close");
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        var code = Integer.parseInt(status.substring(9, 12));
        return new WireAnswer(code, chunked ? readChunks() : in.readNBytes(length));
    }

    private byte[] readChunks() throws IOException {
        var body = new java.io.ByteArrayOutputStream();
        for (var size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        var line = HttpLines.read(in);
        if (line == null) {
            throw new EOFException("The server closed the connection.");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
