package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import org.jspecify.annotations.Nullable;

/** {@code a + b}, and the other operators of numbers. */
final class ArithmeticNode extends BinaryNode {

    private final char operator;

    ArithmeticNode(int position, char operator, Node left, Node right) {
        super(position, left, right);
        this.operator = operator;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        var a = left.evaluate(input, scope);
        var b = right.evaluate(input, scope);
        // Types are checked before a missing value makes the result nothing: a text with a missing value is a fault
        // too.
        if (!isOperand(a)) {
            throw fault("T2001", a);
        }
        if (!isOperand(b)) {
            throw fault("T2002", b);
        }
        if (!(a instanceof Number one) || !(b instanceof Number two)) {
            return Nothing.NOTHING;
        }
        // An overflow is no fault here: as in the reference, it is found where the number is used next.
        var x = one.doubleValue();
        var y = two.doubleValue();
        return switch (operator) {
            case '+' -> x + y;
            case '-' -> x - y;
            case '*' -> x * y;
            case '/' -> x / y;
            default -> x % y;
        };
    }

    private boolean isOperand(@Nullable Object value) {
        try {
            return Nothing.is(value) || Numbers.isNumber(value);
        } catch (ExpressionFault e) {
            throw e.at(position, String.valueOf(operator));
        }
    }

    private ExpressionFault fault(String code, @Nullable Object value) {
        return ExpressionFault.of(code, value).at(position, String.valueOf(operator));
    }
}
