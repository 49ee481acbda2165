package dev.weft.execution.errorinbox;

import dev.weft.common.jsonapi.Resource;
import dev.weft.execution.execution.Execution.KeptError;
import dev.weft.execution.failure.Failure;
import dev.weft.execution.record.Payload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Errors of executions as they are shown (api-v2 11.7). */
public final class ErrorResource {

    private ErrorResource() {}

    /**
     * As one of an execution's errors.
     *
     * @param input null: it is no longer kept
     * @param open  whether the caller may see messages: otherwise input and stack are null, and kind and step stand for
     *     a message that quotes data or an answer (api-v2 11.6)
     */
    public static Map<String, @Nullable Object> shown(KeptError error, @Nullable Payload input, boolean open) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("id", error.id());
        shown.put("step_id", error.stepId());
        shown.put("message_id", error.messageId());
        shown.put("at", Instant.ofEpochMilli(error.at()));
        shown.put("name", open ? error.name() : Failure.kind(error.name()));
        shown.put(
                "message",
                open
                        ? error.message()
                        : Failure.toMembers(error.name(), error.message(), error.stepId(), error.quoting()));
        shown.put("stack", open ? error.stack() : null);
        shown.put("input", open && input != null ? input.raw() : null);
        shown.put("state", error.state().name().toLowerCase(Locale.ROOT));
        return shown;
    }

    /** By itself, as the answer to its retry. */
    static Resource of(RetriedError retried) {
        var execution = retried.execution();
        var resource = Resource.of("execution-error", retried.error().id(), "/v2/executions/" + execution.id());
        shown(retried.error(), retried.input(), retried.open()).forEach((name, value) -> {
            if (!name.equals("id")) {
                resource.attribute(name, value);
            }
        });
        return resource.toOne("execution", "execution", execution.id(), "/v2/executions");
    }
}
