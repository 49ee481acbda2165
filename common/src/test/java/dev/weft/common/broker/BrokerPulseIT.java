package dev.weft.common.broker;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrokerPulseIT {

    private BrokerRelay relay;
    private BrokerPulse pulse;

    @BeforeEach
    void connect() throws IOException {
        relay = new BrokerRelay(Objects.requireNonNull(
                System.getenv("WEFT_RABBITMQ_URI"), "WEFT_RABBITMQ_URI must name a broker; ./weft test starts one"));
        pulse = new BrokerPulse(new BrokerConnections(relay.uri()));
    }

    @AfterEach
    void disconnect() throws IOException {
        pulse.close();
        relay.close();
    }

    @Test
    void aBrokerThatTakesMessagesIsWellAndOneThatIsAwayIsNot() throws IOException {
        pulse.beat();
        assertThat(pulse.trouble()).isEmpty();

        relay.goAway();
        pulse.beat();
        assertThat(pulse.trouble()).isPresent();

        relay.comeBack();
        pulse.beat();
        assertThat(pulse.trouble()).isEmpty();
    }

    @Test
    void whoAsksNeedNotWaitForABrokerThatAnswersNothing() {
        pulse.beat();
        relay.fallSilent();
        Thread.startVirtualThread(pulse::beat);

        await().atMost(ofSeconds(30)).until(() -> pulse.trouble().isPresent());
        assertThat(pulse.trouble()).contains("The broker does not answer.");

        relay.speak();
        await().atMost(ofSeconds(30)).until(() -> pulse.trouble().isEmpty());
    }

    @Test
    void aBrokerShortOfMemoryIsToldWithItsReason() {
        pulse.handleBlocked("low on memory");
        assertThat(pulse.isBlocked()).isTrue();
        assertThat(pulse.trouble()).contains("The broker takes no messages: low on memory");

        pulse.handleUnblocked();
        assertThat(pulse.trouble()).isEmpty();
    }
}
