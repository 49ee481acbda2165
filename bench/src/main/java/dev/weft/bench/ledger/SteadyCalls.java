package dev.weft.bench.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Numbered webhook calls, so many a second, from 16 clients; one that is not answered 200 is made again until it is, or
 * until the patience of all together ends. Ends with its last number, or when told to {@link #finish}.
 */
public final class SteadyCalls implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CLIENTS = 16;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(30);

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

    private final AtomicReferenceArray<String> executions;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private volatile boolean finished;

    public SteadyCalls(URI hook, IntFunction<Object> bodies, int calls, int rate) {
        this.hook = hook;
        this.bodies = bodies;
        this.rate = rate;
        this.third = new CountDownLatch(Math.max(1, calls / 3));
        this.made = new AtomicIntegerArray(calls);
        this.acknowledged = new AtomicLongArray(calls);
        this.executions = new AtomicReferenceArray<>(calls);
    }

    /** Begins and returns at once; {@link #join} waits for the end. */
    public Future<?> start(Duration patience) {
        var start = System.nanoTime();
        var end = start + patience.toNanos();
        return threads.submit(() -> {
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
    }

    /** Begins, and returns when a third of all calls is acknowledged; {@link #join} waits for the rest. */
    public Future<?> begin(Duration patience) throws InterruptedException, IOException {
        var all = start(patience);
        if (!third.await(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("Not even a third of the calls was acknowledged before anything was killed.");
        }
        return all;
    }

    /** No further number begins; those that have begun are made again until they are answered 200. */
    public void finish() {
        finished = true;
    }

    public static void join(Future<?> calls) throws InterruptedException, IOException {
        try {
            calls.get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    private void callUntil(long start, long end) throws InterruptedException {
        for (var number = next.getAndIncrement(); number < made.length(); number = next.getAndIncrement()) {
            // Each number has its instant, counted from the start, so that calls that were held up are made up for.
            LockSupport.parkNanos(start + number * (1_000_000_000L / rate) - System.nanoTime());
            if (finished) {
                return;
            }
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
        // It is counted before it is sent: a call that is answered by nothing may have brought something about.
        made.incrementAndGet(number);
        var begun = System.nanoTime();
        var request = HttpRequest.newBuilder(hook)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(bodies.apply(number))))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            answers.merge(Integer.toString(answer.statusCode()), 1, Integer::sum);
            if (answer.statusCode() != 200) {
                return false;
            }
            executions.set(number, execution(answer.body()));
        } catch (IOException e) {
            // Nobody listens, or died while answering: as good as refused.
            answers.merge("none", 1, Integer::sum);
            return false;
        }
        // This comes last: who sees the call acknowledged finds its execution.
        acknowledged.set(number, begun);
        return true;
    }

    private static String execution(String answer) {
        try {
            return JSON.readTree(answer).path("requestId").asString("");
        } catch (JacksonException e) {
            // A flow that answers for itself says what it likes.
            return "";
        }
    }

    public int count() {
        return made.length();
    }

    /** No higher number has begun yet. */
    public int begun() {
        return Math.min(next.get(), made.length());
    }

    public int made(int number) {
        return made.get(number);
    }

    public boolean isAcknowledged(int number) {
        return acknowledged.get(number) != 0;
    }

    public boolean beganAfter(int number, long instant) {
        return isAcknowledged(number) && acknowledged.get(number) > instant;
    }

    /** Of an acknowledged call; empty where the answer named none. */
    public String execution(int number) {
        return executions.get(number);
    }

    /** How many attempts were answered how, by status; {@code none}: there was no answer. */
    public Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close();
    }
}
