package dev.weft.gateway.webhook;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while the door has a broker that takes messages. */
final class DoorHealth extends AbstractHealthIndicator {

    private final DoorBroker broker;

    DoorHealth(DoorBroker broker) {
        this.broker = broker;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (broker.isConnected()) {
            builder.up();
        } else {
            builder.down();
        }
    }
}
