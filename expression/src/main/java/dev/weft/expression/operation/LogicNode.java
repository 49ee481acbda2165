package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import org.jspecify.annotations.Nullable;

/** {@code a and b}, {@code a or b}; what does not matter any more is not evaluated. */
final class LogicNode extends BinaryNode {

    private final boolean both;

    LogicNode(int position, boolean both, Node left, Node right) {
        super(position, left, right);
        this.both = both;
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var first = Values.isTrue(left.evaluate(input, scope), scope.run);
        return first == both ? Values.isTrue(right.evaluate(input, scope), scope.run) : first;
    }
}
