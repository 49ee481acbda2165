package dev.weft.execution.failure;

import dev.weft.execution.message.MessageCodec;
import dev.weft.execution.message.StepMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the message that the error handler gets for an error record (api-v2 9.2); it carries the passthrough of the
 * failed message.
 */
public final class HandlerMessage {

    private HandlerMessage() {}

    /** {@code {"error":{"name","message","stack"},"errorInput":{"body","headers"},"step_id","exec_id"}}. */
    public static StepMessage of(Failure failure, StepMessage input, String stepId, String execution) {
        var body = new LinkedHashMap<String, Object>();
        body.put("error", failure.shown());
        body.put("errorInput", input.shown());
        body.put("step_id", stepId);
        body.put("exec_id", execution);
        return new StepMessage(body, Map.of(), input.attachments(), input.passthrough(), Map.of());
    }

    /** The same for a sailor (sailor-runtime 10): there the passthrough is a member of the failed message. */
    public static byte[] frame(StepMessage told, MessageCodec codec) {
        var body = told.body() instanceof Map<?, ?> members ? members : Map.of();
        var input = new LinkedHashMap<Object, @Nullable Object>();
        if (body.get("errorInput") instanceof Map<?, ?> members) {
            input.putAll(members);
        }
        if (!told.passthrough().isEmpty()) {
            input.put("passthrough", told.passthrough());
        }
        return codec.encodeError(body.get("error"), input);
    }
}
