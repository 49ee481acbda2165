package dev.weft.expression.regex;

import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates a regular expression of the language, which is JavaScript's, to Java's, where some of the same characters
 * mean something else. Braces and brackets that are no quantifier or class stand for themselves, as do escaped letters
 * without meaning; {@code \s}, {@code .}, {@code ^} and {@code $} know other line ends and spaces; groups may be named
 * with any name.
 *
 * <p>Source: ECMA-262, "RegExp (Regular Expression) Objects" and its annex B.
 */
final class RegexSyntax {

    private static final String ENDS = "\\n\\r\\u2028\\u2029";

    private final RegexReader reader;
    private final RegexGroups groups;
    private final RegexQuantifiers quantifiers;
    private final RegexEscapes escapes;
    private final boolean lines;
    private final StringBuilder out = new StringBuilder();
    /** Whether each open group looks back, the outermost first. */
    private final List<Boolean> open = new ArrayList<>();

    private RegexSyntax(String source, boolean lines) {
        this.reader = new RegexReader(source);
        this.groups = new RegexGroups(source);
        this.quantifiers = new RegexQuantifiers(reader);
        this.escapes = new RegexEscapes(reader);
        this.lines = lines;
    }

    /** @throws ExpressionFault when it is none */
    static Pattern compile(String source, String flags) {
        // JavaScript folds the case of all letters, Java by itself only of those in ASCII.
        var ignoresCase = flags.contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        try {
            return Pattern.compile(new RegexSyntax(source, flags.contains("m")).translated(), ignoresCase);
        } catch (PatternSyntaxException e) {
            throw ExpressionFault.of("S0303", source);
        }
    }

    private String translated() {
        while (!reader.isAtEnd()) {
            part();
        }
        return out.toString();
    }

    private void part() {
        if (quantifiers.isHere()) {
            // There is nothing before it to repeat.
            throw reader.invalid();
        }
        var c = reader.next();
        switch (c) {
            case '\\' -> escape();
            case '[' -> repeatable(new RegexClass(reader, escapes).read());
            case '(' -> group();
            case ')' -> {
                if (open.isEmpty()) {
                    throw reader.invalid();
                }
                quantifiers.closeGroup();
                open.removeLast();
                repeatable(")");
            }
            // Java's dot would also stop at U+0085.
            case '.' -> repeatable("[^" + ENDS + "]");
            // Java's own ^ and $ take CR and LF together for one line end, and its $ also matches before a last one;
            // JavaScript's do neither.
            case '^' -> out.append(lines ? "(?<=\\A|[" + ENDS + "])" : "\\A");
            case '$' -> out.append(lines ? "(?=[" + ENDS + "]|\\z)" : "\\z");
            case '|' -> out.append('|');
            // There is nothing before it to repeat. Java would take the second + of a++ for a possessive quantifier,
            // which JavaScript does not have.
            case '*', '+', '?' -> throw reader.invalid();
            case '{', '}', ']' -> repeatable("\\" + c);
            default -> repeatable(reader.character(c));
        }
    }

    private void repeatable(String part) {
        out.append(part).append(quantifiers.read(open.contains(true)));
    }

    private void group() {
        var looksBack = reader.sees("?<=") || reader.sees("?<!");
        out.append('(');
        if (looksBack) {
            out.append(reader.upTo(reader.at() + 3));
        } else if (reader.sees("?:") || reader.sees("?=") || reader.sees("?!")) {
            out.append(reader.upTo(reader.at() + 2));
            // Java's names have letters and digits only; by number it is the same group.
        } else if (reader.sees("?") && (!reader.sees("?<") || reader.before('>') == null)) {
            throw reader.invalid();
        }
        open.add(looksBack);
        quantifiers.openGroup();
    }

    private void escape() {
        if (reader.isAtEnd()) {
            throw reader.invalid();
        }
        var c = reader.peek();
        if (c == 'b' || c == 'B') {
            out.append('\\').append(reader.next());
        } else if (c == 'k' && groups.haveNames()) {
            reader.next();
            // In a group of its own, so that a following digit does not become part of the number.
            repeatable("(?:\\" + named() + ")");
        } else if (c >= '1' && c <= '9' && isGroup()) {
            repeatable("(?:\\" + reader.upTo(reader.digits(reader.at())) + ")");
        } else {
            repeatable(escapes.read(false));
        }
    }

    private boolean isGroup() {
        var digits = reader.source().substring(reader.at(), reader.digits(reader.at()));
        return digits.length() < 4 && groups.has(Integer.parseInt(digits));
    }

    private int named() {
        var name = reader.skip("<") ? reader.before('>') : null;
        var group = name == null ? 0 : groups.number(name);
        if (group == 0) {
            throw reader.invalid();
        }
        return group;
    }
}
