package dev.weft.sandbox.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every expression can read (components.md): the body as root, {@code elasticio.<step>} by name, {@code $msg},
 * {@code $getPassthrough()}, {@code $getFlowVariables()}.
 */
public interface SeenMessage {

    @Nullable
    Object body();

    /** What earlier steps emitted. */
    Map<String, ?> passthrough();

    /** With headers, attachments and what else there is. */
    Map<String, ? extends @Nullable Object> whole();

    Map<String, String> variables();
}
