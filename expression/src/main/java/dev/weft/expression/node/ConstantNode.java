package dev.weft.expression.node;

import dev.weft.expression.value.NameScope;
import org.jspecify.annotations.Nullable;

/** A constant: text, number, boolean, null or regular expression. */
public final class ConstantNode extends Node {

    final @Nullable Object value;

    public ConstantNode(int position, @Nullable Object value) {
        super(position);
        this.value = value;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        return value;
    }
}
