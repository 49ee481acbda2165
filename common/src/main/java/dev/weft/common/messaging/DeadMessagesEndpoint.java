package dev.weft.common.messaging;

import dev.weft.common.messaging.DeadMessages.DeadMessage;
import dev.weft.common.messaging.DeadMessages.Redriven;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@code /actuator/deadmessages} on the management port, for operators: {@code GET} lists, {@code GET .../{id}} shows one
 * with its body, {@code POST} sends all again, {@code POST .../{id}} one.
 */
@Endpoint(id = "deadmessages")
final class DeadMessagesEndpoint {

    private static final int AT_ONCE = 100;

    private final DeadMessages dead;

    DeadMessagesEndpoint(DeadMessages dead) {
        this.dead = dead;
    }

    /** The first hundred. */
    @ReadOperation
    public Listing list() {
        return new Listing(dead.list(AT_ONCE));
    }

    /** @param messages the first of them */
    public record Listing(List<DeadMessage> messages) {}

    @ReadOperation
    public @Nullable DeadMessage find(@Selector String id) {
        return dead.find(id).orElse(null);
    }

    @WriteOperation
    public Redriven redriveAll() {
        return dead.redrive(null);
    }

    @WriteOperation
    public Redriven redrive(@Selector String id) {
        return dead.redrive(id);
    }
}
