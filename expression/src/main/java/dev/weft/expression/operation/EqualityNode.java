package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Equality;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import org.jspecify.annotations.Nullable;

/** {@code a = b} and {@code a != b}. */
final class EqualityNode extends BinaryNode {

    private final boolean wanted;

    EqualityNode(int position, boolean wanted, Node left, Node right) {
        super(position, left, right);
        this.wanted = wanted;
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var a = left.evaluate(input, scope);
        var b = right.evaluate(input, scope);
        // Nothing is neither equal nor unequal: with a missing value != is false as well.
        if (Nothing.is(a) || Nothing.is(b)) {
            return false;
        }
        return Equality.areEqual(a, b, scope.run) == wanted;
    }
}
