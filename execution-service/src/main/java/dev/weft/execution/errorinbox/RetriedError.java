package dev.weft.execution.errorinbox;

import dev.weft.execution.execution.Execution;
import dev.weft.execution.execution.Execution.KeptError;
import dev.weft.execution.record.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An error once its retry is noted.
 *
 * @param input null: it is no longer kept, or the caller may not see it
 * @param open  whether the caller may see its input, and what called servers answered
 */
record RetriedError(
        Execution execution, KeptError error, @Nullable Payload input, boolean open) {}
