package dev.weft.expression.path;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Sequence;
import org.jspecify.annotations.Nullable;

/** {@code $x}; {@code $} is the context itself. */
final class VariableNode extends Node {

    private final String name;

    VariableNode(int position, String name) {
        super(position);
        this.name = name;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        if (name.isEmpty()) {
            return input instanceof Sequence sequence && sequence.wrapsRoot ? sequence.getFirst() : input;
        }
        return scope.find(name);
    }
}
