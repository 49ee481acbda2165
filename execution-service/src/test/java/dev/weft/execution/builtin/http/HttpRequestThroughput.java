package dev.weft.execution.builtin.http;

import com.sun.management.OperatingSystemMXBean;
import dev.weft.common.egress.EgressGuard;
import dev.weft.common.http.HttpCaller;
import dev.weft.common.http.HttpRedirects;
import dev.weft.execution.builtin.WorkedStep;
import dev.weft.execution.jsonata.StandaloneExpressions;
import dev.weft.execution.message.StepMessage;
import dev.weft.execution.step.StepInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.json.JsonMapper;

/** Calls a second to a small server on loopback, and the CPU time of one (server included); run by hand. */
public final class HttpRequestThroughput {

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}"
                    .getBytes(StandardCharsets.US_ASCII);

    private HttpRequestThroughput() {}

    public static void main(String[] arguments) throws Exception {
        var socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> accept(socket));
        try (var caller = new HttpCaller(new EgressGuard("127.0.0.0/8"))) {
            var request = new HttpRequestBuiltin(
                    new StandaloneExpressions().expressions(),
                    new HttpRedirects(caller),
                    new AnswerRoom(256 << 20),
                    new RetrySchedule(Clock.systemUTC()),
                    time -> {},
                    new JsonMapper());
            var step = request.prepare(WorkedStep.settings(
                    Map.of("method", "POST", "url", "http://127.0.0.1:" + socket.getLocalPort() + "/in")));
            var message = StepMessage.of(Map.of("text", "x".repeat(1_000), "n", 1));
            var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            for (var round = 0; round < 6; round++) {
                var calls = 20_000;
                var cpu = machine.getProcessCpuTime();
                var started = System.nanoTime();
                var inFlight = new Semaphore(32);
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (var i = 0; i < calls; i++) {
                        inFlight.acquire();
                        var _ = threads.submit(() -> {
                            try {
                                return step.work(new StepInput("e", "key", message, 1, null, null, _ -> {}));
                            } finally {
                                inFlight.release();
                            }
                        });
                    }
                }
                System.out.printf(
                        "%,d calls/s, %d us of CPU each%n",
                        (long) (calls / ((System.nanoTime() - started) / 1e9)),
                        (machine.getProcessCpuTime() - cpu) / calls / 1_000);
            }
        }
        System.exit(0);
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                var length = 0;
                for (var line = line(in); !line.isEmpty(); line = line(in)) {
                    if (line.startsWith("Content-Length: ")) {
                        length = Integer.parseInt(line.substring(16));
                    }
                }
                in.readNBytes(length);
                socket.getOutputStream().write(ANSWER);
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("end");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
