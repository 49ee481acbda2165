package dev.weft.gateway.webhook.broker;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while the door is connected to the broker and all its queues accept messages; otherwise down with the reason. */
final class DoorHealth extends AbstractHealthIndicator {

    private final DoorBroker broker;

    DoorHealth(DoorBroker broker) {
        this.broker = broker;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        broker.trouble().ifPresentOrElse(why -> builder.down().withDetail("reason", why), builder::up);
    }
}
