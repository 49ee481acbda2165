package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import dev.weft.expression.value.Sequence;
import org.jspecify.annotations.Nullable;

/** {@code a..b}. */
final class RangeNode extends BinaryNode {

    private static final double MOST = 1e7;

    RangeNode(int position, Node left, Node right) {
        super(position, left, right);
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var a = left.evaluate(input, scope);
        var b = right.evaluate(input, scope);
        if (!isEnd(a)) {
            throw ExpressionFault.of("T2003", a).at(position, "..");
        }
        if (!isEnd(b)) {
            throw ExpressionFault.of("T2004", b).at(position, "..");
        }
        if (!(a instanceof Number one) || !(b instanceof Number two) || one.doubleValue() > two.doubleValue()) {
            return Nothing.NOTHING;
        }
        var size = two.doubleValue() - one.doubleValue() + 1;
        if (size > MOST) {
            throw ExpressionFault.of("D2014", size).at(position, "..");
        }
        // In the reference a range is a sequence, so a range of one number is that number.
        return size == 1 ? Sequence.found(a) : new NumberRange(one.longValue(), (int) size);
    }

    private static boolean isEnd(@Nullable Object value) {
        return Nothing.is(value) || (value instanceof Number number && Numbers.isWhole(number.doubleValue()));
    }
}
