package dev.weft.expression.call;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code a ~> $f} and {@code a ~> $f(b)}: {@code a} becomes the function's first argument; with two functions, their
 * composition.
 */
final class ApplyNode extends Node {

    private final Node left;
    private final Node right;

    ApplyNode(int position, Node left, Node right) {
        super(position);
        this.left = left;
        this.right = right;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        var value = left.evaluate(input, scope);
        // The left side becomes the first argument of the call that is written there: a ~> f(b) is f(a, b), and
        // f(b) alone is never called.
        if (right instanceof CallNode call) {
            var values = new ArrayList<@Nullable Object>();
            values.add(value);
            return call.call(input, scope, values);
        }
        if (!(right.evaluate(input, scope) instanceof Callee callee)) {
            throw ExpressionFault.of("T2006").at(position, "~>");
        }
        if (value instanceof Callee first) {
            return new Composition(first, callee);
        }
        try {
            // List.of would refuse null, which is a value of the language.
            return callee.apply(Arrays.asList(value), null, scope);
        } catch (ExpressionFault e) {
            throw e.at(position, null);
        }
    }
}
