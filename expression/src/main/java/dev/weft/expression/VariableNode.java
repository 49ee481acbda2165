package dev.weft.expression;

import org.jspecify.annotations.Nullable;

/** {@code $x}; {@code $} is the context itself. */
final class VariableNode extends Node {

    final String name;

    VariableNode(int position, String name) {
        super(position);
        this.name = name;
    }

    @Override
    @Nullable
    Object value(@Nullable Object input, NameScope scope) {
        if (name.isEmpty()) {
            return input instanceof Sequence sequence && sequence.wrapsRoot ? sequence.getFirst() : input;
        }
        return scope.find(name);
    }
}
