package dev.weft.execution.mapping;

import dev.weft.expression.ExpressionFault;
import dev.weft.expression.ExpressionOverrun;
import dev.weft.execution.sandbox.SandboxUnavailable;
import dev.weft.execution.step.StepFailure;
import dev.weft.execution.step.StepUnavailable;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata text. In the linear class and with an input of usual size it is evaluated here, else, or when it takes
 * longer than it should, in the sandbox.
 */
final class JsonataExpression implements Expression {

    static final String FAILURE = "JSONataError";
    /** Parts of the input times references to it: what may be made of them before it is copied within bounds. */
    private static final long PRODUCT = 4_000_000;

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
            if (parsed.isRoot()) {
                return PlainValues.copy(context.message().body());
            }
            if (references >= 0 && references * context.size().parts() <= PRODUCT) {
                return engine.here(parsed, context);
            }
        } catch (ExpressionFault e) {
            throw new StepFailure(FAILURE, e.text());
        } catch (ExpressionOverrun _) {
            // Within its class, but too much for this process after all.
        }
        return inSandbox(context);
    }

    @Override
    public Optional<Set<String>> passthroughNames() {
        return names;
    }

    boolean isLinear() {
        return references >= 0;
    }

    private @Nullable Object inSandbox(EvaluationContext context) {
        try {
            return engine.apart(text, context);
        } catch (SandboxUnavailable e) {
            throw new StepUnavailable(e);
        }
    }
}
