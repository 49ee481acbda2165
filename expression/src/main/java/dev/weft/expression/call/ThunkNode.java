package dev.weft.expression.call;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import org.jspecify.annotations.Nullable;

/** The node of a tail call; evaluates to a {@link Thunk}. */
final class ThunkNode extends Node {

    private final CallNode call;

    ThunkNode(CallNode call) {
        super(call.position);
        this.call = call;
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        return new Thunk(call, input, scope);
    }
}
