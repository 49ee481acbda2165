package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import org.jspecify.annotations.Nullable;

/** {@code a < b}, and the other orders. */
final class ComparisonNode extends BinaryNode {

    private final String operator;

    ComparisonNode(int position, String operator, Node left, Node right) {
        super(position, left, right);
        this.operator = operator;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        var a = left.evaluate(input, scope);
        var b = right.evaluate(input, scope);
        if (!isComparable(a) || !isComparable(b)) {
            throw ExpressionFault.of("T2010", isComparable(a) ? b : a).at(position, operator);
        }
        if (Nothing.is(a) || Nothing.is(b)) {
            return Nothing.NOTHING;
        }
        if (a instanceof Number x && b instanceof Number y) {
            return compare(x.doubleValue(), y.doubleValue());
        }
        if (a instanceof String x && b instanceof String y) {
            // Texts compare by their UTF-16 units as in JavaScript; a collator would order them otherwise in each
            // language.
            return compare(x.compareTo(y), 0);
        }
        throw ExpressionFault.of("T2009", a, b).at(position, operator);
    }

    private boolean compare(double x, double y) {
        return switch (operator) {
            case "<" -> x < y;
            case "<=" -> x <= y;
            case ">" -> x > y;
            default -> x >= y;
        };
    }

    private static boolean isComparable(@Nullable Object value) {
        return value instanceof Number || value instanceof String || Nothing.is(value);
    }
}
