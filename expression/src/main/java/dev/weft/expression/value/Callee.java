package dev.weft.expression.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function as a value. */
public interface Callee {

    /** How many arguments it takes; functions that call others give no more. */
    int arity();

    /** One call; a call at the end of a function comes back as a {@link Deferred}, for {@link #apply}. */
    @Nullable
    Object call(List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope);

    /** A call and those at its end, which do not grow the stack. */
    default @Nullable Object apply(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        var result = call(arguments, context, scope);
        while (result instanceof Deferred deferred) {
            scope.run.step();
            result = deferred.call(context, scope);
        }
        return result;
    }

    /** A call at the end of a function, not yet made. */
    interface Deferred {

        @Nullable
        Object call(@Nullable Object context, NameScope caller);
    }
}
