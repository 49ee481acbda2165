package dev.weft.expression.call;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two functions composed ({@code $f ~> $g}): the second is called with the result of the first. */
record Composition(Callee first, Callee second) implements Callee {

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public @Nullable Object call(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        @Nullable Object argument = arguments.isEmpty() ? Nothing.NOTHING : arguments.getFirst();
        var between = first.apply(Arrays.asList(argument), context, scope);
        return second.call(Arrays.asList(between), context, scope);
    }
}
