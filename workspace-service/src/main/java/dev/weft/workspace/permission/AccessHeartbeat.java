package dev.weft.workspace.permission;

import dev.weft.common.messaging.ConfirmedPublisher;
import dev.weft.common.messaging.Outbox;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Says every two seconds that announcements arrive; where it is not heard for five, remembered grants are not used. */
@Service
final class AccessHeartbeat {

    private static final Logger log = LoggerFactory.getLogger(AccessHeartbeat.class);

    private final Outbox outbox;
    private final ConfirmedPublisher publisher;

    AccessHeartbeat(Outbox outbox, ConfirmedPublisher publisher) {
        this.outbox = outbox;
        this.publisher = publisher;
    }

    @Scheduled(fixedRate = 2000)
    void beat() {
        var nowhere = new Outbox.Place(null, null, null);
        try {
            publisher.publish(outbox.event("access.heartbeat", 0, nowhere, "workspace-service", null, Map.of()));
        } catch (AmqpException e) {
            // Silence is the right signal: without a broker nobody may trust what they remember.
            log.debug("The broker did not take a heartbeat: {}", e.toString());
        }
    }
}
