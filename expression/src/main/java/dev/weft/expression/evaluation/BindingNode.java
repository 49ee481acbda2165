package dev.weft.expression.evaluation;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import org.jspecify.annotations.Nullable;

/** {@code $x := a}. */
final class BindingNode extends Node {

    private final String name;
    private final Node bound;

    BindingNode(int position, String name, Node bound) {
        super(position);
        this.name = name;
        this.bound = bound;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        var value = bound.evaluate(input, scope);
        // The language has no assignment: an outer name is hidden here, not changed.
        scope.bind(name, value);
        return value;
    }
}
