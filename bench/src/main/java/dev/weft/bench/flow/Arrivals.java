package dev.weft.bench.flow;

import dev.weft.bench.measure.Latencies;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/** Which of the numbered calls were accepted, and which reached the sink, when and how often. */
final class Arrivals {

    private static final byte[] MARK = "\"id\":\"n".getBytes(StandardCharsets.US_ASCII);

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLongArray sentAt;
    private final AtomicLongArray arrivedAt;
    private final AtomicIntegerArray accepted;
    private final AtomicInteger repeated = new AtomicInteger();

    Arrivals(int most) {
        this.sentAt = new AtomicLongArray(most);
        this.arrivedAt = new AtomicLongArray(most);
        this.accepted = new AtomicIntegerArray(most);
    }

    int send() {
        var number = next.getAndIncrement();
        sentAt.set(number, System.nanoTime());
        return number;
    }

    void accepted(int number) {
        accepted.set(number, 1);
    }

    void refuse() {
        refusals.incrementAndGet();
    }

    /** Finds the number in a body that holds {@code "id":"n<number>"}. */
    void arrived(byte[] body) {
        var at = indexOf(body);
        if (at < 0) {
            return;
        }
        var number = 0;
        for (var i = at + MARK.length; i < body.length && body[i] >= '0' && body[i] <= '9'; i++) {
            number = number * 10 + body[i] - '0';
        }
        if (!arrivedAt.compareAndSet(number, 0, System.nanoTime())) {
            repeated.incrementAndGet();
        }
    }

    private static int indexOf(byte[] body) {
        outer:
        for (var i = 0; i <= body.length - MARK.length; i++) {
            for (var j = 0; j < MARK.length; j++) {
                if (body[i + j] != MARK[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    int sent() {
        return next.get();
    }

    int refused() {
        return refusals.get();
    }

    int duplicates() {
        return repeated.get();
    }

    /** Accepted calls that have not arrived. */
    int missing() {
        var missing = 0;
        for (var i = 0; i < next.get(); i++) {
            if (accepted.get(i) == 1 && arrivedAt.get(i) == 0) {
                missing++;
            }
        }
        return missing;
    }

    boolean awaitAll(Duration patience) throws InterruptedException {
        for (var end = System.nanoTime() + patience.toNanos(); System.nanoTime() < end; Thread.sleep(5)) {
            if (missing() == 0) {
                return true;
            }
        }
        return missing() == 0;
    }

    Latencies endToEnd(int from) {
        var latencies = new Latencies(next.get());
        for (var i = from; i < next.get(); i++) {
            if (arrivedAt.get(i) != 0) {
                latencies.add(arrivedAt.get(i) - sentAt.get(i));
            }
        }
        return latencies;
    }
}
