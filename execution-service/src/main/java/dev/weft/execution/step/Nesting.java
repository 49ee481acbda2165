package dev.weft.execution.step;

import dev.weft.sandbox.message.PlainValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how deeply a step's output nests. Fields, messages, records and the error handler's input each add levels
 * around it, and no more than 500 levels can be written and read.
 */
public final class Nesting {

    public static final int MOST = PlainValues.DEEPEST;

    private Nesting() {}

    /** @param what what it is, to begin a sentence with */
    public static void require(String what, @Nullable Object value) {
        if (isDeeper(value, MOST)) {
            throw tooDeep(what);
        }
    }

    private static StepFailure tooDeep(String what) {
        return new StepFailure("NestingError", what + " nests too deeply: at most " + MOST + " levels can go on.");
    }

    /** The refusal of JSON that a parser gives up on. */
    public static StepFailure unreadable(String what) {
        return new StepFailure(
                "NestingError", what + " nests too deeply, or holds a number, name or text that is too long.");
    }

    private static boolean isDeeper(@Nullable Object value, int levels) {
        return switch (value) {
            // Descends no further than the limit, whatever the value is.
            case Map<?, ?> map -> levels == 0 || map.values().stream().anyMatch(member -> isDeeper(member, levels - 1));
            case List<?> list -> levels == 0 || list.stream().anyMatch(element -> isDeeper(element, levels - 1));
            case null, default -> false;
        };
    }
}
