package dev.weft.expression.call;

import dev.weft.expression.node.Node;
import dev.weft.expression.path.Paths;
import dev.weft.expression.value.Callee;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code $f(a, b)}. */
public final class CallNode extends Node {

    final Node procedure;
    final List<Node> arguments;
    final @Nullable String name;

    public CallNode(int position, Node procedure, List<Node> arguments, @Nullable String name) {
        super(position);
        this.procedure = procedure;
        this.arguments = arguments;
        this.name = name;
    }

    @Override
    protected @Nullable Object value(@Nullable Object input, NameScope scope) {
        return call(input, scope, new ArrayList<>(arguments.size()));
    }

    /** @param values those that stand before the written ones */
    @Nullable
    Object call(@Nullable Object input, NameScope scope, List<@Nullable Object> values) {
        var callee = procedure(input, scope, "T1005");
        // Whether this is a function at all (T1006) is checked only after the arguments are evaluated, so their faults
        // come first, as in the reference.
        for (var argument : arguments) {
            values.add(argument.evaluate(input, scope));
        }
        try {
            return callee(callee).apply(values, input, scope);
        } catch (ExpressionFault e) {
            throw e.at(position, name);
        }
    }

    @Nullable
    Object procedure(@Nullable Object input, NameScope scope, String forgotten) {
        var callee = procedure.evaluate(input, scope);
        var first = Nothing.is(callee) ? Paths.firstName(procedure) : null;
        if (first != null && scope.find(first) instanceof Callee) {
            throw ExpressionFault.of(forgotten).at(position, first);
        }
        return callee;
    }

    static Callee callee(@Nullable Object value) {
        if (value instanceof Callee callee) {
            return callee;
        }
        throw ExpressionFault.of("T1006");
    }

    /** As a call at the end of a function, which is made after the function has returned. */
    public Node deferred() {
        return new ThunkNode(this);
    }

    /** As a function of the arguments that are {@link Calls#OPEN}. */
    public Node partial() {
        return new PartialNode(this);
    }
}
