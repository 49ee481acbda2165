package dev.weft.gateway.webhook.broker;

import dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome;

/** Finds out why a queue has refused a message. */
@FunctionalInterface
interface DoorQueueProbe {

    /** FULL, UNROUTABLE when it is gone, or REFUSED for any other reason. */
    PublishOutcome why(String queue) throws InterruptedException;
}
