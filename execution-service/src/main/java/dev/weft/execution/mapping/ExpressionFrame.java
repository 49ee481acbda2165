package dev.weft.execution.mapping;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The outermost scope of one evaluation: what only this message has, and the bounds, which the evaluator asks for by
 * name at every node. A look-up here is cheaper than binding all of it anew for each message.
 */
final class ExpressionFrame extends Jsonata.Frame implements Jsonata.EntryCallback, Jsonata.ExitCallback {

    /** Reading the clock at each node would cost as much as most nodes do. */
    private static final int NODES_BETWEEN_LOOKS = 15;

    private static final int TEXT = 16 << 20;

    private final EvaluationContext context;
    private final @Nullable Object root;
    private final ExpressionBounds bounds;
    private int visited;
    private int depth;

    ExpressionFrame(EvaluationContext context, @Nullable Object root, ExpressionBounds bounds) {
        super(bounds.functions());
        this.context = context;
        this.root = root;
        this.bounds = bounds;
    }

    @Override
    public @Nullable Object lookup(String name) {
        return switch (name) {
            case "__evaluate_entry", "__evaluate_exit" -> this;
            case "$" -> root;
            case "msg" -> context.computable().whole();
            case "getPassthrough" -> function(context.computable().passthrough());
            case "getFlowVariables" -> function(context.variables());
            default -> super.lookup(name);
        };
    }

    @Override
    public void callback(Parser.Symbol node, Object input, Jsonata.Frame environment) {
        if (++depth > bounds.depth()) {
            throw new ExpressionFault("The expression recurses too deeply.");
        }
        if ((++visited & NODES_BETWEEN_LOOKS) == 0 && System.nanoTime() - bounds.deadline() > 0) {
            throw new ExpressionOverrun();
        }
    }

    @Override
    public void callback(Parser.Symbol node, Object input, Jsonata.Frame environment, Object result) {
        depth--;
        if (result instanceof String text && text.length() > TEXT) {
            throw new ExpressionFault("A text in the expression grows too long.");
        }
    }

    private static Jsonata.JFunction function(Object result) {
        return new Jsonata.JFunction((input, arguments) -> result, null);
    }
}
