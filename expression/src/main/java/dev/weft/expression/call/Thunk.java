package dev.weft.expression.call;

import dev.weft.expression.value.DeferredCall;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A tail call: a call at the end of a function, which has not been made yet. */
record Thunk(CallNode node, @Nullable Object input, NameScope scope) implements DeferredCall {

    @Override
    public @Nullable Object call(@Nullable Object context, NameScope caller) {
        var callee = node.procedure.evaluate(input, scope);
        var values = new ArrayList<@Nullable Object>(node.arguments.size());
        for (var argument : node.arguments) {
            values.add(argument.evaluate(input, scope));
        }
        try {
            // The result may be the next tail call; it is left to the loop in Callee, since apply would make the stack
            // grow.
            return CallNode.callee(callee).call(values, context, caller);
        } catch (ExpressionFault e) {
            throw e.at(node.position, node.name);
        }
    }
}
