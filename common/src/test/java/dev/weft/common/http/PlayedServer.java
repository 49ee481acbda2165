package dev.weft.common.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server on loopback that answers with the very octets a test gives, and keeps what it was sent. */
public final class PlayedServer implements AutoCloseable {

    /** @param head lines, the first is the request's, in Latin-1 */
    public record Request(List<String> head, byte[] body) {

        public String line() {
            return head.getFirst();
        }

        public String path() {
            return line().split(" ")[1];
        }

        /** All values of that name. */
        public List<String> header(String name) {
            return head.stream()
                    .skip(1)
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final ServerSocket socket;
    private final Function<Request, byte[]> answers;
    private final Duration idle;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger ended = new AtomicInteger();

    /** @param answers to each request; of no octets: the connection is closed instead */
    public PlayedServer(Function<Request, byte[]> answers) {
        this(Duration.ofSeconds(30), answers);
    }

    /** @param idle how long a connection is kept without a request */
    public PlayedServer(Duration idle, Function<Request, byte[]> answers) {
        this.answers = answers;
        this.idle = idle;
        try {
            this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    public List<Request> requests() {
        return requests;
    }

    /** How many connections it has closed. */
    public int ended() {
        return ended.get();
    }

    /** An answer whose body has a known length. */
    public static byte[] answer(String head, byte[] body) {
        return join((head + "\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8), body);
    }

    public static byte[] answer(String head) {
        return answer(head, new byte[0]);
    }

    public static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void serve(Socket connection) {
        try {
            converse(connection);
        } finally {
            ended.incrementAndGet();
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            for (var request = read(connection.getInputStream());
                    request != null;
                    request = read(connection.getInputStream())) {
                requests.add(request);
                var answer = answers.apply(request);
                if (answer.length == 0) {
                    return;
                }
                connection.getOutputStream().write(answer);
                connection.getOutputStream().flush();
                // Kept for so long from now on: whoever is slow to ask the first time is not sent away.
                connection.setSoTimeout((int) idle.toMillis());
                if (new String(answer, StandardCharsets.ISO_8859_1).contains("\r\nConnection: close\r\n")) {
                    return;
                }
            }
        } catch (SocketTimeoutException e) {
            // It was kept for long enough.
        } catch (IOException e) {
            // The client has left.
        }
    }

    private static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        var lines = List.of(head.toString(StandardCharsets.ISO_8859_1).strip().split("\r\n"));
        var request = new Request(lines, new byte[0]);
        var length = request.header("Content-Length");
        return length.isEmpty() ? request : new Request(lines, in.readNBytes(Integer.parseInt(length.getFirst())));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
