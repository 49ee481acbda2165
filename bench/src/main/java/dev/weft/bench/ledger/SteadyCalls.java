package dev.weft.bench.ledger;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Numbered webhook calls, so many a second, from 16 clients; one that is not answered 200 is made again until it is, or
 * until the patience of all together ends. Ends with its last number, or when told to {@link #finish}.
 */
public final class SteadyCalls implements AutoCloseable {

    private static final int CLIENTS = 16;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final int rate;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch third;
    private final CallBook book;
    private final HookClient client;
    private volatile boolean finished;

    public SteadyCalls(URI hook, IntFunction<Object> bodies, int calls, int rate) {
        this.rate = rate;
        this.third = new CountDownLatch(Math.max(1, calls / 3));
        this.book = new CallBook(calls);
        this.client = new HookClient(hook, bodies, book);
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
            for (var one : clients) {
                one.get();
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
        for (var number = next.getAndIncrement(); number < book.count(); number = next.getAndIncrement()) {
            // Each number has its instant, counted from the start, so that calls that were held up are made up for.
            LockSupport.parkNanos(start + number * (1_000_000_000L / rate) - System.nanoTime());
            if (finished) {
                return;
            }
            while (!client.call(number)) {
                if (System.nanoTime() > end) {
                    return;
                }
                Thread.sleep(PAUSE);
            }
            third.countDown();
        }
    }

    /** No higher number has begun yet. */
    public int begun() {
        return Math.min(next.get(), book.count());
    }

    /** What became of them. */
    public CallBook book() {
        return book;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }
}
