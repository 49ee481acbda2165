package dev.weft.common.duty;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConsumerCancelledException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void knowsAServerThatIsAwayFromAFaultOfOurs() {
        assertThat(Standing.isOfAServer(new IllegalStateException("not reached", new IOException())))
                .isTrue();
        assertThat(Standing.isOfAServer(new IllegalStateException(new TimeoutException())))
                .isTrue();
        assertThat(Standing.isOfAServer(new ConsumerCancelledException())).isTrue();
        assertThat(Standing.isOfAServer(new IllegalStateException("a fault of ours")))
                .isFalse();
        assertThat(Standing.isOfAServer(new NullPointerException())).isFalse();
    }
}
