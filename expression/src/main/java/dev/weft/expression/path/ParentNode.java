package dev.weft.expression.path;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import org.jspecify.annotations.Nullable;

/** {@code %}: the value that an earlier step was applied to. */
final class ParentNode extends Node {

    private final String label;

    ParentNode(int position, String label) {
        super(position);
        this.label = label;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        return scope.find(label);
    }
}
