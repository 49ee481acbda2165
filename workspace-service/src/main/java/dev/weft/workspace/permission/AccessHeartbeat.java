package dev.weft.workspace.permission;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;

import dev.weft.common.duty.Duty;
import dev.weft.common.event.Fact;
import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.outbox.Outbox;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Service;

/** Says every two seconds that announcements arrive; where it is not heard for five, remembered grants are not used. */
@Service
final class AccessHeartbeat {

    private final Outbox outbox;
    private final ConfirmedPublisher publisher;

    AccessHeartbeat(Outbox outbox, ConfirmedPublisher publisher) {
        this.outbox = outbox;
        this.publisher = publisher;
    }

    @Bean
    Duty accessHeartbeatDuty() {
        // Of every process and under no lease: with a lease, the death of its holder would silence all for its term,
        // and each service would ask for every permission anew.
        return Duty.ofProcess("access-heartbeat", ofSeconds(2), this::beat)
                .first(ZERO)
                .within(ofSeconds(15));
    }

    /** Without a broker it stays silent, which is the right signal: then nobody may trust what they remember. */
    private void beat() {
        var nowhere = new Outbox.Place(null, null, null);
        publisher.tryPublish(outbox.event(Fact.ACCESS_HEARTBEAT, 0, nowhere, "workspace-service", null, Map.of()));
    }
}
