package dev.weft.common.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerLinkIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Meets each fault once that a test has laid for it. */
    private static final class FaultyUser implements BrokerLink.User {
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();
        private final AtomicInteger beats = new AtomicInteger();
        private final AtomicReference<Error> atOpening = new AtomicReference<>();
        private final AtomicReference<Error> atLoss = new AtomicReference<>();
        private final AtomicReference<Error> atBeat = new AtomicReference<>();
        private final AtomicReference<Runnable> end = new AtomicReference<>(() -> {});

        private static void meet(AtomicReference<Error> laid) {
            var fault = laid.getAndSet(null);
            if (fault != null) {
                throw fault;
            }
        }

        @Override
        public void opened(Connection connection, Runnable ends) {
            end.set(ends);
            opened.incrementAndGet();
            meet(atOpening);
        }

        @Override
        public void lost(String why) {
            lost.incrementAndGet();
            meet(atLoss);
        }

        @Override
        public void beat() {
            beats.incrementAndGet();
            meet(atBeat);
        }
    }

    private final FaultyUser user = new FaultyUser();
    private BrokerRelay relay;
    private BrokerLink link;

    @BeforeEach
    void prepare() throws IOException {
        relay = new BrokerRelay(
                Objects.requireNonNull(System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker"));
        link = new BrokerLink(new BrokerConnections(relay.uri()), "link-test", user);
    }

    @AfterEach
    void end() throws IOException {
        link.stop();
        relay.close();
    }

    private void isConnectedAgainAfter(Consumer<FaultyUser> event) {
        link.start();
        await().atMost(SOON).until(link::isConnected);
        var before = user.opened.get();

        event.accept(user);

        await().atMost(SOON).until(() -> user.opened.get() > before && link.isConnected());
    }

    @Test
    void anErrorAtTheOpeningIsNotTheLastWord() {
        user.atOpening.set(new OutOfMemoryError("no thread"));

        link.start();

        await().atMost(SOON).until(link::isConnected);
        assertThat(user.opened).hasValue(2);
        assertThat(user.lost).hasValue(1);
    }

    @Test
    void anErrorAtTheLossIsNotTheLastWord() {
        isConnectedAgainAfter(faulty -> {
            faulty.atLoss.set(new StackOverflowError());
            try {
                relay.cut();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void anErrorAtABeatLeavesTheConnection() {
        link.start();
        user.atBeat.set(new StackOverflowError());

        await().atMost(SOON).until(() -> user.beats.get() >= 2);

        assertThat(user.opened).hasValue(1);
        assertThat(link.isConnected()).isTrue();
    }

    @Test
    void whatItsUserGivesUpIsOpenedAnew() {
        isConnectedAgainAfter(faulty -> faulty.end.get().run());
    }

    @Test
    void aBrokerThatAnswersNoFarewellHoldsNobodyUp() {
        link.start();
        await().atMost(SOON).until(link::isConnected);
        relay.fallSilent();
        var before = user.lost.get();

        user.end.get().run();

        await().atMost(SOON).until(() -> user.lost.get() > before);
        relay.speak();
        await().atMost(SOON).until(link::isConnected);
    }

    @Test
    void whoWaitsForAConnectionGetsItOrHearsThatThereIsNone() throws IOException {
        relay.goAway();
        link.start();
        assertThat(link.await(Duration.ofMillis(10))).isEmpty();
        relay.comeBack();

        assertThat(link.await(SOON).orElseThrow().isOpen()).isTrue();
    }

    @Test
    void theStopIsNotHeldUpByABrokerThatIsAway() throws IOException, InterruptedException {
        relay.goAway();
        link.start();
        await().atMost(SOON).until(() -> user.lost.get() > 0);

        var stopping = Thread.startVirtualThread(link::stop);

        assertThat(stopping.join(SOON)).isTrue();
        assertThat(link.isRunning()).isFalse();
    }
}
