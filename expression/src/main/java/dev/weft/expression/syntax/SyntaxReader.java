package dev.weft.expression.syntax;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Parser;
import dev.weft.expression.value.ExpressionFault;
import dev.weft.expression.value.Nothing;
import org.jspecify.annotations.Nullable;

/** Parses the text of an expression; exceptions of the library's parser become faults of the expression. */
final class SyntaxReader {

    private static final int LENGTH = 64 * 1024;
    /** See {@link RegexLiterals#levels}. */
    private static final int LEVELS = 1_500;

    private SyntaxReader() {}

    static SyntaxNode read(String text) {
        if (text.length() > LENGTH) {
            throw ExpressionFault.bound("An expression has at most " + LENGTH + " characters.");
        }
        try {
            var scanned = RegexLiterals.of(text);
            if (scanned.levels() > LEVELS) {
                throw ExpressionFault.tooDeep();
            }
            // A new parser each time: a used one still has the labels of the expression before.
            return DeepStack.run(scanned.levels(), () -> new SyntaxNode(new Parser().parse(scanned.text()), scanned));
        } catch (JException e) {
            throw fault(e);
        } catch (StackOverflowError _) {
            throw ExpressionFault.tooDeep();
        } catch (ExpressionFault e) {
            throw e;
        } catch (RuntimeException | Error e) {
            if (e instanceof VirtualMachineError error) {
                throw error;
            }
            if (String.valueOf(e.getMessage()).startsWith("Type parameters")) {
                throw ExpressionFault.of("S0401");
            }
            if (String.valueOf(e.getMessage()).startsWith("Choice groups")) {
                throw ExpressionFault.of("S0402");
            }
            // The parser reads beyond the end of some unfinished texts.
            throw ExpressionFault.of("S0207").at(text.length(), null);
        }
    }

    private static ExpressionFault fault(JException e) {
        var code = e.getError() == null ? "S0201" : e.getError();
        return ExpressionFault.of(code, seen(e.getCurrent()), seen(e.getExpected()))
                .at(e.getLocation(), null);
    }

    private static Object seen(@Nullable Object token) {
        return token == null ? Nothing.NOTHING : String.valueOf(token);
    }
}
