package dev.weft.expression.definition;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arguments of a built-in function, checked against its signature. */
public record CallArguments(
        List<? extends @Nullable Object> values, @Nullable Object context, NameScope scope) {

    @Nullable
    public Object get(int index) {
        return index < values.size() ? values.get(index) : Nothing.NOTHING;
    }

    public boolean lacks(int index) {
        return Nothing.is(get(index));
    }

    public String text(int index) {
        return get(index) instanceof String text ? text : "";
    }

    /** Null when it is missing. */
    @Nullable
    public String optionalText(int index) {
        return get(index) instanceof String text ? text : null;
    }

    /** Not a number when it is missing. */
    public double number(int index) {
        return get(index) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    public List<?> list(int index) {
        return get(index) instanceof List<?> list ? list : List.of();
    }

    @Nullable
    public Callee callee(int index) {
        return get(index) instanceof Callee callee ? callee : null;
    }

    public Run run() {
        return scope.run;
    }

    @Nullable
    public Object call(Callee callee, List<? extends @Nullable Object> arguments) {
        // In the reference, a function called for each element has no context, not even that of the surrounding call.
        return callee.apply(arguments, null, scope);
    }
}
