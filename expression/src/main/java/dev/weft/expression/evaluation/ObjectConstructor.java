package dev.weft.expression.evaluation;

import dev.weft.expression.node.Grouping;
import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import org.jspecify.annotations.Nullable;

/** {@code {..}}. */
final class ObjectConstructor extends Node {

    private final Grouping pairs;

    ObjectConstructor(int position, Grouping pairs) {
        super(position);
        this.pairs = pairs;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        return pairs.apply(input, scope);
    }
}
