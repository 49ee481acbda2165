package dev.weft.expression.regex;

import java.util.ArrayList;
import java.util.List;

/** Translates a character class such as {@code [^a-z]} from JavaScript to Java. */
final class RegexClass {

    private final RegexReader reader;
    private final RegexEscapes escapes;

    RegexClass(RegexReader reader, RegexEscapes escapes) {
        this.reader = reader;
        this.escapes = escapes;
    }

    /** From behind its opening bracket on. */
    String read() {
        var negated = reader.skip("^");
        var members = new ArrayList<String>();
        while (!reader.skip("]")) {
            if (reader.isAtEnd()) {
                throw reader.invalid();
            }
            members.add(member());
        }
        if (members.isEmpty()) {
            // JavaScript's empty class matches nothing and its negation everything; Java would read on to the next
            // bracket.
            return negated ? "[\\x{0}-\\x{10ffff}]" : "(?!)";
        }
        return (negated ? "[^" : "[") + ranges(members) + ']';
    }

    private String member() {
        var c = reader.next();
        if (c == '\\' && !reader.isAtEnd()) {
            return escapes.read(true);
        }
        var character = reader.character(c);
        // In Java's classes an opening bracket begins a class within, and && is an intersection.
        return "[&^\\".indexOf(c) >= 0 ? "\\" + c : character;
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
                && !member.equals(RegexEscapes.SPACES);
    }
}
