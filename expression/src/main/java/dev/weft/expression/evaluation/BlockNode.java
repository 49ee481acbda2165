package dev.weft.expression.evaluation;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code (a; b; c)}: the last one's value. */
final class BlockNode extends Node {

    private final List<Node> parts;

    BlockNode(int position, List<Node> parts) {
        super(position);
        this.parts = parts;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        var inner = scope.inner();
        @Nullable Object result = Nothing.NOTHING;
        for (var part : parts) {
            result = part.evaluate(input, inner);
        }
        return result;
    }
}
