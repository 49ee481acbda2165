package dev.weft.flow.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.common.event.DomainEvent;
import dev.weft.flow.flow.CurrentStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateListenerTest {

    private static Optional<StateNews> read(Map<String, Object> payload) {
        return StateListener.read(
                new DomainEvent("e", "flow.state-changed", 4, Instant.EPOCH, null, null, null, "f", null, payload));
    }

    @Test
    void readsStateWishAndDueInstant() {
        var payload = new HashMap<String, Object>(Map.of("current_status", "active", "wish", 3));
        assertThat(read(payload))
                .contains(new StateNews("f", CurrentStatus.ACTIVE, 3, 4, Optional.empty(), Optional.empty()));

        payload.put("queues", 7);
        assertThat(read(payload).orElseThrow().queues()).contains(7L);

        payload.put("due_execution", null);
        assertThat(read(payload).orElseThrow().due()).contains(Optional.empty());

        payload.put("due_execution", "2026-11-24T12:00:00.000Z");
        assertThat(read(payload).orElseThrow().due()).contains(Optional.of(Instant.parse("2026-11-24T12:00:00Z")));
    }

    @Test
    void skipsWhatItDoesNotUnderstand() {
        assertThat(read(Map.of("current_status", "sleepy", "wish", 3))).isEmpty();
        assertThat(read(Map.of("current_status", "active"))).isEmpty();
        assertThat(read(Map.of("current_status", "active", "wish", 3, "due_execution", "soon")))
                .isEmpty();
    }
}
