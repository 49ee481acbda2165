package dev.weft.execution.jsonata;

import dev.weft.execution.mapping.EvaluationContext;
import dev.weft.execution.mapping.Undefined;
import dev.weft.expression.Program;
import dev.weft.expression.syntax.SyntaxNode;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import dev.weft.expression.value.Nothing;
import dev.weft.sandbox.message.MessageEvaluation;
import dev.weft.sandbox.message.PlainValues;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An expression after parsing: its cost, the steps that it refers to, and its evaluation in this process. */
final class ParsedExpression {

    private static final int LINEAR_NESTING = 200;
    /** As deep as a walk over all may go on any thread. */
    private static final int NESTING = 400;

    private static final Set<String> SEARCHING =
            Set.of("contains", "split", "replace", "substringBefore", "substringAfter");

    private final Program program;
    private final int references;
    private final Optional<Set<String>> passthroughNames;
    private final boolean root;
    private final boolean plain;
    private final boolean searches;

    private ParsedExpression(SyntaxNode syntax) {
        // First, since it refuses what is nested too deeply for the analyses below.
        this.program = Program.of(syntax);
        this.references = isDeep(syntax, LINEAR_NESTING) ? -1 : LinearClass.references(syntax);
        // If one of these analyses fails, the expression is still evaluated: they only make it quicker.
        this.passthroughNames =
                references < 0 && isDeep(syntax, NESTING) ? Optional.empty() : PassthroughNames.of(syntax);
        this.searches = references >= 0 && searches(syntax);
        this.plain = references >= 0 && PlainReads.is(syntax);
        this.root = syntax.is("variable", "")
                && syntax.filters().isEmpty()
                && syntax.group().isEmpty();
    }

    /** @throws IllegalArgumentException with the position when it is no expression */
    static ParsedExpression parse(String text) {
        try {
            return new ParsedExpression(SyntaxNode.parse(text));
        } catch (ExpressionFault e) {
            throw new IllegalArgumentException(e.text(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("The expression is nested too deeply.", e);
        }
    }

    /** See {@link LinearClass#references}; what is nested deeply needs more stack than there is here. */
    int references() {
        return references;
    }

    Optional<Set<String>> passthroughNames() {
        return passthroughNames;
    }

    /** Whether it looks for one text in another: what that costs may grow with the product of their lengths. */
    boolean searches() {
        return searches;
    }

    private static boolean searches(SyntaxNode node) {
        var procedure = node.procedure();
        return (procedure != null && SEARCHING.contains(String.valueOf(procedure.value())))
                || node.children().stream().anyMatch(ParsedExpression::searches);
    }

    /** See {@link PlainReads}. */
    boolean isPlain() {
        return plain;
    }

    /** It is the body as it is. */
    boolean isRoot() {
        return root;
    }

    /**
     * Evaluates within bounds.
     *
     * @throws ExpressionFault   when it has no value for this input
     * @throws ExpressionOverrun when the time is over, or it makes too much
     */
    @Nullable
    Object evaluate(EvaluationContext context, ExpressionBounds bounds, Clock clock) {
        if (root) {
            return PlainValues.copy(context.message().body(), bounds);
        }
        var value = MessageEvaluation.of(program, context, bounds, clock);
        return Nothing.is(value) ? Undefined.UNDEFINED : value;
    }

    /** Whether there are more levels than so many; no deeper than those is looked. */
    private static boolean isDeep(SyntaxNode node, int levels) {
        for (var child : node.children()) {
            if (levels == 0 || isDeep(child, levels - 1)) {
                return true;
            }
        }
        return false;
    }
}
