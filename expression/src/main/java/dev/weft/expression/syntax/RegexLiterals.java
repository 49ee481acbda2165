package dev.weft.expression.syntax;

import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What must be known of the text of an expression before it is parsed: its regular expressions, and how deep it nests.
 * The parser would read the regular expressions as Java's, so it is given others of the same length in their places.
 * The first character of each tells its place in the list of the real ones.
 *
 * @param text    the expression with those
 * @param regexes the real ones
 * @param levels  how deep it nests, at most: what is open at a place, and the operators before it in each of those
 */
record RegexLiterals(String text, List<Regex> regexes, int levels) {

    private static final char FIRST = '\uE000';
    // The private use area, whose characters stand for the places in the list, has 6,400 from the first on.
    private static final int MOST = 6_000;
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final Set<String> WORDS = Set.of("and", "or", "in");

    static RegexLiterals of(String text) {
        return new Scan(text).literals();
    }

    /** The one that stands for what the parser has read. */
    Regex find(String read) {
        var place = read.isEmpty() ? -1 : read.charAt(0) - FIRST;
        if (place < 0 || place >= regexes.size()) {
            // The parser takes a slash for the begin of one that is none to the scan.
            throw ExpressionFault.of("S0302");
        }
        return regexes.get(place);
    }

    private static final class Scan {
        private final String text;
        private final StringBuilder out;
        private final List<Regex> regexes = new ArrayList<>();
        private final Deque<Integer> open = new ArrayDeque<>(List.of(0));
        private int depth;
        private int deepest;
        private int at;
        /** Behind a value a slash divides. */
        private boolean afterValue;

        private Scan(String text) {
            this.text = text;
            this.out = new StringBuilder(text);
        }

        private RegexLiterals literals() {
            while (at < text.length()) {
                token();
            }
            return new RegexLiterals(out.toString(), List.copyOf(regexes), deepest);
        }

        private void token() {
            var c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("/*", at)) {
                var end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw ExpressionFault.of("S0106").at(at, null);
                }
                // The parser runs over the end of the text when a comment is the last in it.
                for (; at < end + 2; at++) {
                    out.setCharAt(at, ' ');
                }
            } else if (c == '/' && !afterValue) {
                regex();
            } else if (c == '"' || c == '\'') {
                quoted(c);
            } else if (c == '`') {
                // A name in backquotes has no escapes, so the next backquote ends it.
                var end = text.indexOf('`', at + 1);
                at = end < 0 ? text.length() : end + 1;
                afterValue = true;
            } else if (OPERATORS.indexOf(c) >= 0) {
                at++;
                nest(c);
                // A star or percent sign is a value where one is expected.
                afterValue = c == ')' || c == ']' || c == '}' || ((c == '*' || c == '%') && !afterValue);
            } else {
                word();
            }
        }

        private void nest(char operator) {
            switch (operator) {
                case '(', '[', '{' -> {
                    deepen();
                    open.addLast(0);
                }
                case ')', ']', '}' -> {
                    if (open.size() > 1) {
                        depth -= open.removeLast();
                    }
                }
                case ',', ';' -> {
                    depth -= open.removeLast();
                    open.addLast(0);
                }
                default -> deepen();
            }
        }

        /** One level more until the next comma: what follows an operator may lie below it, and so may what stands before it. */
        private void deepen() {
            open.addLast(open.removeLast() + 1);
            depth++;
            deepest = Math.max(deepest, depth);
        }

        private void quoted(char quote) {
            at++;
            while (at < text.length() && text.charAt(at) != quote) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
            afterValue = true;
        }

        private void word() {
            var start = at;
            while (at < text.length()
                    && !Character.isWhitespace(text.charAt(at))
                    && OPERATORS.indexOf(text.charAt(at)) < 0) {
                at++;
            }
            // Where no value stands before them, "and", "or" and "in" are names of members.
            var isOperator = afterValue && WORDS.contains(text.substring(start, at));
            if (isOperator) {
                deepen();
            }
            afterValue = !isOperator;
        }

        private void regex() {
            var start = at;
            var end = end();
            var flags = end + 1;
            while (flags < text.length() && (text.charAt(flags) == 'i' || text.charAt(flags) == 'm')) {
                flags++;
            }
            if (end == start + 1) {
                throw ExpressionFault.of("S0301").at(end, null);
            }
            if (regexes.size() == MOST) {
                throw ExpressionFault.bound("The expression has too many regular expressions.");
            }
            try {
                regexes.add(
                        new Regex(RegexSyntax.compile(text.substring(start + 1, end), text.substring(end + 1, flags))));
            } catch (ExpressionFault e) {
                throw e.at(start, null);
            }
            out.setCharAt(start + 1, (char) (FIRST + regexes.size() - 1));
            // Pattern and flags are filled up to the same length, so that positions in faults are those of the author's
            // text.
            for (var i = start + 2; i < flags - 1; i++) {
                out.setCharAt(i, 'x');
            }
            out.setCharAt(flags - 1, '/');
            at = flags;
            afterValue = true;
        }

        /** The next slash that is neither escaped nor in brackets. */
        private int end() {
            var depth = 0;
            for (var i = at + 1; i < text.length(); i++) {
                var c = text.charAt(i);
                if (c == '/' && depth == 0 && !isEscaped(i)) {
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

        private boolean isEscaped(int slash) {
            var count = 0;
            while (text.charAt(slash - count - 1) == '\\') {
                count++;
            }
            return count % 2 == 1;
        }
    }
}
