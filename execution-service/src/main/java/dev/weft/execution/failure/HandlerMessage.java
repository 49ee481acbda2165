package dev.weft.execution.failure;

import dev.weft.execution.message.StepMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the error handler gets for an error record (api-v2 9.2), with the passthrough of the failed message. */
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
}
