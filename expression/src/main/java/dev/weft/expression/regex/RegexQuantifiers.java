package dev.weft.expression.regex;

import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Translates quantifiers, and limits how often a part must be repeated, the quantifiers around it multiplied. The limit
 * is needed because at the end of the text the JDK repeats parts without reading a character, and so without a look at
 * the time ({@code WatchedText}).
 */
final class RegexQuantifiers {

    private static final int REPEATS = 10_000;
    /** Java must know how far it may have to look back. */
    private static final int BACK = 255;

    private final RegexReader reader;
    /** For each open group, the outermost first: how often that part of it must be repeated which is repeated most. */
    private final Deque<Long> weights = new ArrayDeque<>(List.of(1L));

    /** How often parts within the one that was read last must be repeated; 1 unless that was a group. */
    private long weight = 1;

    RegexQuantifiers(RegexReader reader) {
        this.reader = reader;
    }

    void openGroup() {
        weights.addLast(1L);
    }

    void closeGroup() {
        weight = weights.removeLast();
    }

    /** The one that stands here, as Java writes it; empty when there is none. */
    String read(boolean backwards) {
        var repeated = weight * Math.max(1, least());
        weight = 1;
        if (repeated > REPEATS) {
            throw ExpressionFault.bound("A regular expression repeats its parts " + REPEATS + " times at most.");
        }
        weights.addLast(Math.max(weights.removeLast(), repeated));
        var quantifier = written(backwards);
        return !quantifier.isEmpty() && reader.skip("?") ? quantifier + "?" : quantifier;
    }

    private String written(boolean backwards) {
        if (isHere()) {
            return reader.upTo(end());
        }
        var c = reader.peek();
        if (c != '*' && c != '+' && c != '?') {
            return "";
        }
        reader.next();
        // Java refuses a look-behind without a bound on its length.
        return backwards && c != '?' ? "{" + (c == '*' ? 0 : 1) + "," + BACK + "}" : String.valueOf(c);
    }

    /** How often the quantifier that may stand here repeats at least. */
    private int least() {
        if (!isHere()) {
            return 1;
        }
        var from = reader.at() + 1;
        var digits = reader.source().substring(from, reader.digits(from));
        // A number too long for an int is above the limit anyway; parsing it would throw.
        return digits.length() > String.valueOf(REPEATS).length() ? REPEATS + 1 : Integer.parseInt(digits);
    }

    /** Whether one in braces stands here. */
    boolean isHere() {
        return reader.sees("{") && end() >= 0;
    }

    /** Behind {@code {2}}, {@code {2,}} or {@code {2,3}}; negative when there is none. */
    private int end() {
        var source = reader.source();
        var first = reader.at() + 1;
        var i = reader.digits(first);
        if (i == first) {
            return -1;
        }
        if (i < source.length() && source.charAt(i) == ',') {
            i = reader.digits(i + 1);
        }
        return i < source.length() && source.charAt(i) == '}' ? i + 1 : -1;
    }
}
