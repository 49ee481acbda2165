package dev.weft.common.duty;

import static com.mongodb.client.model.Filters.eq;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weft.common.broker.BrokerRelay;
import dev.weft.common.id.Ids;
import dev.weft.store.EmbeddedStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Work under a lease of a real store, which goes away meanwhile in some. */
class LeasedWorkIT {

    private static final String FLOW = "flow:5f0c3b9e8a1d4c0017c1a2b3";
    private static final Duration LONG = ofSeconds(60);

    /** The store's time stands still, so that no lease ends while a slow machine takes its own. */
    private final LeaseRepositorySpec.Hands hands = new LeaseRepositorySpec.Hands();

    private EmbeddedStore store;
    private BrokerRelay relay;
    private MongoClient client;
    private LeasedWork work;

    @BeforeEach
    void open() throws IOException {
        store = EmbeddedStore.inMemory();
        relay = new BrokerRelay(store.connectionString());
        client = MongoClients.create("mongodb://127.0.0.1:"
                + URI.create(relay.uri()).getPort() + "/?serverSelectionTimeoutMS=3000&heartbeatFrequencyMS=100");
        work = work();
    }

    private LeasedWork work() {
        return new LeasedWork(leases(), new Ids());
    }

    private LeaseRepository leases() {
        return new MongoLeaseRepository(new MongoTemplate(client, "work"), hands.clock());
    }

    /** Tells of the first renewal that failed. */
    private record NotedLeases(LeaseRepository store, CountDownLatch failed) implements LeaseRepository {

        @Override
        public boolean renew(String name, String holder, Duration term) {
            try {
                return store.renew(name, holder, term);
            } catch (RuntimeException e) {
                failed.countDown();
                throw e;
            }
        }

        @Override
        public boolean take(String name, String holder, Duration term) {
            return store.take(name, holder, term);
        }

        @Override
        public void release(String name, String holder) {
            store.release(name, holder);
        }

        @Override
        public int held(String prefix) {
            return store.held(prefix);
        }

        @Override
        public void finish(String name, String holder, Duration rest) {
            store.finish(name, holder, rest);
        }

        @Override
        public boolean handOn(String name, String former, String next, Duration term, Instant done) {
            return store.handOn(name, former, next, term, done);
        }

        @Override
        public Optional<Instant> finished(String name) {
            return store.finished(name);
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        relay.close();
        store.close();
    }

    private void awaitRenewal(Duration term) {
        var leases = client.getDatabase("work").getCollection("leases");
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> leases.find(eq("_id", FLOW))
                        .first()
                        .getDate("until")
                        .toInstant()
                        .equals(hands.now().plus(term)));
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
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
        assertThat(first.join(LONG)).isTrue();

        assertThat(work.attempt(FLOW, ofSeconds(5), LONG, () -> {})).isTrue();
    }

    @Test
    void workMayTakeManyTimesTheTermOfItsLease() throws InterruptedException {
        var term = ofSeconds(2);
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var first = Thread.ofVirtual()
                .start(() -> work.attempt(FLOW, term, LONG, () -> {
                    begun.countDown();
                    pass(go);
                }));
        pass(begun);

        for (var n = 0; n < 4; n++) {
            hands.turn(ofMillis(1500));
            awaitRenewal(term);
            assertThat(work.attempt(FLOW, term, LONG, () -> {})).isFalse();
        }
        go.countDown();
        assertThat(first.join(LONG)).isTrue();
    }

    @Test
    void aStoreThatIsAwayForLessThanTheTermEndsNoWork() throws Exception {
        var term = ofSeconds(30);
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var leases = new NotedLeases(leases(), new CountDownLatch(1));
        var failure = new AtomicReference<Throwable>();
        var first = Thread.ofVirtual()
                .uncaughtExceptionHandler((_, thrown) -> failure.set(thrown))
                .start(() -> new LeasedWork(leases, new Ids()).attempt(FLOW, term, LONG, () -> {
                    begun.countDown();
                    pass(go);
                }));
        pass(begun);

        relay.goAway();
        pass(leases.failed());
        relay.comeBack();
        hands.turn(ofSeconds(29));
        awaitRenewal(term);
        hands.turn(ofSeconds(29));

        assertThat(first.isAlive()).isTrue();
        assertThat(work.attempt(FLOW, term, LONG, () -> {})).isFalse();
        go.countDown();
        assertThat(first.join(LONG)).isTrue();
        assertThat(failure).hasNullValue();
    }

    private void loseTheStore() {
        try {
            relay.goAway();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void workWhoseLeaseCanNotBeKeptIsInterruptedBeforeAnotherMayBegin() {
        var begun = System.nanoTime();

        assertThatThrownBy(() -> work.attempt(FLOW, ofSeconds(1), LONG, () -> {
                    loseTheStore();
                    pass(new CountDownLatch(1));
                }))
                .isInstanceOf(InterruptedWorkException.class)
                .hasMessageContaining("lease");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ofSeconds(20));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
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
