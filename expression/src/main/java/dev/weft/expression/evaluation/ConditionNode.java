package dev.weft.expression.evaluation;

import dev.weft.expression.node.Node;
import dev.weft.expression.semantics.Values;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import org.jspecify.annotations.Nullable;

/** {@code a ? b : c}. */
final class ConditionNode extends Node {

    private final Node condition;
    private final Node then;
    private final @Nullable Node otherwise;

    ConditionNode(int position, Node condition, Node then, @Nullable Node otherwise) {
        super(position);
        this.condition = condition;
        this.then = then;
        this.otherwise = otherwise;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        if (Values.isTrue(condition.evaluate(input, scope), scope.run)) {
            return then.evaluate(input, scope);
        }
        return otherwise == null ? Nothing.NOTHING : otherwise.evaluate(input, scope);
    }
}
