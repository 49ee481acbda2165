package dev.weft.expression.syntax;

import dev.weft.expression.regex.Regex;
import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Scans the text of an expression token by token, and takes out its regular expressions. */
final class RegexScan {

    // The private use area has 6,400 characters, which stand for indexes in the list.
    private static final int MOST = 6_000;
    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final Set<String> WORDS = Set.of("and", "or", "in");

    private final String text;
    private final StringBuilder out;
    private final List<Regex> regexes = new ArrayList<>();
    private final NestingDepth nesting = new NestingDepth();
    private int at;
    /** Behind a value a slash divides. */
    private boolean afterValue;

    RegexScan(String text) {
        this.text = text;
        this.out = new StringBuilder(text);
    }

    RegexLiterals literals() {
        while (at < text.length()) {
            token();
        }
        return new RegexLiterals(out.toString(), List.copyOf(regexes), nesting.deepest());
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
            // The parser reads beyond the end of a text that ends with a comment.
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
            nesting.pass(c);
            // A star or a percent sign is a value (wildcard, parent) where a value is expected.
            afterValue = c == ')' || c == ']' || c == '}' || ((c == '*' || c == '%') && !afterValue);
        } else {
            word();
        }
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
        // At the start of a value, "and", "or" and "in" are names of members.
        var isOperator = afterValue && WORDS.contains(text.substring(start, at));
        if (isOperator) {
            nesting.deepen();
        }
        afterValue = !isOperator;
    }

    private void regex() {
        var start = at;
        var end = ClosingSlash.find(text, start);
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
            regexes.add(Regex.of(text.substring(start + 1, end), text.substring(end + 1, flags)));
        } catch (ExpressionFault e) {
            throw e.at(start, null);
        }
        out.setCharAt(start + 1, (char) (RegexLiterals.FIRST + regexes.size() - 1));
        // Placeholders have the length of the original, so that positions in faults are those of the author's text.
        for (var i = start + 2; i < flags - 1; i++) {
            out.setCharAt(i, 'x');
        }
        out.setCharAt(flags - 1, '/');
        at = flags;
        afterValue = true;
    }
}
