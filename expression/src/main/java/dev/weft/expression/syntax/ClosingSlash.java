package dev.weft.expression.syntax;

import dev.weft.expression.value.ExpressionFault;

/** Finds the slash that ends a regular expression within an expression. */
final class ClosingSlash {

    private ClosingSlash() {}

    /** The next slash that is neither escaped nor in brackets. */
    static int find(String text, int open) {
        var depth = 0;
        for (var i = open + 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '/' && depth == 0 && !isEscaped(text, i)) {
                return i;
            }
            // The reference looks at one backslash before a bracket, but counts all before a slash. The literal
            // must end here where it ends there.
            if (text.charAt(i - 1) != '\\') {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            }
        }
        throw ExpressionFault.of("S0302").at(text.length(), null);
    }

    private static boolean isEscaped(String text, int slash) {
        var count = 0;
        while (text.charAt(slash - count - 1) == '\\') {
            count++;
        }
        return count % 2 == 1;
    }
}
