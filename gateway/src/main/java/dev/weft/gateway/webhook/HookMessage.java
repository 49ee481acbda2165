package dev.weft.gateway.webhook;

import com.rabbitmq.client.AMQP;
import dev.weft.common.flowmessage.HookDoor;
import org.jspecify.annotations.Nullable;

/** A call's message, ready to be published. */
final class HookMessage {

    private final String id;
    private final String execution;
    private final byte[] frame;

    /**
     * @param execution the API's exec_id, which the caller gets to know
     * @param frame     encrypted
     */
    HookMessage(String id, String execution, byte[] frame) {
        this.id = id;
        this.execution = execution;
        this.frame = frame;
    }

    String id() {
        return id;
    }

    byte[] frame() {
        return frame;
    }

    AMQP.BasicProperties.Builder properties(HookDoor door, long now, @Nullable String replyTo) {
        return KickOff.properties(door, id, execution, now, replyTo);
    }
}
