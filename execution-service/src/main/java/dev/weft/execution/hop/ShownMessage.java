package dev.weft.execution.hop;

import dev.weft.execution.message.StepMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as its record shows it: {@code {"body","headers"}}, a body above 64 KiB as
 * {@code {"$truncated":true,"bytes":n}} (api-v2 11.7).
 */
record ShownMessage(Map<String, @Nullable Object> value, boolean truncated) {

    private static final int LARGEST_BODY = 64 * 1024;

    static ShownMessage of(StepMessage message) {
        var bytes = JsonSize.of(message.body());
        if (bytes <= LARGEST_BODY) {
            return new ShownMessage(message.shown(), false);
        }
        var cut = message.withBody(Map.of("$truncated", true, "bytes", bytes));
        return new ShownMessage(cut.shown(), true);
    }
}
