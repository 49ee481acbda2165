package dev.weft.expression.operation;

import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Texts;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import org.jspecify.annotations.Nullable;

/** {@code a & b}. */
final class ConcatenationNode extends BinaryNode {

    ConcatenationNode(int position, Node left, Node right) {
        super(position, left, right);
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var a = text(left.evaluate(input, scope), scope);
        var b = text(right.evaluate(input, scope), scope);
        // The length is judged before the text is made: one that doubles itself fills the memory within thirty
        // turns.
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        scope.run.makeText((long) a.length() + b.length());
        return a.concat(b);
    }

    private String text(@Nullable Object value, NameScope scope) {
        if (Nothing.is(value)) {
            return "";
        }
        try {
            return value instanceof String text ? text : Texts.of(value, false, scope.run);
        } catch (ExpressionFault e) {
            throw e.at(position, "&");
        }
    }
}
