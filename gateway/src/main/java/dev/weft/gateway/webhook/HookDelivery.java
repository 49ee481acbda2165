package dev.weft.gateway.webhook;

import dev.weft.common.flowmessage.HookDoor;
import dev.weft.common.problem.Problem;
import dev.weft.common.problem.ProblemCode;
import dev.weft.gateway.webhook.broker.DoorBroker;
import dev.weft.gateway.webhook.broker.DoorBroker.PublishOutcome;
import dev.weft.gateway.webhook.door.Backlogs;
import dev.weft.gateway.webhook.door.DoorRefusal;
import dev.weft.gateway.webhook.door.Doors;
import dev.weft.gateway.webhook.door.MissingDoors;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a message into its flow's queue, or says why it can not: 404 there is no queue, 429 the queue is full; 503
 * the queue is sick, there is no broker, the flow is starting, or it asks for another credential by now.
 */
final class HookDelivery {

    private final Doors doors;
    private final MissingDoors missing;
    private final Backlogs backlogs;
    private final DoorBroker broker;
    private final Clock clock;
    private final DoorMetrics metrics;

    HookDelivery(
            Doors doors, MissingDoors missing, Backlogs backlogs, DoorBroker broker, Clock clock, DoorMetrics metrics) {
        this.doors = doors;
        this.missing = missing;
        this.backlogs = backlogs;
        this.broker = broker;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Returns when the broker has it for sure.
     *
     * @param replyTo the route of a reply; null when nobody waits for one
     * @param address of the caller
     */
    void deliver(HookMessage message, HookDoor door, @Nullable String replyTo, String address) {
        var outcome = publish(message, door, replyTo);
        if (outcome == PublishOutcome.UNROUTABLE) {
            // The flow was stopped or restarted, and the fact about it has not arrived yet.
            doors.forget(door.flowId());
            outcome = publish(message, renewed(door, address), replyTo);
        }
        switch (outcome) {
            case ACCEPTED -> {}
            case UNROUTABLE -> {
                doors.forget(door.flowId());
                throw missing.refusal(door.flowId(), address);
            }
            case FULL -> throw Backlogs.refusal("The flow has more to do than it may keep.");
            case REFUSED, LATE, UNKNOWN ->
                throw Problem.of(ProblemCode.UNAVAILABLE, "Messages can not be taken at the moment.")
                        .exception();
        }
    }

    private HookDoor renewed(HookDoor door, String address) {
        var now = doors.find(door.flowId()).orElseThrow(() -> missing.refusal(door.flowId(), address));
        if (!now.isOpen()) {
            throw DoorRefusal.starting();
        }
        if (!now.takesCallsLike(door)) {
            throw DoorRefusal.changed();
        }
        return now;
    }

    private PublishOutcome publish(HookMessage message, HookDoor door, @Nullable String replyTo) {
        // Counted before it is known whether the call arrives, so that many calls at once see each other.
        backlogs.accepted(door, message.frame().length);
        var properties = message.properties(door, clock.millis(), replyTo);
        var begun = System.nanoTime();
        var outcome = broker.publish(door.queue(), properties, message.frame());
        metrics.confirmed(outcome, System.nanoTime() - begun);
        if (outcome == PublishOutcome.ACCEPTED) {
            backlogs.arrived(door, message.frame().length);
        }
        return outcome;
    }
}
