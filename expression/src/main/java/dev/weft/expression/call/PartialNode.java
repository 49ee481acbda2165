package dev.weft.expression.call;

import dev.weft.expression.node.Node;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** {@code $f(?, 2)}: a partial application. */
final class PartialNode extends Node {

    private final CallNode call;

    /** @param call its arguments are constants of {@link Calls#OPEN} where the question marks stand */
    PartialNode(CallNode call) {
        super(call.position);
        this.call = call;
    }

    @Override
    protected Object value(@Nullable Object input, NameScope scope) {
        var values = new ArrayList<@Nullable Object>(call.arguments.size());
        // Here the arguments are evaluated before the function, unlike in a call, as in the reference.
        for (var argument : call.arguments) {
            values.add(argument.evaluate(input, scope));
        }
        if (call.procedure(input, scope, "T1007") instanceof Callee callee) {
            return new PartialCall(callee, values);
        }
        throw ExpressionFault.of("T1008").at(position, call.name);
    }
}
