package dev.weft.expression.call;

import dev.weft.expression.value.Callee;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function that an expression defines, with the scope of its definition. */
record Lambda(LambdaNode node, @Nullable Object input, NameScope scope) implements Callee {

    @Override
    public int arity() {
        return node.parameters.size();
    }

    @Override
    public @Nullable Object call(
            List<? extends @Nullable Object> arguments, @Nullable Object context, NameScope caller) {
        var values = node.signature == null ? arguments : node.signature.validate(arguments, context, caller.run);
        // The scope and the input are those of the place where the function was written, not of the call.
        var inner = scope.inner();
        for (var i = 0; i < node.parameters.size(); i++) {
            // A parameter without an argument is bound too, so that it hides an outer name.
            inner.bind(node.parameters.get(i), i < values.size() ? values.get(i) : Nothing.NOTHING);
        }
        return node.body.evaluate(input, inner);
    }

    // Compared by identity; its scope may contain anything, even the function itself.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "function";
    }
}
