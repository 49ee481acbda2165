package dev.weft.execution.mapping;

import dev.weft.expression.ExpressionBounds;
import dev.weft.execution.sandbox.Sandbox;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where expressions are evaluated, and how long they may take there. */
final class JsonataEngine {

    private static final Duration HERE = Duration.ofSeconds(1);
    private static final int DEPTH_HERE = 400;

    private final Sandbox sandbox;
    private final Clock clock;
    private final Duration apart;

    /** @param apart how long an evaluation in the worker process may take */
    JsonataEngine(Sandbox sandbox, Clock clock, Duration apart) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.apart = apart;
    }

    /** In this process: only what is in the linear class. */
    @Nullable
    Object here(ParsedExpression parsed, EvaluationContext context) {
        var bounds = new ExpressionBounds(System.nanoTime() + HERE.toNanos(), DEPTH_HERE);
        return parsed.evaluate(context, bounds, clock);
    }

    /** Here first, and then in the worker process. */
    Duration longest() {
        return HERE.plus(sandbox.longest(apart));
    }

    /** In the worker process. */
    @Nullable
    Object apart(String text, EvaluationContext context) {
        var result = sandbox.run(ExpressionJob.KIND, ExpressionJob.request(text, context), apart);
        return result.containsKey(ExpressionJob.VALUE) ? result.get(ExpressionJob.VALUE) : Undefined.UNDEFINED;
    }
}
