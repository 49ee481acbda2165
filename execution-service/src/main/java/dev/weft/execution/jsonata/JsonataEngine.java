package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionOverrun;
import dev.weft.sandbox.message.ExpressionJob;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Where expressions are evaluated, and how long they may take there. */
final class JsonataEngine {

    private static final Duration HERE = Duration.ofSeconds(1);
    private static final int DEPTH_HERE = 400;
    private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    /** After an expression that took too long here. */
    private static final Duration ALL_APART = Duration.ofMinutes(10);

    private final Sandbox sandbox;
    private final Clock clock;
    private final Duration apart;
    private final EvaluationThreads threads = new EvaluationThreads(THREADS);
    private final HeavyFlows heavy = new HeavyFlows(ALL_APART);

    /** @param apart how long an evaluation in the worker process may take */
    JsonataEngine(Sandbox sandbox, Clock clock, Duration apart) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.apart = apart;
    }

    /** At once: only what does no more than read a message of usual size. */
    @Nullable
    Object here(ParsedExpression parsed, EvaluationContext context) {
        var bounds = new ExpressionBounds(System.nanoTime() + HERE.toNanos(), DEPTH_HERE);
        return parsed.evaluate(context, bounds, clock);
    }

    /** Whether the expressions of the flow that is worked for may be evaluated in this process. */
    boolean takes() {
        return threads.mayTake() && !heavy.contains(flow());
    }

    /**
     * In this process, on a thread that is watched: only what is in the linear class.
     *
     * @throws NotHere when it takes too long
     */
    @Nullable
    Object watched(ParsedExpression parsed, EvaluationContext context) throws NotHere {
        var flow = flow();
        try {
            return threads.call(Sandbox.TENANT.orElse(""), HERE, () -> here(parsed, context));
        } catch (TimeoutException | ExpressionOverrun _) {
            heavy.add(flow);
            throw new NotHere();
        }
    }

    private static String flow() {
        return Expressions.WORK.isBound() ? Expressions.WORK.get().flowId() : "";
    }

    /** Before what may take long. */
    void requireTime() {
        if (Expressions.WORK.isBound()) {
            Expressions.WORK.get().requireTime();
        }
    }

    /** Threads that were given up with an expression that has not ended. */
    int lostThreads() {
        return threads.lost();
    }

    void close() {
        threads.close();
    }

    /** Here first, and then in the worker process. */
    Duration longest() {
        return EvaluationThreads.longest(HERE).plus(sandbox.longest(apart));
    }

    /** In the worker process. */
    @Nullable
    Object apart(String text, EvaluationContext context) {
        var result = sandbox.run(ExpressionJob.KIND, ExpressionJob.request(text, context), apart);
        return result.containsKey(ExpressionJob.VALUE) ? result.get(ExpressionJob.VALUE) : Undefined.UNDEFINED;
    }
}
