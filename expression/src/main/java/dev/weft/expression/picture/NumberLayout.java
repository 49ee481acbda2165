package dev.weft.expression.picture;

import dev.weft.expression.value.ExpressionFault;
import java.util.ArrayList;
import java.util.List;

/**
 * The layout that a picture asks for.
 *
 * @param groups   digits right of each separator of the integer part
 * @param regular  the distance of those, 0 when it differs
 * @param integers digits before the point, at least
 * @param least    digits behind it, at least
 */
record NumberLayout(
        NumberParts parts,
        List<Integer> groups,
        int regular,
        List<Integer> fractions,
        int integers,
        int scale,
        int least,
        int most,
        int exponent) {

    private static final int DIGITS = 100;

    static NumberLayout of(NumberParts parts, NumberSymbols symbols) {
        var integers = symbols.count(parts.integer());
        var scale = integers;
        var least = symbols.count(parts.fraction());
        var most = symbols.countAll(parts.fraction());
        var exponent = parts.exponent();
        if (integers == 0 && most == 0) {
            if (exponent == null) {
                integers = 1;
            } else {
                least = 1;
                most = 1;
            }
        }
        if (exponent != null && integers == 0 && parts.integer().contains(symbols.get("digit"))) {
            integers = 1;
        }
        if (integers == 0 && least == 0) {
            least = 1;
        }
        if (most > DIGITS) {
            throw ExpressionFault.bound("A picture has at most " + DIGITS + " digits behind the decimal separator.");
        }
        var groups = new ArrayList<Integer>();
        var comma = symbols.get("grouping-separator");
        for (var at = parts.integer().indexOf(comma); at >= 0 && !comma.isEmpty(); ) {
            groups.add(symbols.countAll(parts.integer().substring(at)));
            at = parts.integer().indexOf(comma, at + 1);
        }
        var fractions = new ArrayList<Integer>();
        for (var at = parts.fraction().indexOf(comma); at >= 0 && !comma.isEmpty(); ) {
            fractions.add(symbols.countAll(parts.fraction().substring(0, at)));
            at = parts.fraction().indexOf(comma, at + 1);
        }
        return new NumberLayout(
                parts,
                groups,
                groups.isEmpty() ? 0 : DigitSeparators.common(groups),
                fractions,
                integers,
                scale,
                least,
                most,
                exponent == null ? 0 : symbols.count(exponent));
    }

    boolean has(String symbol) {
        return parts.picture().contains(symbol);
    }

    /** Digits around a decimal separator, with separators between them. */
    String grouped(String text, NumberSymbols symbols) {
        var comma = symbols.get("grouping-separator");
        var result = new StringBuilder(text);
        var point = text.indexOf(symbols.get("decimal-separator"));
        if (regular > 0) {
            for (var group = 1; group <= (point - 1) / regular; group++) {
                result.insert(point - group * regular, comma);
            }
        } else {
            var shifted = point;
            for (var group : groups) {
                // No separator before the first digit.
                if (shifted - group > 0) {
                    result.insert(shifted - group, comma);
                    shifted += comma.length();
                }
            }
        }
        var end = result.indexOf(symbols.get("decimal-separator"));
        for (var group : fractions) {
            if (group + end + 1 < result.length()) {
                result.insert(group + end + 1, comma);
            }
        }
        return result.toString();
    }
}
