package dev.weft.execution.mapping;

import com.dashjoin.jsonata.Jsonata;
import dev.weft.execution.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where expressions are evaluated, and what they may use there. */
final class JsonataEngine {

    private static final Duration HERE = Duration.ofSeconds(1);
    private static final int DEPTH_HERE = 400;
    private static final Duration APART = Duration.ofSeconds(5);

    private final Sandbox sandbox;
    private final Jsonata.Frame functions;

    JsonataEngine(Sandbox sandbox, Clock clock) {
        this.sandbox = sandbox;
        this.functions = BoundedFunctions.scope(clock);
    }

    /** In this process: only what is in the linear class. */
    @Nullable
    Object here(ParsedExpression parsed, EvaluationContext context, boolean mayChange) {
        var bounds = new ExpressionBounds(functions, System.nanoTime() + HERE.toNanos(), DEPTH_HERE);
        return parsed.evaluate(context, context.root(mayChange), bounds);
    }

    /** In the worker process. */
    @Nullable
    Object apart(String text, EvaluationContext context) {
        var result = sandbox.run(ExpressionJob.KIND, ExpressionJob.request(text, context), APART);
        return result.containsKey(ExpressionJob.VALUE) ? result.get(ExpressionJob.VALUE) : Undefined.UNDEFINED;
    }
}
