package dev.weft.execution.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An expression after parsing: what it may cost, what it asks for, and how it is evaluated in this process. */
final class ParsedExpression {

    private static final int LENGTH = 64 * 1024;
    private static final int NESTING = 1_000;
    private static final int LINEAR_NESTING = 200;

    private final Jsonata parsed;
    private final SyntaxNode syntax;
    private final int depth;

    private ParsedExpression(Jsonata parsed, SyntaxNode syntax) {
        this.parsed = parsed;
        this.syntax = syntax;
        this.depth = depth(syntax, 0);
    }

    static ParsedExpression parse(String text) {
        if (text.length() > LENGTH) {
            throw new IllegalArgumentException("An expression has at most " + LENGTH + " characters.");
        }
        try {
            var parsed = Jsonata.jsonata(text);
            return new ParsedExpression(parsed, SyntaxNode.of(parsed));
        } catch (JException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + (e.getLocation() < 0 ? "" : " (at position " + e.getLocation() + ")"), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("The expression is nested too deeply.", e);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            // The parser runs over the end of some unfinished texts.
            throw new IllegalArgumentException("Syntax error: the expression is not complete.", e);
        }
    }

    /** See {@link LinearClass#references}; what is nested deeply needs more stack than there is here. */
    int references() {
        return depth > LINEAR_NESTING ? -1 : LinearClass.references(syntax);
    }

    Optional<Set<String>> passthroughNames() {
        return PassthroughNames.of(syntax);
    }

    /** Whether it groups: then the library may put something into an empty list of its input. */
    boolean groups() {
        return groups(syntax, false);
    }

    boolean isRoot() {
        return syntax.is("variable", "")
                && syntax.filters().isEmpty()
                && syntax.group().isEmpty();
    }

    /**
     * Evaluates within bounds.
     *
     * @throws ExpressionFault   when it has no value for this input
     * @throws ExpressionOverrun when the time is over
     */
    @Nullable
    Object evaluate(EvaluationContext context, @Nullable Object body, ExpressionBounds bounds) {
        var frame = new ExpressionFrame(context, body, bounds);
        try {
            var value = syntax.evaluate(parsed, outermost(body), frame);
            return value == null ? Undefined.UNDEFINED : PlainValues.copy(value, context.numbers());
        } catch (Throwable e) {
            throw failure(e);
        }
    }

    private static @Nullable Object outermost(@Nullable Object body) {
        if (body instanceof List<?> && Utils.createSequence(body) instanceof Utils.JList<?> wrapped) {
            wrapped.outerWrapper = true;
            return wrapped;
        }
        return body;
    }

    /** The library wraps what functions throw, and lets its own slips through as they are. */
    private static RuntimeException failure(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ExpressionFault fault -> {
                    return fault;
                }
                case ExpressionOverrun overrun -> {
                    return overrun;
                }
                case JException fault -> {
                    return new ExpressionFault(String.valueOf(fault.getMessage()));
                }
                case StackOverflowError _ -> {
                    return new ExpressionFault("The expression recurses too deeply.");
                }
                case VirtualMachineError error -> throw error;
                default -> {}
            }
        }
        return new ExpressionFault("The expression has no value for this input: " + thrown.getMessage());
    }

    private static int depth(SyntaxNode node, int above) {
        if (above > NESTING) {
            throw new IllegalArgumentException("The expression is nested too deeply.");
        }
        var deepest = above;
        for (var child : node.children()) {
            deepest = Math.max(deepest, depth(child, above + 1));
        }
        return deepest;
    }

    private static boolean groups(SyntaxNode node, boolean inPath) {
        return !node.group().isEmpty()
                || (inPath && node.is("unary", "{"))
                || node.children().stream()
                        .anyMatch(child -> groups(child, inPath || node.type().equals("path")));
    }
}
