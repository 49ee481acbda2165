package dev.weft.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** CallArguments of a built-in function, checked against its signature. */
record CallArguments(
        List<? extends @Nullable Object> values, @Nullable Object context, NameScope scope) {

    @Nullable
    Object get(int index) {
        return index < values.size() ? values.get(index) : Nothing.NOTHING;
    }

    boolean lacks(int index) {
        return Nothing.is(get(index));
    }

    String text(int index) {
        return get(index) instanceof String text ? text : "";
    }

    /** Null when it is missing. */
    @Nullable
    String optionalText(int index) {
        return get(index) instanceof String text ? text : null;
    }

    /** Not a number when it is missing. */
    double number(int index) {
        return get(index) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    List<?> list(int index) {
        return get(index) instanceof List<?> list ? list : List.of();
    }

    @Nullable
    Callee callee(int index) {
        return get(index) instanceof Callee callee ? callee : null;
    }

    Run run() {
        return scope.run;
    }

    @Nullable
    Object call(Callee callee, List<? extends @Nullable Object> arguments) {
        return callee.apply(arguments, null, scope);
    }
}
