package dev.weft.expression.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function as a value. */
public interface Callee {

    /** How many arguments it takes; functions that call others give no more. */
    int arity();

    /** One call; a call at the end of a function comes back as a {@link DeferredCall}, for {@link #apply}. */
    @Nullable
    Object call(List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope);

    /** Calls it, and then the calls that stand at the ends of functions one after the other, on the same stack. */
    default @Nullable Object apply(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        var result = call(arguments, context, scope);
        // Tail calls run in this loop and do not grow the stack, so the limit on depth never stops them; the limit on
        // time does.
        while (result instanceof DeferredCall deferred) {
            scope.run.step();
            result = deferred.call(context, scope);
        }
        return result;
    }
}
