package dev.weft.workspace.permission;

import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.Fact;
import dev.weft.common.messaging.Outbox;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
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

    /** Without a broker it stays silent, which is the right signal: then nobody may trust what they remember. */
    @Scheduled(fixedRate = 2000)
    void beat() {
        var nowhere = new Outbox.Place(null, null, null);
        publisher.tryPublish(outbox.event(Fact.ACCESS_HEARTBEAT, 0, nowhere, "workspace-service", null, Map.of()));
    }
}
