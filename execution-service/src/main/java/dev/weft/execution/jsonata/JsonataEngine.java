package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expressions;
import dev.weft.execution.mapping.Undefined;
import dev.weft.execution.record.JsonSize;
import dev.weft.execution.sandbox.Sandbox;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionOverrun;
import dev.weft.sandbox.message.ExpressionJob;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Decides where an expression is evaluated (here, on a watched thread, in the sandbox), how long it may take there, and
 * how much memory it may use.
 */
final class JsonataEngine {

    private static final int DEPTH_HERE = 400;
    private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    /** After an expression that took too long here, or made too much. */
    private static final Duration ALL_APART = Duration.ofMinutes(10);

    /** The result of an evaluation, and the bytes that it made. */
    private record Evaluated(@Nullable Object value, long made) {}

    private final ExpressionWorker worker;
    private final Clock clock;
    private final Duration apart;
    private final Duration longestApart;
    private final EvaluationLimits limits;
    private final long atOnce;
    private final EvaluationThreads threads = new EvaluationThreads(THREADS);
    private final HeavyFlows heavy = new HeavyFlows(ALL_APART, System::nanoTime);

    /**
     * @param apart        how long an evaluation in the worker process may take
     * @param longestApart with all waits for the worker
     */
    JsonataEngine(
            ExpressionWorker worker, Clock clock, Duration apart, Duration longestApart, EvaluationLimits limits) {
        this.worker = worker;
        this.clock = clock;
        this.apart = apart;
        this.longestApart = longestApart;
        this.limits = limits;
        this.atOnce = limits.atOnce().toNanos();
    }

    /**
     * Whether what does no more than read a message of usual size is evaluated at once still: a mapping may have any number of
     * such expressions, each of them quick.
     *
     * @param now of {@link System#nanoTime}
     */
    boolean mayStay(EvaluationContext context, long now) {
        return context.timeAtOnce(now) < atOnce;
    }

    /**
     * At once, on this thread.
     *
     * @param begun of {@link System#nanoTime}
     * @throws NotHere when it takes too long, or makes too much
     */
    @Nullable
    Object here(ParsedExpression parsed, EvaluationContext context, long begun) throws NotHere {
        var bounds = bounds(begun);
        @Nullable Object value;
        try {
            value = parsed.evaluate(context, bounds, clock);
        } catch (ExpressionOverrun _) {
            throw tooMuch();
        }
        Expressions.make(bounds.made());
        return value;
    }

    /** Whether the expressions of the flow that is worked for may be evaluated in this process. */
    boolean takes() {
        return threads.mayTake() && !heavy.contains(flow());
    }

    /**
     * In this process, on a thread that is watched: only what is in the linear class.
     *
     * @throws NotHere when it takes too long, or makes too much
     */
    @Nullable
    Object watched(ParsedExpression parsed, EvaluationContext context) throws NotHere {
        // An evaluation that was given up keeps counting, so it has bounds of its own.
        var evaluated = new AtomicReference<@Nullable Evaluated>();
        try {
            threads.call(Sandbox.TENANT.orElse(""), limits.here(), () -> {
                var bounds = bounds(System.nanoTime());
                evaluated.set(new Evaluated(parsed.evaluate(context, bounds, clock), bounds.made()));
                return null;
            });
        } catch (TimeoutException | ExpressionOverrun _) {
            throw tooMuch();
        }
        var result = Objects.requireNonNull(evaluated.get());
        Expressions.make(result.made());
        return result.value();
    }

    private NotHere tooMuch() {
        var flow = flow();
        // An expression outside of any flow is noted for none.
        if (!flow.isEmpty()) {
            heavy.add(flow);
        }
        return new NotHere();
    }

    private ExpressionBounds bounds(long begun) {
        return new ExpressionBounds(begun + limits.here().toNanos(), DEPTH_HERE, limits.made());
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
        return EvaluationThreads.longest(limits.here()).plus(longestApart);
    }

    /** In the worker process. */
    @Nullable
    Object apart(String text, EvaluationContext context) {
        var result = worker.run(ExpressionJob.KIND, ExpressionJob.request(text, context), apart);
        // Everything in the result is a new copy, also what the expression only passes on.
        Expressions.make(JsonSize.inMemory(result, Long.MAX_VALUE));
        return result.containsKey(ExpressionJob.VALUE) ? result.get(ExpressionJob.VALUE) : Undefined.UNDEFINED;
    }
}
