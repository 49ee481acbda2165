package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Expression;
import dev.weft.execution.sandbox.SandboxUnavailable;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepUnavailable;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.sandbox.message.ExpressionJob;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An expression in JSONata. One that only reads a message of usual size is evaluated at once, as long as all such
 * evaluations on the message take little time. One of the linear class is evaluated on a watched thread. All others,
 * and those that take longer or make more than they may, are evaluated in the sandbox.
 */
final class JsonataExpression implements Expression {

    static final String FAILURE = ExpressionJob.FAILURE;
    private static final Logger log = LoggerFactory.getLogger(JsonataExpression.class);
    /** Parts of the input times references to it: what may be made of them before it is copied within bounds. */
    private static final long PRODUCT = 4_000_000;
    /**
     * Parts of an input in which texts are looked for here, some 60,000 characters: the JDK does so without a stop, and a
     * thread that can not be stopped keeps all others from going on after a collection of garbage.
     */
    private static final long SEARCHED = 1_000;
    /** The same as {@link #PRODUCT}, of what is read in less time than another thread would take to begin. */
    private static final long SMALL = 20_000;

    private final String text;
    private final ParsedExpression parsed;
    private final JsonataEngine engine;
    private final int references;
    private final Optional<Set<String>> names;

    JsonataExpression(String text, JsonataEngine engine) {
        this.text = text;
        this.engine = engine;
        this.parsed = ParsedExpression.parse(text);
        this.references = parsed.references();
        this.names = parsed.passthroughNames();
    }

    @Override
    public @Nullable Object evaluate(EvaluationContext context) {
        try {
            // Negative for an expression outside the linear class, which both conditions below exclude. Only the size
            // of the message is measured: measuring its copy would cost as much as copying, and each further copy
            // counts in the clock.
            var cost = parsed.isRoot() ? 0 : references * context.size().parts();
            if (parsed.isPlain() && cost <= SMALL) {
                var now = System.nanoTime();
                if (engine.mayStay(context, now)) {
                    return engine.here(parsed, context, now);
                }
            }
            return elsewhere(context, cost);
        } catch (ExpressionFault e) {
            // A fault of ours: the author gets one sentence, the log the stack.
            if (e.getCause() != null) {
                log.error("An expression met a fault of the evaluator", e.getCause());
            }
            throw StepFailure.of(FAILURE, e.text(), e.isQuoting());
        } catch (NotHere _) {
            // In the linear class, but too slow for the message's own thread.
            return apart(context);
        }
    }

    /** On another thread, or in another process, as long as the time of the delivery is not over. */
    private @Nullable Object elsewhere(EvaluationContext context, long cost) {
        engine.requireTime();
        var begun = System.nanoTime();
        try {
            if (references >= 0 && cost <= PRODUCT && isShort(context) && engine.takes()) {
                return engine.watched(parsed, context);
            }
        } catch (NotHere _) {
            // In the linear class, but too slow or too large for this process.
        } finally {
            context.waited(System.nanoTime() - begun);
        }
        return apart(context);
    }

    private @Nullable Object apart(EvaluationContext context) {
        var begun = System.nanoTime();
        try {
            return engine.apart(text, context);
        } catch (SandboxUnavailable e) {
            throw new StepUnavailable(e);
        } finally {
            context.waited(System.nanoTime() - begun);
        }
    }

    private boolean isShort(EvaluationContext context) {
        return !parsed.searches() || context.size().parts() <= SEARCHED;
    }

    @Override
    public Optional<Set<String>> passthroughNames() {
        return names;
    }

    boolean isLinear() {
        return references >= 0;
    }
}
