package dev.weft.expression.call;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A partial application at work: a function with some of its arguments already given. */
record PartialCall(Callee callee, List<@Nullable Object> given) implements Callee {

    @Override
    public int arity() {
        return (int) given.stream().filter(value -> value == Calls.OPEN).count();
    }

    @Override
    public @Nullable Object call(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope scope) {
        var values = new ArrayList<@Nullable Object>(given.size());
        var next = 0;
        for (var value : given) {
            if (value == Calls.OPEN) {
                values.add(next < arguments.size() ? arguments.get(next) : Nothing.NOTHING);
                next++;
            } else {
                values.add(value);
            }
        }
        return callee.call(values, context, scope);
    }
}
