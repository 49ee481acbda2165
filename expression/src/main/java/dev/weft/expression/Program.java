package dev.weft.expression;

import dev.weft.expression.definition.CallArguments;
import dev.weft.expression.definition.FunctionSignature;
import dev.weft.expression.definition.Native;
import dev.weft.expression.evaluation.Compiler;
import dev.weft.expression.function.Library;
import dev.weft.expression.node.Node;
import dev.weft.expression.syntax.DeepStack;
import dev.weft.expression.syntax.SyntaxNode;
import dev.weft.expression.value.ExpressionBounds;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.ExpressionOverrun;
import dev.weft.expression.value.NameScope;
import dev.weft.expression.value.Nothing;
import dev.weft.expression.value.Run;
import dev.weft.expression.value.Sequence;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An expression ready to be evaluated; safe for use by several threads. */
public final class Program {

    /** It is here since it reads expressions as this does. */
    private static final Native EVAL = new Native("eval", FunctionSignature.of("<sx?:x>"), 2, Program::eval);

    private final Node node;

    private Program(Node node) {
        this.node = node;
    }

    /** @throws ExpressionFault when it is too deep */
    public static Program of(SyntaxNode syntax) {
        try {
            return DeepStack.run(syntax.levels(), () -> new Program(Compiler.compile(syntax)));
        } catch (ExpressionFault e) {
            throw e;
        } catch (RuntimeException e) {
            throw ExpressionFault.unforeseen(e);
        }
    }

    /**
     * Reads an expression. What passes here can be evaluated: whoever only checks expressions asks this too.
     *
     * @throws ExpressionFault when it is none, or too long or too deep
     */
    public static Program parse(String text) {
        try {
            return of(SyntaxNode.parse(text));
        } catch (StackOverflowError _) {
            throw ExpressionFault.tooDeep();
        }
    }

    /** A function without arguments that gives {@code value}, to be seen under a name. */
    public static Object giving(Object value) {
        return new Native("", FunctionSignature.of("<:x>"), 0, arguments -> value);
    }

    /**
     * Evaluates it.
     *
     * @param root  plain values as JSON has them; not changed
     * @param names what variables mean that the expression does not bind; null for those that it does not know
     * @param clock for {@code $now()}
     * @return plain values, which may share parts with the input, and {@link Nothing}
     * @throws ExpressionFault   when it has no value for this input
     * @throws ExpressionOverrun when the time is over, or it makes too much
     */
    public @Nullable Object evaluate(
            @Nullable Object root, Function<String, @Nullable Object> names, ExpressionBounds bounds, Clock clock) {
        var run = new Run(root, known(names), bounds, clock);
        try {
            return node.evaluate(wrapped(root), NameScope.outermost(run));
        } catch (ExpressionFault e) {
            throw run.ended(e);
        } catch (ExpressionOverrun e) {
            throw e;
            // The limit on depth counts nodes; it knows neither how much stack each one takes, nor how much the
            // caller's thread has left.
        } catch (StackOverflowError _) {
            throw ExpressionFault.bound("The expression recurses too deeply.");
            // If a class's static initializer runs out of stack, the class can never be used again, which Java reports
            // as a LinkageError.
        } catch (RuntimeException | LinkageError e) {
            throw ExpressionFault.unforeseen(e);
        }
    }

    /** Those that are given, and the built-in functions. */
    private static Function<String, @Nullable Object> known(Function<String, @Nullable Object> given) {
        return name -> {
            var value = given.apply(name);
            return value != null ? value : name.equals(EVAL.name()) ? EVAL : Library.find(name);
        };
    }

    /** The text as an expression, which sees what is bound where it is called. */
    private static @Nullable Object eval(CallArguments a) {
        if (a.lacks(0)) {
            return Nothing.NOTHING;
        }
        a.scope().run.readText();
        Node inner;
        try {
            inner = parse(a.text(0)).node;
        } catch (ExpressionFault e) {
            throw ExpressionFault.of("D3120", e.text());
        }
        try {
            return inner.evaluate(a.lacks(1) ? a.context() : wrapped(a.get(1)), a.scope());
        } catch (ExpressionFault e) {
            // D1012 is one of our own limits and concerns the whole evaluation, so it is not reported as a fault of the
            // evaluated text.
            throw e.code().equals("D1012") ? e : ExpressionFault.of("D3121", e.text());
        }
    }

    /** An array at the root is one value: a path must not walk into it at its first step. */
    private static @Nullable Object wrapped(@Nullable Object root) {
        if (root instanceof List<?> && !Sequence.isFound(root)) {
            var wrapper = Sequence.found(root);
            wrapper.wrapsRoot = true;
            return wrapper;
        }
        return root;
    }
}
