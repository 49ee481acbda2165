package dev.weft.bench.flow;

import dev.weft.bench.measure.HttpConnection;
import dev.weft.bench.measure.Latencies;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Webhook calls over a fixed number of connections. With a rate, calls are due at fixed instants and their latency counts
 * from there, so that a slow answer delays none that follow it on paper.
 */
final class WebhookLoad {

    private static final String PADDING = "x".repeat(700);

    private final URI base;
    private final String path;
    private final int connections;
    private final int rate;
    private final Arrivals arrivals;

    WebhookLoad(URI base, String flow, int connections, int rate, Arrivals arrivals) {
        this.base = base;
        this.path = "/hook/" + flow;
        this.connections = connections;
        this.rate = rate;
        this.arrivals = arrivals;
    }

    /** Latencies of the accepted calls. */
    Latencies run(Duration time) throws InterruptedException, ExecutionException {
        var latencies = new Latencies((int) time.toSeconds() * 12_000);
        var end = System.nanoTime() + time.toNanos();
        var start = System.nanoTime();
        var due = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callers = new ArrayList<Future<?>>();
            for (var i = 0; i < connections; i++) {
                callers.add(threads.submit(() -> {
                    callUntil(start, end, due, latencies);
                    return null;
                }));
            }
            for (var caller : callers) {
                caller.get();
            }
        }
        return latencies;
    }

    private void callUntil(long start, long end, AtomicLong due, Latencies latencies) throws IOException {
        try (var connection = new HttpConnection(base)) {
            while (true) {
                var planned = System.nanoTime();
                if (rate > 0) {
                    planned = start + due.getAndIncrement() * (1_000_000_000L / rate);
                    LockSupport.parkNanos(Math.max(0, planned - System.nanoTime()));
                }
                if (Math.max(planned, System.nanoTime()) >= end) {
                    return;
                }
                call(connection, planned, latencies);
            }
        }
    }

    private void call(HttpConnection connection, long planned, Latencies latencies) throws IOException {
        var number = arrivals.send();
        var answer = connection.post(path, body(number));
        if (answer.status() == 200) {
            arrivals.accepted(number);
            latencies.add(System.nanoTime() - planned);
        } else if (answer.status() == 429 || answer.status() == 503) {
            arrivals.refuse();
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        } else {
            throw new IOException(
                    "A call was answered " + answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    /** About 1 KB. */
    private static byte[] body(int number) {
        return ("{\"id\":\"n" + number + "\",\"customer\":{\"name\":\"Ada Lovelace\",\"email\":\"ada@example.com\"},"
                        + "\"items\":[{\"sku\":\"a\",\"price\":12.5},{\"sku\":\"b\",\"price\":7},{\"sku\":\"c\",\"price\":3.25}],"
                        + "\"pad\":\"" + PADDING + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
