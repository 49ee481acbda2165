package dev.weft.bench.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import tools.jackson.databind.json.JsonMapper;

/**
 * Numbered webhook calls, so many a second, from 16 clients; one that is not answered 200 is made again until it is, or
 * until the patience of all together ends.
 */
final class SteadyCalls implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CLIENTS = 16;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI hook;
    private final IntFunction<Object> bodies;
    private final int rate;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch third;
    private final AtomicIntegerArray made;
    /** When the call that was acknowledged began; 0: none was. */
    private final AtomicLongArray acknowledged;

    SteadyCalls(URI hook, IntFunction<Object> bodies, int calls, int rate) {
        this.hook = hook;
        this.bodies = bodies;
        this.rate = rate;
        this.third = new CountDownLatch(Math.max(1, calls / 3));
        this.made = new AtomicIntegerArray(calls);
        this.acknowledged = new AtomicLongArray(calls);
    }

    /** Returns when a third of all calls is acknowledged; {@link #join} waits for the rest. */
    Future<?> begin(Duration patience) throws InterruptedException, IOException {
        var start = System.nanoTime();
        var end = start + patience.toNanos();
        var all = threads.submit(() -> {
            var clients = new ArrayList<Future<?>>();
            for (var i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    callUntil(start, end);
                    return null;
                }));
            }
            for (var client : clients) {
                client.get();
            }
            return null;
        });
        if (!third.await(patience.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
            throw new IOException("Not even a third of the calls was acknowledged before anything was killed.");
        }
        return all;
    }

    static void join(Future<?> calls) throws InterruptedException, IOException {
        try {
            calls.get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    private void callUntil(long start, long end) throws InterruptedException {
        for (var number = next.getAndIncrement(); number < made.length(); number = next.getAndIncrement()) {
            LockSupport.parkNanos(start + number * (1_000_000_000L / rate) - System.nanoTime());
            while (!call(number)) {
                if (System.nanoTime() > end) {
                    return;
                }
                Thread.sleep(PAUSE);
            }
            third.countDown();
        }
    }

    private boolean call(int number) throws InterruptedException {
        made.incrementAndGet(number);
        var begun = System.nanoTime();
        var request = HttpRequest.newBuilder(hook)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(bodies.apply(number))))
                .build();
        try {
            if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
                return false;
            }
        } catch (IOException e) {
            // Nobody listens, or died while answering: as good as refused.
            return false;
        }
        acknowledged.set(number, begun);
        return true;
    }

    int count() {
        return made.length();
    }

    int made(int number) {
        return made.get(number);
    }

    boolean isAcknowledged(int number) {
        return acknowledged.get(number) != 0;
    }

    boolean beganAfter(int number, long instant) {
        return isAcknowledged(number) && acknowledged.get(number) > instant;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close();
    }
}
