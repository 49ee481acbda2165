package dev.weft.expression.path;

import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import org.jspecify.annotations.Nullable;

/** The name of a member; for an array, the members of its elements. */
final class NameNode extends Node {

    final String name;

    NameNode(int position, String name) {
        super(position);
        this.name = name;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        return Values.find(input, name, scope.run);
    }
}
