package dev.weft.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function as a value. */
interface Callee {

    /** How many arguments it takes; functions that call others give no more. */
    int arity();

    /** One call; a call at the end of a function comes back as a {@link Calls.Thunk}, for {@link #apply}. */
    @Nullable
    Object call(List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope);

    /** A call and those at its end, which do not grow the stack. */
    default @Nullable Object apply(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        var result = call(arguments, context, scope);
        while (result instanceof Calls.Thunk thunk) {
            scope.run.step();
            result = thunk.call(context, scope);
        }
        return result;
    }
}
