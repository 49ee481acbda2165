package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Equality;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code a in b}. */
final class MembershipNode extends BinaryNode {

    MembershipNode(int position, Node left, Node right) {
        super(position, left, right);
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var a = left.evaluate(input, scope);
        var b = right.evaluate(input, scope);
        if (Nothing.is(a) || Nothing.is(b)) {
            return false;
        }
        if (!(b instanceof List<?> list)) {
            // "in" compares by identity, unlike "=": an object that is only equal is not found, as in the
            // reference.
            return Equality.areSame(a, b);
        }
        for (var element : list) {
            scope.run.step();
            if (Equality.areSame(a, element)) {
                return true;
            }
        }
        return false;
    }
}
