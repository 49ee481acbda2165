package dev.weft.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with the connector of the gateway before one servlet, and senders who take their time. */
class SlowRequestsTest {

    private static final int MOST = 5;

    private Tomcat tomcat;

    /** Answers with the status in the path, and refuses all else, without looking at the body. */
    private static final class Refusing extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            var asked = request.getRequestURI().substring(1);
            response.setStatus(asked.equals("fine") ? 200 : asked.equals("no") ? 401 : Integer.parseInt(asked));
            response.setContentLength(2);
            response.getOutputStream().print("no");
        }
    }

    @BeforeEach
    void start(@TempDir Path directory) throws LifecycleException {
        tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        var connector = new Connector(WatchedProtocol.class.getName());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        ((WatchedProtocol) connector.getProtocolHandler()).bound(MOST, TrustedProxies.of("127.7.0.0/16"));
        tomcat.setConnector(connector);
        tomcat.getEngine().setBackgroundProcessorDelay(1);
        tomcat.getEngine().getPipeline().addValve(new SlowRequests(Duration.ofSeconds(2)));
        var context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "refusing", new Refusing());
        context.addServletMappingDecoded("/*", "refusing");
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void aHeadThatDoesNotEndIsCutAlsoWhenSomethingComesNowAndThen() throws IOException {
        try (var socket = connect()) {
            send(socket, "GET /fine HTTP/1.1\r\nHost: x\r\n");

            assertThat(isCutWhileItSends(socket, "X-A: b\r\n")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401})
    void aBodyThatNobodyReadIsDroppedAndTheConnectionGoesOn(int status) throws IOException {
        try (var socket = connect()) {
            send(socket, "POST /" + status + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 " + status);
            send(socket, "x".repeat(100_000));
            send(socket, "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
    }

    /** Who keeps a pool of connections sends the next request over one that he was not told to be at its end. */
    @ParameterizedTest
    @ValueSource(ints = {200, 202, 400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 501, 503, 504})
    void aConnectionGoesOnUnlessItsLastAnswerHasSaidOtherwise(int status) throws IOException {
        try (var socket = connect()) {
            for (var n = 0; n < 20; n++) {
                send(socket, "POST /" + status + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
                var answer = answer(socket);

                assertThat(answer).startsWith("HTTP/1.1 " + status);
                if (answer.toLowerCase(Locale.ROOT).contains("connection: close")) {
                    assertThat(n).as("the first says so, not a later one").isZero();
                    return;
                }
            }
        }
    }

    @Test
    void theTimeForAHeadBeginsWithItsFirstByte() throws IOException {
        try (var socket = connect()) {
            send(socket, "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");

            // Longer than a head may take, with the one who looks for old heads coming by.
            assertThatThrownBy(() -> idle(socket, 3_500)).isInstanceOf(SocketTimeoutException.class);

            send(socket, "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
    }

    private static void idle(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        var read = socket.getInputStream().read();
        throw new IOException("read " + read);
    }

    /** What is answered well may have left its body unread too: a HEAD, or a preflight. */
    @Test
    void aBodyThatNobodyReadIsNotWaitedForForEver() throws Exception {
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var cut = Stream.of(200, 302, 401)
                    .map(status -> senders.submit(() -> isCutBehindItsAnswer(status)))
                    .toList();
            for (var one : cut) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    private boolean isCutBehindItsAnswer(int status) throws IOException {
        try (var socket = connect()) {
            send(socket, "POST /" + status + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            assertThat(answer(socket)).startsWith("HTTP/1.1 " + status);
            return isCutWhileItSends(socket, "x");
        }
    }

    @Test
    void anAddressHasSoManyConnectionsAndNoMore() throws IOException {
        var sockets = new ArrayList<Socket>();
        try {
            for (var n = 0; n < MOST; n++) {
                sockets.add(connect());
                send(sockets.getLast(), "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 200");
            }
            try (var one = connect()) {
                assertThat(isEnded(one)).isTrue();
            }
            send(sockets.getFirst(), "GET /fine HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer(sockets.getFirst())).startsWith("HTTP/1.1 200");
            assertThat(isEnded(sockets.getFirst())).isTrue();
            try (var one = connect()) {
                send(one, "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(answer(one)).startsWith("HTTP/1.1 200");
            }
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aConnectionIsNotCountedAnyMoreHoweverItEnds() throws IOException {
        for (var n = 0; n < 4 * MOST; n++) {
            try (var socket = connect()) {
                switch (n % 4) {
                    case 0 -> socket.setSoLinger(true, 0);
                    case 1 -> send(socket, "GET /fine HTTP/1.1\r\nHost");
                    case 2 -> send(socket, "nonsense\r\n\r\n");
                    default -> send(socket, "POST /no HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nx");
                }
            }
        }

        await().atMost(Duration.ofSeconds(30)).until(this::isServed);
    }

    private boolean isServed() throws IOException {
        try (var one = connect()) {
            send(one, "GET /fine HTTP/1.1\r\nHost: x\r\n\r\n");
            return answer(one).startsWith("HTTP/1.1 200");
        } catch (SocketException _) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", tomcat.getConnector().getLocalPort());
        socket.setSoTimeout(200);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Head and body of two bytes. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\nno")) {
            var read = socket.getInputStream().read();
            if (read < 0) {
                return text + " (ended)";
            }
            text.append((char) read);
        }
        socket.setSoTimeout(200);
        return text.toString();
    }

    private static boolean isCutWhileItSends(Socket socket, String piece) throws IOException {
        for (var n = 0; n < 100; n++) {
            try {
                send(socket, piece);
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException _) {
                // It still waits for more.
            } catch (SocketException _) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnded(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException _) {
            return true;
        }
    }
}
