package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Numbers;
import org.jspecify.annotations.Nullable;

/** {@code -x}. */
final class NegationNode extends Node {

    private final Node operand;

    NegationNode(int position, Node operand) {
        super(position);
        this.operand = operand;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        var value = operand.evaluate(input, scope);
        if (Nothing.is(value)) {
            return value;
        }
        if (!(value instanceof Number number) || !Numbers.isNumber(number)) {
            throw ExpressionFault.of("D1002", value).at(position, "-");
        }
        return -number.doubleValue();
    }
}
