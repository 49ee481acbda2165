package dev.weft.expression.call;

import dev.weft.expression.value.DeferredCall;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** A call at the end of a function, not yet made. */
record Thunk(CallNode node, @Nullable Object input, NameScope scope) implements DeferredCall {

    @Override
    public @Nullable Object call(@Nullable Object context, NameScope caller) {
        var callee = node.procedure.evaluate(input, scope);
        var values = new ArrayList<@Nullable Object>(node.arguments.size());
        for (var argument : node.arguments) {
            values.add(argument.evaluate(input, scope));
        }
        try {
            // What comes back may be the next call at an end; it is left to the loop that has asked, since apply
            // would grow the stack.
            return CallNode.callee(callee).call(values, context, caller);
        } catch (ExpressionFault e) {
            throw e.at(node.position, node.name);
        }
    }
}
