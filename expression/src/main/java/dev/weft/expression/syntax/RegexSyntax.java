package dev.weft.expression.syntax;

import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of the language, which is one of JavaScript, written for Java: the same characters mean other things there.
 * Braces and brackets that are no quantifier or class stand for themselves, as do escaped letters without meaning;
 * {@code \s}, {@code .}, {@code ^} and {@code $} know other line ends and spaces; groups may be named with any name.
 *
 * <p>Source: ECMA-262, "RegExp (Regular Expression) Objects" and its annex B.
 */
final class RegexSyntax {

    private static final String SPACES =
            "\\t\\n\\x0B\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
    private static final String ENDS = "\\n\\r\\u2028\\u2029";
    /** Java must know how far it may have to look back. */
    private static final int BACK = 255;

    /**
     * How often parts must be repeated, all those around each other multiplied: where a text has ended, the JDK repeats
     * them without a look at it, and so without a look at the time.
     */
    private static final int REPEATS = 10_000;

    private final String source;
    private final boolean lines;
    private final List<String> names;
    private final int groups;
    private final StringBuilder out = new StringBuilder();
    private final List<Boolean> open = new ArrayList<>();
    /** For each open group, the outermost first: how often that part of it must be repeated which is repeated most. */
    private final Deque<Long> weights = new ArrayDeque<>(List.of(1L));

    /** How often parts within the one that was read last must be repeated; 1 unless that was a group. */
    private long weight = 1;

    private int at;
    private int backwards;

    private RegexSyntax(String source, boolean lines) {
        this.source = source;
        this.lines = lines;
        this.names = new ArrayList<>();
        // Groups are counted before anything is translated, since a reference may stand before the group it names.
        this.groups = countGroups();
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

    private int countGroups() {
        var count = 0;
        var inClass = false;
        for (var i = 0; i < source.length(); i++) {
            switch (source.charAt(i)) {
                case '\\' -> i++;
                case '[' -> inClass = true;
                case ']' -> inClass = false;
                case '(' -> {
                    if (!inClass && !source.startsWith("(?", i)) {
                        count++;
                        names.add("");
                    } else if (!inClass && isNamed(i)) {
                        count++;
                        names.add(source.substring(i + 3, Math.max(i + 3, source.indexOf('>', i))));
                    }
                }
                default -> {}
            }
        }
        return count;
    }

    private boolean isNamed(int i) {
        return source.startsWith("(?<", i) && !source.startsWith("(?<=", i) && !source.startsWith("(?<!", i);
    }

    private String translated() {
        while (at < source.length()) {
            part();
        }
        return out.toString();
    }

    private void part() {
        var c = source.charAt(at++);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> group();
            case ')' -> {
                if (open.isEmpty()) {
                    throw invalid();
                }
                backwards -= open.removeLast() ? 1 : 0;
                out.append(')');
                weight = weights.removeLast();
                quantifier();
            }
            case '.' -> {
                // Java's dot would also stop at U+0085.
                out.append("[^" + ENDS + "]");
                quantifier();
            }
            // Java's own ^ and $ take CR and LF together for one line end, and its $ also matches before a last one;
            // JavaScript's do neither.
            case '^' -> out.append(lines ? "(?<=\\A|[" + ENDS + "])" : "\\A");
            case '$' -> out.append(lines ? "(?=[" + ENDS + "]|\\z)" : "\\z");
            case '|' -> out.append('|');
            // There is nothing to repeat. Java would take the second + of a++ for a possessive quantifier, which
            // JavaScript does not have.
            case '*', '+', '?' -> throw invalid();
            case '{' -> {
                if (quantifierEnd(at - 1) >= 0) {
                    throw invalid();
                }
                out.append("\\{");
                quantifier();
            }
            default -> {
                literal(c);
                quantifier();
            }
        }
    }

    private void literal(char c) {
        if (c == '}' || c == ']') {
            out.append('\\');
        }
        out.append(c);
        if (Character.isHighSurrogate(c) && at < source.length() && Character.isLowSurrogate(source.charAt(at))) {
            out.append(source.charAt(at++));
        }
    }

    private void group() {
        var looksBack = false;
        if (!source.startsWith("?", at)) {
            out.append('(');
        } else if (source.startsWith("?:", at) || source.startsWith("?=", at) || source.startsWith("?!", at)) {
            out.append('(').append(source, at, at + 2);
            at += 2;
        } else if (source.startsWith("?<=", at) || source.startsWith("?<!", at)) {
            out.append('(').append(source, at, at + 3);
            at += 3;
            looksBack = true;
        } else if (source.startsWith("?<", at) && source.indexOf('>', at) > 0) {
            // Java's names have letters and digits only; by number it is the same group.
            out.append('(');
            at = source.indexOf('>', at) + 1;
        } else {
            throw invalid();
        }
        open.add(looksBack);
        weights.addLast(1L);
        backwards += looksBack ? 1 : 0;
    }

    private void quantifier() {
        var repeated = weight * Math.max(1, least());
        weight = 1;
        if (repeated > REPEATS) {
            throw ExpressionFault.bound("A regular expression repeats its parts " + REPEATS + " times at most.");
        }
        weights.addLast(Math.max(weights.removeLast(), repeated));
        if (at >= source.length()) {
            return;
        }
        var c = source.charAt(at);
        if (c == '{') {
            var end = quantifierEnd(at);
            if (end < 0) {
                return;
            }
            out.append(source, at, end);
            at = end;
        } else if (c == '*' || c == '+' || c == '?') {
            // Java refuses a look-behind without a bound on its length.
            out.append(backwards > 0 && c != '?' ? "{" + (c == '*' ? 0 : 1) + "," + BACK + "}" : String.valueOf(c));
            at++;
        } else {
            return;
        }
        if (at < source.length() && source.charAt(at) == '?') {
            out.append('?');
            at++;
        }
    }

    /** How often the quantifier that may stand here repeats at least. */
    private int least() {
        if (!source.startsWith("{", at) || quantifierEnd(at) < 0) {
            return 1;
        }
        var digits = source.substring(at + 1, digits(at + 1));
        // A number that no int can hold is above the limit anyway; it must not end in an exception of Java's.
        return digits.length() > String.valueOf(REPEATS).length() ? REPEATS + 1 : Integer.parseInt(digits);
    }

    /** Behind {@code {2}}, {@code {2,}} or {@code {2,3}}; negative when there is none. */
    private int quantifierEnd(int start) {
        var i = digits(start + 1);
        if (i == start + 1) {
            return -1;
        }
        if (i < source.length() && source.charAt(i) == ',') {
            i = digits(i + 1);
        }
        return i < source.length() && source.charAt(i) == '}' ? i + 1 : -1;
    }

    private int digits(int from) {
        var i = from;
        while (i < source.length() && source.charAt(i) >= '0' && source.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    private void escape() {
        if (at >= source.length()) {
            throw invalid();
        }
        var c = source.charAt(at);
        if (c == 'b' || c == 'B') {
            at++;
            out.append('\\').append(c);
            return;
        }
        if (c == 'k' && names.stream().anyMatch(name -> !name.isEmpty())) {
            at++;
            named();
        } else if (c >= '1' && c <= '9' && isGroup()) {
            var end = digits(at);
            out.append("(?:\\").append(source, at, end).append(')');
            at = end;
        } else {
            out.append(character(false));
        }
        quantifier();
    }

    private boolean isGroup() {
        var end = digits(at);
        return end - at < 4 && Integer.parseInt(source.substring(at, end)) <= groups;
    }

    private void named() {
        var end = source.indexOf('>', at);
        var group = source.startsWith("<", at) && end > 0 ? names.indexOf(source.substring(at + 1, end)) + 1 : 0;
        if (group == 0) {
            throw invalid();
        }
        // The brackets keep the number apart from a digit that may follow.
        out.append("(?:\\").append(group).append(')');
        at = end + 1;
    }

    /** What follows a backslash, as Java writes it; in a class without brackets around it where that is possible. */
    private String character(boolean inClass) {
        var c = source.charAt(at++);
        return switch (c) {
            case 'd', 'D', 'w', 'W' -> "\\" + c;
            case 's' -> inClass ? SPACES : "[" + SPACES + "]";
            case 'S' -> "[^" + SPACES + "]";
            case 't', 'n', 'r', 'f' -> "\\" + c;
            case 'v' -> "\\x0B";
            case 'b' -> "\\x08";
            case 'c' -> control();
            case 'x' -> hexadecimal(2, c);
            case 'u' -> hexadecimal(4, c);
            // Annex B: a number that names no group is an octal code.
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c);
            default -> {
                if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c > '~') {
                    yield String.valueOf(c);
                }
                yield "\\" + c;
            }
        };
    }

    private String control() {
        var c = at < source.length() ? source.charAt(at) : ' ';
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            at++;
            return code(c & 31);
        }
        // Annex B: without a letter behind it, \c is a backslash and a c.
        return "\\\\c";
    }

    private String hexadecimal(int digits, char letter) {
        var end = at + digits;
        if (end > source.length() || !source.substring(at, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            // Annex B: without its digits the escape is the letter alone.
            return String.valueOf(letter);
        }
        var code = Integer.parseInt(source.substring(at, end), 16);
        at = end;
        return code(code);
    }

    private String octal(char first) {
        var code = first - '0';
        while (at < source.length() && source.charAt(at) >= '0' && source.charAt(at) <= '7' && code * 8 < 256) {
            code = code * 8 + source.charAt(at++) - '0';
        }
        return code(code);
    }

    private static String code(int code) {
        return String.format("\\u%04x", code);
    }

    private void characterClass() {
        var negated = at < source.length() && source.charAt(at) == '^';
        at += negated ? 1 : 0;
        var members = new ArrayList<String>();
        while (true) {
            if (at >= source.length()) {
                throw invalid();
            }
            if (source.charAt(at) == ']') {
                at++;
                break;
            }
            members.add(member());
        }
        if (members.isEmpty()) {
            // JavaScript's empty class matches nothing and its negation everything; Java would read on to the next
            // bracket.
            out.append(negated ? "[\\x{0}-\\x{10ffff}]" : "(?!)");
        } else {
            out.append(negated ? "[^" : "[").append(ranges(members)).append(']');
        }
        quantifier();
    }

    private String member() {
        var c = source.charAt(at);
        if (c == '\\' && at + 1 < source.length()) {
            at++;
            return character(true);
        }
        var start = at++;
        if (Character.isHighSurrogate(c) && at < source.length() && Character.isLowSurrogate(source.charAt(at))) {
            at++;
        }
        if (c == '-') {
            return "-";
        }
        // In Java's classes an opening bracket begins a class within, and && is an intersection.
        return "[&^\\".indexOf(c) >= 0 ? "\\" + c : source.substring(start, at);
    }

    /** A minus between two characters makes a range, any other is itself. */
    private static String ranges(List<String> members) {
        var result = new StringBuilder();
        for (var i = 0; i < members.size(); i++) {
            var isRange = i + 2 < members.size()
                    && members.get(i + 1).equals("-")
                    && isSingle(members.get(i))
                    && isSingle(members.get(i + 2));
            if (isRange) {
                result.append(escaped(members.get(i))).append('-').append(escaped(members.get(i + 2)));
                i += 2;
            } else {
                result.append(escaped(members.get(i)));
            }
        }
        return result.toString();
    }

    private static String escaped(String member) {
        return member.equals("-") ? "\\-" : member;
    }

    private static boolean isSingle(String member) {
        return !List.of("\\d", "\\D", "\\w", "\\W").contains(member)
                && !member.startsWith("[^")
                && !member.equals(SPACES);
    }

    private static PatternSyntaxException unreadable(String source) {
        return new PatternSyntaxException("", source, -1);
    }

    private PatternSyntaxException invalid() {
        return unreadable(source);
    }
}
