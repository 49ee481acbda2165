package dev.weft.common.duty;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.id.Ids;
import dev.weft.store.EmbeddedStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Work under a lease of a real store, which goes away meanwhile in some. */
class LeasedWorkIT {

    private static final String FLOW = "flow:5f0c3b9e8a1d4c0017c1a2b3";
    private static final Duration LONG = ofSeconds(30);

    @TempDir
    private Path folder;

    private EmbeddedStore store;
    private MongoClient client;
    private LeasedWork work;

    @BeforeEach
    void open() {
        store = open(0);
        client = MongoClients.create(
                store.connectionString() + "/?serverSelectionTimeoutMS=200&heartbeatFrequencyMS=100");
        work = work();
    }

    private EmbeddedStore open(int port) {
        return EmbeddedStore.open(folder.resolve("store"), "localhost", port, false);
    }

    private LeasedWork work() {
        return new LeasedWork(
                new MongoLeaseRepository(new MongoTemplate(client, "work"), Clock.systemUTC()), new Ids());
    }

    @AfterEach
    void close() {
        client.close();
        store.close();
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void twoThreadsOfOneProcessDoNotTheSameWork() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var first = Thread.ofVirtual()
                .start(() -> work.attempt(FLOW, ofSeconds(5), LONG, () -> {
                    begun.countDown();
                    pass(go);
                }));
        pass(begun);

        assertThat(work.attempt(FLOW, ofSeconds(5), LONG, () -> {})).isFalse();
        assertThat(work().attempt(FLOW, ofSeconds(5), LONG, () -> {})).isFalse();
        go.countDown();
        assertThat(first.join(ofSeconds(10))).isTrue();

        assertThat(work.attempt(FLOW, ofSeconds(5), LONG, () -> {})).isTrue();
    }

    @Test
    void workMayTakeManyTimesTheTermOfItsLease() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var first = Thread.ofVirtual()
                .start(() -> work.attempt(FLOW, ofMillis(400), LONG, () -> {
                    begun.countDown();
                    pass(go);
                }));
        pass(begun);

        await().during(ofSeconds(2))
                .atMost(ofSeconds(3))
                .until(() -> !work.attempt(FLOW, ofMillis(400), LONG, () -> {}));
        go.countDown();
        assertThat(first.join(ofSeconds(10))).isTrue();
    }

    @Test
    void aStoreThatIsAwayForLessThanTheTermEndsNoWork() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var failure = new AtomicReference<Throwable>();
        var first = Thread.ofVirtual()
                .uncaughtExceptionHandler((_, thrown) -> failure.set(thrown))
                .start(() -> work.attempt(FLOW, ofSeconds(4), LONG, () -> {
                    begun.countDown();
                    pass(go);
                }));
        pass(begun);

        var port = store.port();
        store.close();
        await().pollDelay(ofSeconds(2)).until(() -> true);
        store = open(port);
        await().during(ofSeconds(4))
                .atMost(ofSeconds(6))
                .ignoreExceptions()
                .until(() -> first.isAlive() && !work.attempt(FLOW, ofSeconds(4), LONG, () -> {}));
        go.countDown();

        assertThat(first.join(ofSeconds(10))).isTrue();
        assertThat(failure).hasNullValue();
    }

    @Test
    void workWhoseLeaseCanNotBeKeptIsInterruptedBeforeAnotherMayBegin() {
        var begun = System.nanoTime();

        assertThatThrownBy(() -> work.attempt(FLOW, ofSeconds(1), LONG, () -> {
                    store.close();
                    pass(new CountDownLatch(1));
                }))
                .isInstanceOf(InterruptedWorkException.class)
                .hasMessageContaining("lease");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ofSeconds(5));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        store = open(0);
    }

    @Test
    void workPastItsLimitIsInterruptedAndLeavesTheLeaseToOthers() {
        assertThatThrownBy(() -> work.attempt(FLOW, ofSeconds(10), ofMillis(200), () -> pass(new CountDownLatch(1))))
                .isInstanceOf(InterruptedWorkException.class)
                .hasMessageContaining("too long");

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(work.attempt(FLOW, ofSeconds(10), LONG, () -> {})).isTrue();
    }

    @Test
    void aFailureOfTheWorkIsTheCallersAndGivesTheLeaseBack() {
        assertThatThrownBy(() -> work.attempt(FLOW, ofSeconds(10), LONG, () -> {
                    throw new IllegalArgumentException("not like this");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(work.attempt(FLOW, ofSeconds(10), LONG, () -> {})).isTrue();
    }
}
