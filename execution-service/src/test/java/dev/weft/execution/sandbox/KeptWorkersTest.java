package dev.weft.execution.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KeptWorkersTest {

    private final AtomicInteger made = new AtomicInteger();
    private final Queue<Integer> ended = new ConcurrentLinkedQueue<>();

    private KeptWorkers<Integer> workers(Duration idle) {
        return new KeptWorkers<>(2, idle, made::incrementAndGet, ended::add);
    }

    @Test
    void makesRoomWithTheOneThatWasUsedLongestAgo() {
        var workers = workers(Duration.ofHours(1));
        workers.use("a");
        workers.use("b");
        workers.leave("a");
        workers.leave("b");
        workers.use("a");
        workers.leave("a");

        workers.use("c");

        assertThat(ended).containsExactly(2);
        assertThat(workers.use("a")).isEqualTo(1);
    }

    @Test
    void takesNobodysWorkerAwayWhoUsesIt() {
        var workers = workers(Duration.ofHours(1));
        workers.use("a");
        workers.use("b");
        workers.leave("b");

        workers.use("c");

        assertThat(ended).containsExactly(2);
    }

    @Test
    void endsWhatNobodyUsesForAWhile() {
        var workers = workers(Duration.ofMillis(20));
        workers.use("busy");
        workers.use("idle");
        workers.leave("idle");

        Awaitility.await().until(() -> ended.contains(2));
        assertThat(ended).containsExactly(2);

        workers.leave("busy");
        Awaitility.await().until(() -> ended.contains(1));
    }

    @Test
    void endsAllWithItself() {
        var workers = workers(Duration.ofHours(1));
        workers.use("a");
        workers.use("b");
        workers.leave("b");

        workers.close();

        assertThat(ended).containsExactlyInAnyOrder(1, 2);
    }
}
