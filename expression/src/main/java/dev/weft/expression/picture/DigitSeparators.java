package dev.weft.expression.picture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The grouping separators between the digits of an integer.
 *
 * @param all     each with the number of digits behind it, from right to left
 * @param regular with one separator after each so many digits; 0 when they are irregular
 */
record DigitSeparators(List<Separator> all, int regular) {

    static DigitSeparators of(List<Separator> all) {
        var areAlike =
                !all.isEmpty() && all.stream().map(Separator::text).distinct().count() == 1;
        return new DigitSeparators(
                all, areAlike ? common(all.stream().map(Separator::position).toList()) : 0);
    }

    /** The distance when the positions are its first multiples; else 0. */
    static int common(List<Integer> positions) {
        var factor = positions.stream().reduce(0, DigitSeparators::divisor);
        for (var i = 1; i <= positions.size(); i++) {
            if (!positions.contains(i * factor)) {
                return 0;
            }
        }
        return factor;
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    boolean isRegular() {
        return regular > 0;
    }

    /** The only one there is; null when they are irregular. */
    @Nullable
    String single() {
        return isRegular() ? all.getFirst().text() : null;
    }

    String into(String digits) {
        var text = new StringBuilder(digits);
        if (regular > 0) {
            for (var i = (digits.length() - 1) / regular; i > 0; i--) {
                text.insert(text.length() - i * regular, all.getFirst().text());
            }
        } else {
            for (var separator : all.reversed()) {
                var at = text.length() - separator.position();
                // No separator before the first digit.
                if (at > 0) {
                    text.insert(at, separator.text());
                }
            }
        }
        return text.toString();
    }

    String outOf(String text) {
        if (isRegular()) {
            // Like the reference, removes commas, whatever the picture's separator is.
            return text.replace(",", "");
        }
        var digits = text;
        for (var separator : all) {
            digits = digits.replace(separator.text(), "");
        }
        return digits;
    }

    /** @param position number of digits behind it */
    record Separator(int position, String text) {}
}
