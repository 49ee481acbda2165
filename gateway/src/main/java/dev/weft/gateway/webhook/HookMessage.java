package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import dev.weft.common.flowmessage.HookDoor;
import org.jspecify.annotations.Nullable;

/** A call's message, ready to be published. */
final class HookMessage {

    private final String id;
    private final String execution;
    private final byte[] frame;

    /** @param frame encrypted */
    HookMessage(String id, String execution, byte[] frame) {
        this.id = id;
        this.execution = execution;
        this.frame = frame;
    }

    String id() {
        return id;
    }

    /** The API's exec_id, which the caller gets to know. */
    String execution() {
        return execution;
    }

    byte[] frame() {
        return frame;
    }

    AMQP.BasicProperties.Builder properties(HookDoor door, long now, @Nullable String replyTo) {
        return KickOff.properties(door, id, execution, now, replyTo);
    }
}
