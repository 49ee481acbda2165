package dev.weft.flow.graph;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the syntax of JSONata without evaluating anything. Length and nesting are bounded before the parser sees the
 * text, since it is recursive: 5,000 nested parentheses overflow a thread's stack.
 */
final class ExpressionSyntax {

    private static final int LONGEST = 65_536;
    private static final int DEEPEST = 200;
    private static final Pattern UNCOUNTED_BRACE = Pattern.compile("(?<!\\\\)\\{(?!\\d+(?:,\\d*)?\\})([^{}]*)\\}");

    private ExpressionSyntax() {}

    /** What is wrong with the expression; empty when it is well-formed. */
    public static Optional<String> fault(String expression) {
        if (expression.length() > LONGEST) {
            return Optional.of("An expression has at most " + LONGEST + " characters.");
        }
        if (depth(expression) > DEEPEST) {
            return Optional.of("An expression is nested at most " + DEEPEST + " deep.");
        }
        try {
            Jsonata.jsonata(expression);
            return Optional.empty();
        } catch (JException e) {
            return Optional.of("This is not JSONata: " + message(e));
        } catch (StackOverflowError e) {
            return Optional.of("The expression is nested too deeply.");
        } catch (PatternSyntaxException e) {
            return withLiteralBraces(expression, e.getPattern());
        } catch (RuntimeException e) {
            // The parser fails on some malformed texts with an exception of Java itself.
            return Optional.of("This is not JSONata.");
        }
    }

    /**
     * The parser has Java compile regular expressions, which takes each brace for a quantifier. They are JavaScript's,
     * where a brace that counts nothing stands for itself.
     */
    private static Optional<String> withLiteralBraces(String expression, String pattern) {
        var literal = UNCOUNTED_BRACE.matcher(pattern).replaceAll("\\\\{$1\\\\}");
        var read = expression.replace("/" + pattern + "/", "/" + literal + "/");
        return read.equals(expression)
                ? Optional.of("This is not JSONata: the regular expression /" + pattern + "/ can not be read.")
                : fault(read);
    }

    private static String message(JException e) {
        var message = e.getDetailedErrorMessage();
        return message == null ? e.toString() : message.strip();
    }

    /** The largest number of brackets open at one place; brackets in strings count too, which does no harm. */
    private static int depth(String expression) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < expression.length(); i++) {
            switch (expression.charAt(i)) {
                case '(', '[', '{' -> deepest = Math.max(deepest, ++depth);
                case ')', ']', '}' -> depth--;
                default -> {}
            }
        }
        return deepest;
    }

    /** Walks a value whose strings are JSONata and whose other values are literal. */
    static void check(@Nullable Object value, String path, GraphFaults faults) {
        switch (value) {
            case String text -> fault(text).ifPresent(detail -> faults.add(path, detail));
            case Map<?, ?> object ->
                object.forEach((name, member) -> check(member, path + GraphFaults.part(String.valueOf(name)), faults));
            case List<?> array -> {
                for (int i = 0; i < array.size(); i++) {
                    check(array.get(i), path + "/" + i, faults);
                }
            }
            case null, default -> {}
        }
    }
}
